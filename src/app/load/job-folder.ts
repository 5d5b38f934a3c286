import { type FileHandle, lstat, mkdir, open, realpath, rename, rm, stat } from "node:fs/promises";
import { basename, join, sep } from "node:path";
import { failed, notFound, ok, type Result } from "#kernel";
import type { JobFiles, JobFileWriter } from "#record";
import { linesOf } from "./load-file.ts";

export interface JobFolders {
  /** A folder for each job is made in it. */
  readonly jobs: string;
  /** Where an operator puts what is to be imported. */
  readonly imports: string;
}

/** Makes the two folders where they are not there; both are for their owner alone. */
export async function openJobFolder(folders: JobFolders): Promise<JobFiles> {
  await Promise.all(Object.values(folders).map((folder) => mkdir(folder, { recursive: true, mode: 0o700 })));
  const pathOf = (job: string, name: string) => join(folders.jobs, basename(job), basename(name));
  return {
    open: (job, name, keepBytes) => openWriter(pathOf(job, name), keepBytes),
    put: async (job, name, bytes) => {
      const file = await openWriter(pathOf(job, name), 0);
      await file.writeBytes(bytes);
      await file.finish();
    },
    read: (job, name) => read(pathOf(job, name)),
    lines: async function* (job, { from, name }) {
      const path = from === "upload" ? pathOf(job, name) : join(folders.imports, name);
      const found = await stat(path).catch(() => undefined);
      if (found === undefined) yield failed(notFound("no-such-file", `${name} is no longer there.`));
      else yield* linesOf({ path, name, bytes: found.size }, () => {});
    },
    hasImport: (name) => hasImport(folders.imports, name),
    remove: (job) => rm(join(folders.jobs, basename(job)), { recursive: true, force: true }),
  };
}

const importName = /^[A-Za-z0-9][A-Za-z0-9._-]*(?:\/[A-Za-z0-9][A-Za-z0-9._-]*)*\.(?:ndjson|jsonl)(?:\.gz)?$/;

async function hasImport(folder: string, name: string): Promise<boolean> {
  if (!importName.test(name)) return false;
  const path = join(folder, name);
  const [found, real, root] = await Promise.all([
    lstat(path).catch(() => undefined),
    realpath(path).catch(() => ""),
    realpath(folder),
  ]);
  return found?.isFile() === true && real.startsWith(root + sep);
}

async function read(
  path: string,
): Promise<Result<{ readonly bytes: number; readonly content: AsyncIterable<Uint8Array> }>> {
  const file = await open(path, "r").catch(absentOnly);
  if (file === undefined) return failed(notFound("not-found", "This file is no longer there."));
  const { size } = await file.stat();
  return ok({ bytes: size, content: file.createReadStream() });
}

type Writer = JobFileWriter & { writeBytes(bytes: Uint8Array): Promise<void> };

async function openWriter(path: string, keepBytes: number): Promise<Writer> {
  const folder = join(path, "..");
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const aside = `${path}.unfinished`;
  // It may have got its name just before the process died, and before that was noted.
  if (keepBytes > 0 && (await stat(aside).catch(absentOnly)) === undefined) await rename(path, aside).catch(absentOnly);
  const file = await open(aside, keepBytes > 0 ? "r+" : "w", 0o600);
  await file.truncate(keepBytes);
  let bytes = keepBytes;
  let isOpen = true;
  const writeBytes = async (chunk: Uint8Array) => {
    await writeAll(file, chunk, bytes);
    bytes += chunk.length;
  };
  const close = async () => {
    if (!isOpen) return;
    isOpen = false;
    await file.close();
  };
  return {
    writeBytes,
    write: (lines) => writeBytes(Buffer.from(lines.map((line) => `${line}\n`).join(""))),
    sync: async () => {
      await file.sync();
      return bytes;
    },
    finish: async () => {
      await file.sync();
      await close();
      await rename(aside, path);
      const handle = await open(folder, "r");
      await handle.sync().finally(() => handle.close());
    },
    close,
  };
}

async function writeAll(file: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  let done = 0;
  while (done < bytes.length) {
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done, position + done);
    done += bytesWritten;
  }
}

function absentOnly(error: NodeJS.ErrnoException): undefined {
  if (error.code === "ENOENT") return undefined;
  throw error;
}
