import { failed, fault, ok, type Result } from "#kernel";
import { type BlobStore, blobOf, dailyBlobOf, type ListedBlob } from "#record";
import { type ConnectionTarget, restoreDatabase, type SnapshotTarget } from "#storage/postgres";
import type { CheckedArchive } from "./archive-reader.ts";
import { blobOfName, tableOfPart } from "./manifest.ts";
import { countLines, decompressedPart } from "./table-parts.ts";

export interface RestoreOptions {
  readonly archive: CheckedArchive;
  /** An empty database. */
  readonly target: ConnectionTarget;
  readonly blobs: BlobStore;
  /** Told how many rows and files are done, of how many rows. */
  readonly progress: (done: number) => void;
}

/** Puts a backup into an empty database and the files beside it. Problems: those of `restoreDatabase`. */
export async function restoreBackup({ archive, target, blobs, progress }: RestoreOptions): Promise<Result<void>> {
  return restoreDatabase(target, archive.about, async (into) => {
    const rows = new Map<string, number>();
    let done = 0;
    const advance = (table: string, count: number) => {
      rows.set(table, (rows.get(table) ?? 0) + count);
      done += count;
      progress(done);
    };
    await restoreEntries({ archive, into, blobs, advance });
    const short = archive.about.tables.filter((table) => (rows.get(table.name) ?? 0) !== table.rows);
    return short.length === 0 ? ok(undefined) : failed(rowsMissing(short.map(({ name }) => name)));
  });
}

interface Restoring {
  readonly archive: CheckedArchive;
  readonly into: SnapshotTarget;
  readonly blobs: BlobStore;
  readonly advance: (table: string, count: number) => void;
}

async function restoreEntries({ archive, into, blobs, advance }: Restoring): Promise<void> {
  for await (const { name, content } of archive.entries()) {
    const tableName = tableOfPart(name);
    const blob = blobOfName(name);
    const table = archive.about.tables.find((known) => known.name === tableName);
    if (table !== undefined) {
      const rows = await decompressedPart(content);
      await into.fill(table, once(rows));
      advance(table.name, countLines(rows));
    } else if (blob !== undefined) await restoreBlob(blobs, blob, content);
  }
}

/** A blob's name is the hash of its content; what does not equal it would be found missing by `verify`. */
async function restoreBlob(blobs: BlobStore, { day }: ListedBlob, content: Uint8Array): Promise<void> {
  await blobs.put(day === undefined ? blobOf(content) : dailyBlobOf(content, day));
}

async function* once<T>(value: T): AsyncGenerator<T> {
  yield value;
}

function rowsMissing(tables: readonly string[]) {
  return fault("backup-rows-missing", `The backup does not hold every row it lists of ${tables.join(", ")}.`);
}
