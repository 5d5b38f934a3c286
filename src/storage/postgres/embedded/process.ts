import { execFile } from "node:child_process";
import { readFile, readlink } from "node:fs/promises";
import { promisify } from "node:util";

const run = promisify(execFile);

/**
 * When a process began, in the system's own words; undefined when there is none with this number. Process numbers
 * are used again, so a number means the same process only together with this.
 */
export async function processStart(pid: number): Promise<string | undefined> {
  if (process.platform === "linux") return linuxProcessStart(pid);
  return run("ps", ["-o", "lstart=", "-p", String(pid)]).then(
    ({ stdout }) => stdout.trim() || undefined,
    () => undefined,
  );
}

/** Clock ticks since the machine started. Source: proc_pid_stat(5), field 22. */
async function linuxProcessStart(pid: number): Promise<string | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => undefined);
  if (stat === undefined) return undefined;
  // The name, field 2, is in brackets and may hold anything; the rest is plain.
  const [state, ...rest] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return state === "Z" || state === "X" ? undefined : rest[18];
}

/** Whether a process has this folder as its working folder: every PostgreSQL server works in its own data folder. */
export async function processWorksIn(pid: number, folder: string): Promise<boolean> {
  if (process.platform === "linux") return (await readlink(`/proc/${pid}/cwd`).catch(() => undefined)) === folder;
  return run("lsof", ["-a", "-p", String(pid), "-d", "cwd", "-Fn"]).then(
    ({ stdout }) => stdout.split("\n").includes(`n${folder}`),
    () => false,
  );
}

/** Whether a process is there and does something: one that has ended and only waits to be noticed does not count. */
export async function isAlive(pid: number): Promise<boolean> {
  return (await processStart(pid)) !== undefined;
}

/** A signal to a process that may be gone already. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It has ended, which is what every signal sent from here is for.
  }
}
