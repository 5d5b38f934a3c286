import { spawn } from "node:child_process";
import { chown, mkdir, open, readFile, rename, rm, rmdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { conflict, failed, ok, type Result, unavailable } from "#kernel";
import type { Account } from "./account.ts";
import { openFolder } from "./folder-handle.ts";

/** A database cluster: PostgreSQL's word for the folder one server works in. */
export interface ClusterOptions {
  readonly folder: string;
  readonly binaries: string;
  readonly account: Account | undefined;
  /** False leaves syncing to the system: for tests. */
  readonly durable: boolean;
}

/** The environment of every PostgreSQL process: nothing of Corridor's own, so no `PG…` variable changes anything. */
export const serverEnvironment = { PATH: "/usr/local/bin:/usr/bin:/bin", LC_ALL: "C", TZ: "UTC" } as const;

/** Makes the cluster unless it is there. Problems: `data-folder-of-other-version`, `database-not-created`. */
export async function ensureCluster(options: ClusterOptions, major: string): Promise<Result<void>> {
  const found = await readFile(join(options.folder, "PG_VERSION"), "utf8").catch(() => undefined);
  if (found === undefined) return createCluster(options);
  return found.trim() === major ? ok(undefined) : failed(otherVersion(options.folder, found.trim(), major));
}

/** Made aside, synced and renamed: a start that is cut short leaves nothing half made in the way. */
async function createCluster(options: ClusterOptions): Promise<Result<void>> {
  const aside = `${options.folder}.new`;
  await rm(aside, { recursive: true, force: true });
  await mkdir(aside, { mode: 0o700 });
  if (options.account !== undefined) await chown(aside, options.account.uid, options.account.gid);
  const trouble = await initialise({ ...options, folder: aside });
  if (trouble !== undefined) return failed(notCreated(trouble));
  // Only an empty folder is replaced; one with unknown files in it fails here and stays as it is.
  await rmdir(options.folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error;
  });
  await rename(aside, options.folder);
  await syncFolder(dirname(options.folder));
  return ok(undefined);
}

/** Runs initdb. Collation is by code point, built in: the same order on every machine and at every version. */
async function initialise(options: ClusterOptions): Promise<string | undefined> {
  const folder = await openFolder(options.folder, options.account);
  const locale = ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--encoding=UTF8"];
  const access = ["--username=corridor", "--auth-local=trust", "--auth-host=reject"];
  const haste = options.durable ? [] : ["--no-sync"];
  const child = spawn(
    join(options.binaries, "bin/initdb"),
    ["-D", folder.path, ...locale, ...access, "--no-instructions", ...haste],
    {
      ...options.account,
      env: serverEnvironment,
      cwd: "/",
      stdio: ["ignore", "ignore", "pipe", ...folder.descriptors],
    },
  );
  let said = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    said = (said + text).slice(-4_000);
  });
  const code = await new Promise<number | null>((resolve) => {
    child.once("error", (error) => {
      said += error.message;
      resolve(null);
    });
    child.once("close", resolve);
  });
  await folder.close();
  return code === 0 ? undefined : said.trim();
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  await handle.sync().finally(() => handle.close());
}

function notCreated(trouble: string) {
  const line = trouble.split("\n").find((text) => text.includes("error:")) ?? trouble.split("\n").at(-1);
  return unavailable("database-not-created", `The embedded PostgreSQL could not make its database: ${line}`);
}

function otherVersion(folder: string, found: string, major: string) {
  const remedy =
    Number(found) > Number(major)
      ? "start it with the newer Corridor that made it"
      : "back it up with the Corridor that made it and restore the backup into an empty folder";
  return conflict(
    "data-folder-of-other-version",
    `The database in ${folder} is of PostgreSQL ${found}, this Corridor has ${major}: ${remedy}.`,
  );
}
