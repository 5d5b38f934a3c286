import type { Result } from "#kernel";

/** A file as a folder lists it. */
export interface FileEntry {
  readonly name: string;
  readonly bytes: number;
  readonly modifiedMs: number;
  /** Stays when the file is renamed. Absent where the folder does not tell. */
  readonly identity?: string;
}

/**
 * One folder, here or at another machine. Names are relative to it, with `/` into a folder below. Nothing rejects.
 * Problems of all: `folder-missing`, `folder-forbidden`, `folder-full`, `folder-failed`, and those of a connection.
 */
export interface FileStore {
  /** For people: `/srv/links/lab`, `sftp://corridor@10.1.2.3:22/out`. */
  readonly place: string;
  /** Of the machine; empty where it is this one. */
  readonly remoteAddress: string;
  /** Plain files directly in the folder, in no order, as many as `limits.messageFilesListedMax`. No links, no folders. */
  list(): Promise<Result<readonly FileEntry[]>>;
  find(name: string): Promise<Result<FileEntry | undefined>>;
  /** Gives a file piece by piece, and ends with the first failure of `take`. */
  read(name: string, take: (bytes: Uint8Array) => Promise<Result<unknown>>): Promise<Result<unknown>>;
  /** Makes a file, or writes it anew; settles when it is on disk, as far as the other side can say. */
  write(name: string, bytes: Uint8Array): Promise<Result<unknown>>;
  /** `file-exists` when there is one of the new name; never overwrites it. On disk when it settles, as with `write`. */
  rename(from: string, to: string): Promise<Result<unknown>>;
  remove(name: string): Promise<Result<unknown>>;
  /** Makes a folder below, unless it is there. */
  ensureFolder(name: string): Promise<Result<unknown>>;
  close(): Promise<void>;
}
