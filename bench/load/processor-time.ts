import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Linux counts in these. Source: proc_pid_stat(5), where `getconf CLK_TCK` is 100. */
const ticksPerSecond = 100;

interface ProcessTimes {
  readonly parent: number;
  readonly seconds: number;
  /** Of its children that have ended. */
  readonly endedSeconds: number;
}

/** Processor seconds of one process; undefined where the system does not tell. */
export function processorSeconds(pid: number): number | undefined {
  return timesOf(pid)?.seconds;
}

/** Processor seconds of the embedded database in this data folder, with all its processes. */
export function databaseSeconds(dataFolder: string): number | undefined {
  const [line = ""] = readFileSync(join(dataFolder, "postgres", "postmaster.pid"), "utf8").split("\n");
  const postmaster = Number(line);
  const own = timesOf(postmaster);
  if (own === undefined) return undefined;
  const running = readdirSync("/proc")
    .flatMap((name) => (/^\d+$/.test(name) ? (timesOf(Number(name)) ?? []) : []))
    .filter(({ parent }) => parent === postmaster);
  return own.seconds + own.endedSeconds + running.reduce((sum, { seconds }) => sum + seconds, 0);
}

/** Settles when program and database have had nothing to do for a while: what was begun before has come to its end. */
export async function untilIdle(pid: number, dataFolder: string): Promise<void> {
  const spent = () => (processorSeconds(pid) ?? 0) + (databaseSeconds(dataFolder) ?? 0);
  for (let before = spent(), quiet = 0; quiet < quietLooks; ) {
    await new Promise((resolve) => setTimeout(resolve, lookMs));
    const now = spent();
    quiet = now - before < (lookMs / 1000) * idleShare ? quiet + 1 : 0;
    before = now;
  }
}

const lookMs = 250;
const quietLooks = 4;
/** Of one processor. */
const idleShare = 0.2;

function timesOf(pid: number): ProcessTimes | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The name in parentheses may hold blanks.
    const fields = stat
      .slice(stat.lastIndexOf(")") + 2)
      .split(" ")
      .map(Number);
    const [parent = 0, user = 0, system = 0, childUser = 0, childSystem = 0] = [1, 11, 12, 13, 14].map(
      (at) => fields[at],
    );
    return {
      parent,
      seconds: (user + system) / ticksPerSecond,
      endedSeconds: (childUser + childSystem) / ticksPerSecond,
    };
  } catch {
    return undefined;
  }
}
