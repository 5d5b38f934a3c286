import { open } from "node:fs/promises";
import type { Account } from "./account.ts";

/** How a child process under the database's account reaches a folder. */
export interface FolderHandle {
  /** What the child calls the folder. */
  readonly path: string;
  /** Descriptors the child gets after its standard three. */
  readonly descriptors: readonly number[];
  close(): Promise<void>;
}

/**
 * The account may not be allowed through the folder's parents: `/root` and fresh temporary folders are closed to
 * all but root. So root opens the folder and hands it down as descriptor 3, which Linux lets its holder enter.
 * Source: proc_pid_fd(5).
 */
export async function openFolder(folder: string, account: Account | undefined): Promise<FolderHandle> {
  if (account === undefined || process.platform !== "linux") {
    return { path: folder, descriptors: [], close: async () => {} };
  }
  const handle = await open(folder, "r");
  return { path: "/proc/self/fd/3", descriptors: [handle.fd], close: () => handle.close() };
}
