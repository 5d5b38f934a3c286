import { readFile, realpath, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { failed, limits, ok, type Result, unavailable } from "#kernel";
import { isAlive, processWorksIn, signal } from "./process.ts";

/** A process number that no process can have. Source: Linux's PID_MAX_LIMIT is 2^22. */
const nobodysPid = 2 ** 22 + 1;

/**
 * Ends a server that a killed Corridor left in this folder. The caller holds the folder's lock, so whichever server
 * still works here has no owner. Problem: `database-orphan-stays`.
 */
export async function stopOrphan(clusterFolder: string): Promise<Result<void>> {
  const pidFile = join(clusterFolder, "postmaster.pid");
  const text = await readFile(pidFile, "utf8").catch(() => "");
  const pid = Number.parseInt(text, 10);
  if (!Number.isInteger(pid)) return ok(undefined);
  if (!(await isAlive(pid)) || !(await processWorksIn(pid, await realpath(clusterFolder)))) {
    // The number may now belong to a process that has nothing to do with us, and PostgreSQL would refuse to start. The
    // file itself must stay: its shared memory key is how PostgreSQL finds backends that have outlived their server.
    await writeFile(pidFile, text.replace(/^\d+/, String(nobodysPid)));
    return ok(undefined);
  }
  for (const name of ["SIGINT", "SIGQUIT"] as const) {
    signal(pid, name);
    if (await endsWithin(pid, limits.databaseStopTimeoutMs)) return ok(undefined);
  }
  return failed(stays(pid, clusterFolder));
}

async function endsWithin(pid: number, timeoutMs: number): Promise<boolean> {
  const pauseMs = 10;
  for (let waitedMs = 0; waitedMs < timeoutMs; waitedMs += pauseMs) {
    if (!(await isAlive(pid))) return true;
    await pause(pauseMs);
  }
  return !(await isAlive(pid));
}

function stays(pid: number, folder: string) {
  return unavailable(
    "database-orphan-stays",
    `A PostgreSQL left behind by an earlier Corridor (process ${pid}) still works in ${folder} and does not stop: end it, then start again.`,
  );
}
