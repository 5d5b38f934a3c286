import type { Stats } from "node:fs";
import { type FileHandle, link, lstat, mkdir, open, opendir, rename, unlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import { conflict, failed, limits, ok, type Result } from "#kernel";
import type { FileEntry, FileStore } from "../file-store.ts";
import { folderProblem } from "./folder-problem.ts";

/** A folder of this machine, or one that is mounted here. */
export function folderStore(folder: string): FileStore {
  const at = (name: string) => join(folder, name);
  const attempt = async <T>(work: () => Promise<T>): Promise<Result<T>> => {
    try {
      return ok(await work());
    } catch (error) {
      return failed(folderProblem(error, folder));
    }
  };
  return {
    place: folder,
    remoteAddress: "",
    list: () => attempt(() => list(folder)),
    find: (name) => attempt(async () => entryOf(name, await lstat(at(name)).catch(absentOnly))),
    async read(name, take) {
      const read = await attempt(() => readPieces(at(name), take));
      return read.ok ? read.value : read;
    },
    write: (name, bytes) => attempt(() => write(at(name), bytes)),
    async rename(from, to) {
      const moved = await attempt(() => move(at(from), at(to)));
      if (!moved.ok || moved.value) return moved;
      return failed(conflict("file-exists", `There is a file of that name in ${folder} already.`));
    },
    remove: (name) => attempt(() => unlink(at(name)).catch(absentOnly)),
    ensureFolder: (name) => attempt(() => ensureFolder(at(name))),
    close: async () => {},
  };
}

async function list(folder: string): Promise<readonly FileEntry[]> {
  const entries: FileEntry[] = [];
  for await (const { name } of await opendir(folder)) {
    const entry = entryOf(name, await lstat(join(folder, name)).catch(absentOnly));
    if (entry !== undefined) entries.push(entry);
    if (entries.length >= limits.messageFilesListedMax) break;
  }
  return entries;
}

function entryOf(name: string, stats: Stats | undefined): FileEntry | undefined {
  if (stats === undefined || !stats.isFile()) return undefined;
  return { name, bytes: stats.size, modifiedMs: stats.mtimeMs, identity: `${stats.dev}-${stats.ino}` };
}

async function readPieces(
  path: string,
  take: (bytes: Uint8Array) => Promise<Result<unknown>>,
): Promise<Result<unknown>> {
  const file = await open(path, "r");
  try {
    const piece = Buffer.allocUnsafe(limits.messageFileChunkBytes);
    for (;;) {
      const { bytesRead } = await file.read(piece, 0, piece.length, null);
      if (bytesRead === 0) return ok(undefined);
      const taken = await take(Uint8Array.prototype.slice.call(piece, 0, bytesRead));
      if (!taken.ok) return taken;
    }
  } finally {
    await file.close();
  }
}

async function write(path: string, bytes: Uint8Array): Promise<void> {
  const file: FileHandle = await open(path, "w", 0o640);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** False when the new name is taken. A second name, then the first one away: a plain rename would overwrite. */
async function move(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    await unlink(from);
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    if (code === "EEXIST") return false;
    if (!withoutLinks.has(code)) throw error;
    if ((await lstat(to).catch(absentOnly)) !== undefined) return false;
    await rename(from, to);
  }
  await syncFolder(dirname(to));
  if (dirname(from) !== dirname(to)) await syncFolder(dirname(from));
  return true;
}

/** What file systems say that know no second names, such as shares of Windows and FAT. */
const withoutLinks = new Set(["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EMLINK"]);

async function ensureFolder(path: string): Promise<void> {
  if (await mkdir(path, { recursive: true, mode: 0o750 })) await syncFolder(dirname(path));
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  try {
    // Some shares cannot be asked; then the file is as safe as they make it.
    await handle.sync().catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "EINVAL" && error.code !== "ENOTSUP") throw error;
    });
  } finally {
    await handle.close();
  }
}

function absentOnly(error: NodeJS.ErrnoException): undefined {
  if (error.code === "ENOENT") return undefined;
  throw error;
}
