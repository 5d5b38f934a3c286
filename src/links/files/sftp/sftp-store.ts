import type { FileEntryWithStats, SFTPWrapper, Stats } from "ssh2";
import { conflict, failed, type Log, limits, ok, type Result } from "#kernel";
import type { FileEntry, FileStore } from "../file-store.ts";
import { SftpConnection, type Step } from "./sftp-connection.ts";
import { isNoSuchFile, sftpProblem } from "./sftp-problem.ts";
import type { SftpServer } from "./sftp-session.ts";

export interface SftpFolder extends SftpServer {
  /** The folder there: absolute, or below the one that signing in leads to. */
  readonly path: string;
}

/** A folder at another machine, over SFTP (version 3, with the extension of OpenSSH to put a file on disk where offered). */
export function sftpStore(folder: SftpFolder, log: Log): FileStore {
  const { host, port, user, path } = folder;
  const place = `sftp://${user}@${host}:${port}/${path.replace(/^\//, "")}`;
  const connection = new SftpConnection(folder, log);
  const at = (name: string) => (path === "" ? name : `${path.replace(/\/$/, "")}/${name}`);
  const attempt = async <T>(work: (step: Step) => Promise<T>): Promise<Result<T>> => {
    const steps = await connection.steps();
    if (!steps.ok) return steps;
    try {
      return ok(await work(steps.value));
    } catch (error) {
      return failed(sftpProblem(error, place));
    }
  };
  return {
    place,
    remoteAddress: host,
    list: () => attempt((step) => list(step, path === "" ? "." : path)),
    find: (name) => attempt(async (step) => entryOf(name, await statOf(step, at(name)))),
    async read(name, take) {
      const read = await attempt((step) => readPieces(step, at(name), take));
      return read.ok ? read.value : read;
    },
    write: (name, bytes) => attempt((step) => write(step, at(name), bytes)),
    async rename(from, to) {
      const moved = await attempt((step) => move(step, at(from), at(to)));
      if (!moved.ok || moved.value) return moved;
      return failed(conflict("file-exists", `There is a file of that name in ${place} already.`));
    },
    remove: (name) => attempt((step) => step<void>((sftp, done) => sftp.unlink(at(name), done as () => void))),
    ensureFolder: (name) => attempt((step) => ensureFolder(step, at(name))),
    close: () => connection.close(),
  };
}

async function list(step: Step, path: string): Promise<readonly FileEntry[]> {
  const entries: FileEntry[] = [];
  const handle = await step<Buffer>((sftp, done) => sftp.opendir(path, done));
  try {
    while (entries.length < limits.messageFilesListedMax) {
      const page = await step<readonly FileEntryWithStats[] | false>((sftp, done) =>
        sftp.readdir(handle, (error, found) => (isEnd(error) ? done(undefined, false) : done(error, found))),
      );
      if (page === false) break;
      entries.push(...page.flatMap(({ filename, attrs }) => entryOf(filename, attrs as Stats) ?? []));
    }
  } finally {
    await closeHandle(step, handle);
  }
  return entries.slice(0, limits.messageFilesListedMax);
}

/** SFTP tells no identity of a file, and its time in seconds. */
function entryOf(name: string, stats: Pick<Stats, "mode" | "size" | "mtime"> | undefined): FileEntry | undefined {
  if (stats === undefined || (stats.mode & typeOfFile) !== plainFile) return undefined;
  return { name, bytes: stats.size, modifiedMs: stats.mtime * 1_000 };
}

/** Of the mode bits those that say what it is, as POSIX numbers them. Source: draft-ietf-secsh-filexfer-02 §5. */
const typeOfFile = 0o170000;
const plainFile = 0o100000;

async function statOf(step: Step, path: string): Promise<Stats | undefined> {
  try {
    return await step<Stats>((sftp, done) => sftp.lstat(path, done));
  } catch (error) {
    if (isNoSuchFile(error)) return undefined;
    throw error;
  }
}

async function readPieces(
  step: Step,
  path: string,
  take: (bytes: Uint8Array) => Promise<Result<unknown>>,
): Promise<Result<unknown>> {
  const handle = await step<Buffer>((sftp, done) => sftp.open(path, "r", done));
  try {
    for (let position = 0; ; ) {
      const piece = await readAt(step, handle, position);
      if (piece.length === 0) return ok(undefined);
      position += piece.length;
      const taken = await take(piece);
      if (!taken.ok) return taken;
    }
  } finally {
    await closeHandle(step, handle);
  }
}

function readAt(step: Step, handle: Buffer, position: number): Promise<Uint8Array> {
  const piece = Buffer.allocUnsafe(limits.messageFileChunkBytes);
  return step((sftp, done) =>
    sftp.read(handle, piece, 0, piece.length, position, (error, bytesRead) =>
      isEnd(error) ? done(undefined, piece.subarray(0, 0)) : done(error, piece.subarray(0, bytesRead)),
    ),
  );
}

async function write(step: Step, path: string, bytes: Uint8Array): Promise<void> {
  const handle = await step<Buffer>((sftp, done) => sftp.open(path, "w", done));
  try {
    const content = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (let at = 0; at < content.length; at += limits.messageFileChunkBytes) {
      const length = Math.min(limits.messageFileChunkBytes, content.length - at);
      await step<void>((sftp, done) => sftp.write(handle, content, at, length, at, done as () => void));
    }
    await step<void>((sftp, done) => sync(sftp, handle, done as () => void));
  } finally {
    await closeHandle(step, handle);
  }
}

/** Servers that do not offer it put the file on disk when they see fit. */
function sync(sftp: SFTPWrapper, handle: Buffer, done: (error?: Error) => void): void {
  try {
    sftp.ext_openssh_fsync(handle, done as () => void);
  } catch {
    done();
  }
}

/** False when the new name is taken: version 3 of SFTP renames to no name that there is. */
async function move(step: Step, from: string, to: string): Promise<boolean> {
  if ((await statOf(step, to)) !== undefined) return false;
  try {
    await step<void>((sftp, done) => sftp.rename(from, to, done as () => void));
    return true;
  } catch (error) {
    if ((await statOf(step, to)) === undefined || (await statOf(step, from)) === undefined) throw error;
    return false;
  }
}

async function ensureFolder(step: Step, path: string): Promise<void> {
  if ((await statOf(step, path)) !== undefined) return;
  await step<void>((sftp, done) => sftp.mkdir(path, done as () => void));
}

/** With the connection gone there is nothing left to close. */
async function closeHandle(step: Step, handle: Buffer): Promise<void> {
  await step<void>((sftp, done) => sftp.close(handle, done as () => void)).catch(() => {});
}

/** SSH_FX_EOF. */
function isEnd(error: unknown): boolean {
  return (error as { readonly code?: unknown } | undefined)?.code === 1;
}
