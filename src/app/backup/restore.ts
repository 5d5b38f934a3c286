import { failed, fault, ok, type Result } from "#kernel";
import { type BlobStore, blobOf, dailyBlobOf, type ListedBlob, type StreamedBlobs } from "#record";
import { type ConnectionTarget, restoreDatabase, type SnapshotTarget } from "#storage/postgres";
import { type ArchiveEntry, type CheckedArchive, wholeOf } from "./archive-reader.ts";
import { blobOfName, isImageName, tableOfPart } from "./manifest.ts";
import { countLines, decompressedPart } from "./table-parts.ts";

export interface RestoreOptions {
  readonly archive: CheckedArchive;
  /** An empty database. */
  readonly target: ConnectionTarget;
  readonly blobs: BlobStore;
  /** For the objects of the image archive; left out, a backup with any is not restored. */
  readonly images?: StreamedBlobs | undefined;
  /** Told how many rows and files are done, of how many rows. */
  readonly progress: (done: number) => void;
}

/** Puts a backup into an empty database and the files beside it. Problems: those of `restoreDatabase`. */
export async function restoreBackup(options: RestoreOptions): Promise<Result<void>> {
  const { archive, target, blobs, images, progress } = options;
  return restoreDatabase(target, archive.about, async (into) => {
    const rows = new Map<string, number>();
    let done = 0;
    const advance = (table: string, count: number) => {
      rows.set(table, (rows.get(table) ?? 0) + count);
      done += count;
      progress(done);
    };
    await restoreEntries({ archive, into, blobs, images, advance });
    const short = archive.about.tables.filter((table) => (rows.get(table.name) ?? 0) !== table.rows);
    return short.length === 0 ? ok(undefined) : failed(rowsMissing(short.map(({ name }) => name)));
  });
}

interface Restoring {
  readonly archive: CheckedArchive;
  readonly into: SnapshotTarget;
  readonly blobs: BlobStore;
  readonly images: StreamedBlobs | undefined;
  readonly advance: (table: string, count: number) => void;
}

async function restoreEntries({ archive, into, blobs, images, advance }: Restoring): Promise<void> {
  for await (const entry of archive.entries()) {
    const { name } = entry;
    if (isImageName(name)) {
      await restoreImage(images, entry);
      continue;
    }
    const content = await wholeOf(entry);
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

/** The same of an object of the archive. */
async function restoreImage(images: StreamedBlobs | undefined, { name, pieces }: ArchiveEntry): Promise<void> {
  if (images === undefined) throw new Error(`there is no place for ${name}`);
  const writer = await images.begin();
  for await (const piece of pieces) await writer.write([piece]);
  const finished = await writer.finish();
  await finished.settle();
}

async function* once<T>(value: T): AsyncGenerator<T> {
  yield value;
}

function rowsMissing(tables: readonly string[]) {
  return fault("backup-rows-missing", `The backup does not hold every row it lists of ${tables.join(", ")}.`);
}
