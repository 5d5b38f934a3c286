import { execFile } from "node:child_process";
import { stat } from "node:fs/promises";
import { promisify } from "node:util";
import { failed, ok, type Result, unavailable } from "#kernel";

const run = promisify(execFile);

/** The account PostgreSQL runs under; undefined means the one Corridor runs under. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

/**
 * PostgreSQL refuses to run as root. Started by root it gets the account that owns the database's folder already,
 * or else `postgres`, or else `nobody`. Problems: `no-account-for-database`, `database-folder-of-other-user`.
 */
export async function databaseAccount(clusterFolder: string): Promise<Result<Account | undefined>> {
  const owner = await stat(clusterFolder).catch(() => undefined);
  const uid = process.getuid?.();
  if (uid !== 0) return owner === undefined || owner.uid === uid ? ok(undefined) : failed(otherUser(clusterFolder));
  if (owner !== undefined && owner.uid !== 0) return ok({ uid: owner.uid, gid: owner.gid });
  const account = (await named("postgres")) ?? (await named("nobody"));
  return account === undefined ? failed(noAccount) : ok(account);
}

async function named(name: string): Promise<Account | undefined> {
  try {
    const [uid, gid] = await Promise.all([run("id", ["-u", name]), run("id", ["-g", name])]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    return undefined;
  }
}

const noAccount = unavailable(
  "no-account-for-database",
  "PostgreSQL does not run as root, and this machine has neither a user `postgres` nor `nobody`: add one (useradd --system postgres) or start Corridor as an ordinary user.",
);

function otherUser(folder: string) {
  return unavailable(
    "database-folder-of-other-user",
    `The database folder ${folder} belongs to another user: start Corridor as that user or as root, or choose another folder with CORRIDOR_DATA.`,
  );
}
