/** How long a start takes, in an empty folder and in one that was left, and what memory the idle server keeps. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { setTimeout as waitMs } from "node:timers/promises";
import { databaseStartMs } from "./fhir/starts.ts";
import type { Figure } from "./figure.ts";
import { startBenchCorridor } from "./load/corridor.ts";

const idleMs = 15_000;

export async function run(): Promise<readonly Figure[]> {
  const first = await startBenchCorridor();
  try {
    await first.halt();
    const floor = await databaseStartMs(first.folder);
    const next = await startBenchCorridor(first.folder);
    await waitMs(idleMs);
    const idleMB = residentMB(next.pid);
    await next.halt();
    const floorName = "the start of PostgreSQL alone";
    const bareNode = "a bare Node process";
    return [
      { name: "first start, to ready", value: first.startMs, unit: "ms", floor, floorName, wanted: most(5_000) },
      { name: "next start, to ready", value: next.startMs, unit: "ms", floor, floorName, wanted: most(2_000) },
      { name: "memory when idle", value: idleMB, unit: "MB", floor: bareMB(), floorName: bareNode, wanted: most(250) },
    ];
  } finally {
    await first.stop();
  }
}

function most(must: number): NonNullable<Figure["wanted"]> {
  return { must, isMost: true };
}

/** Of the Node process; PostgreSQL's processes are its children and not counted. */
function residentMB(pid: number): number {
  const [, kB = "0"] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
  return (Number(kB) * 1024) / 1e6;
}

function bareMB(): number {
  return Number(execFileSync(process.execPath, ["-p", "process.memoryUsage.rss() / 1e6"], { encoding: "utf8" }));
}
