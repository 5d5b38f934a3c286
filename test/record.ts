/** A real record on a real, empty database, for tests. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { seal } from "#audit";
import { type Clock, countingIds, expectOk, fixedClock, type Ids, silentLog } from "#kernel";
import { type BlobStore, type HealthRecord, type KindDefinition, openRecord, type SearchConcepts } from "#record";
import { openBlobFolder } from "#storage/files";
import { openPostgres, type PostgresStore } from "#storage/postgres";
import { beforeServerStops, migratedDatabase, type TestConnection } from "./database.ts";

export interface TestRecord {
  readonly record: HealthRecord;
  readonly store: PostgresStore;
  /** Content too large for the database. */
  readonly files: BlobStore;
  readonly connection: TestConnection;
  readonly clock: Clock & { advance(ms: number): void };
  close(): Promise<void>;
}

export interface TestRecordOptions {
  readonly kinds: readonly KindDefinition[];
  /** A second process on a database: give it the first one's connection. */
  readonly connection?: TestConnection;
  readonly ids?: Ids;
  readonly concepts?: () => SearchConcepts | undefined;
  readonly searchTimeMsMax?: number;
}

/** Closed after the tests of the file, or earlier by `close`. */
export async function freshRecord(options: TestRecordOptions): Promise<TestRecord> {
  const connection = options.connection ?? (await migratedDatabase());
  const kinds = options.kinds.map((definition) => definition.kind);
  const { searchTimeMsMax } = options;
  const searchTime = searchTimeMsMax === undefined ? {} : { searchTimeMsMax };
  const store = expectOk(await openPostgres({ target: connection, kinds, seal, readersMax: 3, ...searchTime }));
  const folder = await mkdtemp(join(tmpdir(), "corridor-blobs-"));
  const files = await openBlobFolder(folder);
  const clock = fixedClock("2026-03-02T09:00:00Z");
  const record = openRecord({
    documents: store.documents,
    inlineBlobs: store.blobs,
    blobs: files,
    kinds: options.kinds,
    clock,
    ids: options.ids ?? countingIds("id"),
    log: silentLog,
    ...(options.concepts === undefined ? {} : { concepts: options.concepts }),
  });
  let closed = false;
  const close = async () => {
    if (closed) return;
    closed = true;
    record.close();
    await store.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 200 });
  };
  beforeServerStops(close);
  return { record, store, files, connection, clock, close };
}
