import { createHash } from "node:crypto";
import { chown, lstat, mkdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { failed, ok, type Result, unavailable } from "#kernel";
import type { Account } from "./account.ts";

/** Names the socket's file only; there is no TCP port. */
export const socketPort = 5432;

/** The longest socket path every system takes. Source: unix(7) 108 with the closing zero, macOS 104. */
const socketPathBytesMax = 103;

/** Where the socket of a cluster is: in its folder, or in a short one under the temporary folder where that is too long. */
export function socketFolder(clusterFolder: string): string {
  const path = join(clusterFolder, `.s.PGSQL.${socketPort}`);
  if (Buffer.byteLength(path) <= socketPathBytesMax) return clusterFolder;
  const name = createHash("sha256").update(clusterFolder).digest("hex").slice(0, 16);
  return join(tmpdir(), `corridor-${name}`);
}

/** Makes a socket folder outside the cluster, open to the database's account alone. Problem: `socket-folder-not-own`. */
export async function ensureSocketFolder(folder: string, account: Account | undefined): Promise<Result<void>> {
  const made = await mkdir(folder, { mode: 0o700 }).then(
    () => true,
    () => false,
  );
  if (made && account !== undefined) await chown(folder, account.uid, account.gid);
  const found = await lstat(folder);
  const own = found.isDirectory() && found.uid === (account?.uid ?? process.getuid?.()) && (found.mode & 0o077) === 0;
  return own ? ok(undefined) : failed(notOwn(folder));
}

function notOwn(folder: string) {
  return unavailable(
    "socket-folder-not-own",
    `The folder ${folder} for the database's socket belongs to someone else or is open to others: remove it, or choose a shorter CORRIDOR_DATA path.`,
  );
}
