import { type Clock, failed, ok, type Problem, type Result, toIso, unavailable } from "#kernel";
import { type BlobStore, blobPieces, type ListedBlob, type StoredBlob, type StreamedBlobs } from "#record";
import { type ConnectionTarget, type Snapshot, withSnapshot } from "#storage/postgres";
import { version } from "../version.ts";
import type { Lock } from "./age.ts";
import { ArchiveWriter } from "./archive-writer.ts";
import { type About, aboutName, backupFormat, blobName, imageName, tablePartName } from "./manifest.ts";
import { compressedParts } from "./table-parts.ts";

export interface BackupOptions {
  readonly target: ConnectionTarget;
  readonly blobs: BlobStore;
  /** Objects of the image archive; left out, there are none. */
  readonly images?: StreamedBlobs;
  /** Where the backup goes; it must not exist. */
  readonly path: string;
  readonly clock: Clock;
  /** Absent: it is not encrypted. */
  readonly lock?: Lock | undefined;
  /** Told how many rows and files are done, of how many. */
  readonly progress: (done: number, total: number) => void;
}

export interface BackupReport {
  /** The newest change in it. */
  readonly position: number;
  readonly rows: number;
  readonly files: number;
}

/**
 * Writes everything that Corridor keeps, as it is at one moment, into one file, while Corridor goes on working. The
 * database is read before the files: a file is on disk before the record names it. One that is taken away meanwhile, as an
 * image that is deleted, is left out.
 * Problems: `backup-not-written`; those of `encrypting`.
 */
export async function writeBackup(options: BackupOptions): Promise<Result<BackupReport>> {
  try {
    const created = await ArchiveWriter.create(options.path, { epochMs: options.clock.now(), lock: options.lock });
    if (!created.ok) return created;
    const archive = created.value;
    try {
      const report = await withSnapshot(options.target, (snapshot) => copyAll(snapshot, archive, options));
      await archive.finish();
      return ok(report);
    } catch (error) {
      await archive.abandon();
      throw error;
    }
  } catch (error) {
    return failed(notWritten(options.path, error as NodeJS.ErrnoException));
  }
}

async function copyAll(snapshot: Snapshot, archive: ArchiveWriter, options: BackupOptions): Promise<BackupReport> {
  const files: ListedBlob[] = [];
  for await (const file of options.blobs.list()) files.push(file);
  const images: StoredBlob[] = [];
  for await (const image of options.images?.list() ?? []) images.push(image);
  const rows = snapshot.tables.reduce((sum, table) => sum + table.rows, 0);
  let done = 0;
  const advance = (count: number) => {
    done += count;
    options.progress(done, rows + files.length + images.length);
  };
  await archive.add(aboutName, Buffer.from(JSON.stringify(aboutOf(snapshot, options.clock), null, 1)));
  for (const table of snapshot.tables) {
    let part = 0;
    for await (const content of compressedParts(await snapshot.copy(table), advance)) {
      part += 1;
      await archive.add(tablePartName(table.name, part), content);
    }
  }
  for (const file of files) {
    const bytes = await options.blobs.get(file.hash, file.day);
    if (bytes !== undefined) await archive.add(blobName(file), bytes);
    advance(1);
  }
  for (const { hash } of images) {
    const image = await options.images?.open(hash);
    if (image !== undefined)
      await archive.addPieces(imageName(hash), image.sizeBytes, blobPieces(image)).finally(() => image.close());
    advance(1);
  }
  return { position: snapshot.position, rows, files: files.length + images.length };
}

function aboutOf(snapshot: Snapshot, clock: Clock): About {
  return {
    format: backupFormat,
    program: version,
    madeAt: toIso(clock.now()),
    migration: snapshot.migration,
    position: snapshot.position,
    auditHead: snapshot.auditHead,
    sequences: [...snapshot.sequences],
    tables: snapshot.tables.map((table) => ({ ...table, columns: [...table.columns] })),
  };
}

/** `ENOSPC`; of the database, what it says. */
function reasonOf({ code, message, syscall }: NodeJS.ErrnoException): string {
  return syscall === undefined || code === undefined ? message : code;
}

function notWritten(path: string, error: NodeJS.ErrnoException): Problem {
  return unavailable("backup-not-written", `The backup ${path} could not be written (${reasonOf(error)}).`, {
    cause: error,
  });
}
