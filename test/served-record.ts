/** A record on a server of its own, seen by somebody who may do everything. Imports nothing of `node:test`. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { admit, narrow } from "#access";
import { openAuditLog, seal } from "#audit";
import { countingIds, expectOk, fixedClock, silentLog } from "#kernel";
import { type FhirContext, fhirKinds, type HealthRecord, openRecord } from "#record";
import { openBlobFolder } from "#storage/files";
import { openPostgres, type PostgresStore } from "#storage/postgres";
import { startTestServer } from "./database-server.ts";
import { anybody } from "./doors/fhir.ts";

export interface ServedRecord {
  readonly context: FhirContext;
  /** Not narrowed: without audit and provenance. */
  readonly bare: HealthRecord;
  readonly store: PostgresStore;
  close(): Promise<void>;
}

export async function serveRecord(): Promise<ServedRecord> {
  const server = await startTestServer();
  const folder = await mkdtemp(join(tmpdir(), "corridor-blobs-"));
  const kinds = fhirKinds.map(({ kind }) => kind);
  const store = expectOk(await openPostgres({ target: server.connection, kinds, seal }));
  const clock = fixedClock("2026-03-02T09:00:00Z");
  const ids = countingIds("id");
  const record = openRecord({
    documents: store.documents,
    inlineBlobs: store.blobs,
    blobs: await openBlobFolder(folder),
    kinds: fhirKinds,
    clock,
    ids,
    log: silentLog,
  });
  const narrowed = narrow({ record, auditLog: openAuditLog(store.audit), actor: anybody, clock, ids });
  return {
    context: {
      record: narrowed,
      actor: anybody,
      admit: (route) => admit({ record, clock }, anybody, route),
      clock,
      ids,
    },
    bare: record,
    store,
    close: async () => {
      record.close();
      await store.close();
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
