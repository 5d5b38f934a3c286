/** How long a start takes with the data in place. */
import { expectOk, silentLog } from "#kernel";
import { startEmbeddedPostgres } from "#storage/postgres";
import type { Figure } from "../figure.ts";
import { type BenchCorridor, startBenchCorridor } from "../load/corridor.ts";
import { tell } from "./served.ts";

const rounds = 3;

/** Stops the Corridor and starts it again, and gives the one that is running at the end. */
export async function startFigures(
  corridor: BenchCorridor,
): Promise<{ readonly corridor: BenchCorridor; readonly figures: readonly Figure[] }> {
  tell("stopping and starting");
  let running = corridor;
  const ours: number[] = [];
  const floors: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    await running.halt();
    floors.push(await databaseStartMs(corridor.folder));
    running = await startBenchCorridor(corridor.folder);
    ours.push(running.startMs);
  }
  const figure: Figure = {
    name: "start with this data, to ready",
    value: middle(ours),
    unit: "ms",
    floor: middle(floors),
    floorName: "the start of PostgreSQL alone",
    wanted: { must: 2_000, aim: 1_000, isMost: true },
  };
  return { corridor: running, figures: [figure] };
}

/** PostgreSQL alone, on the data of a stopped Corridor. */
export async function databaseStartMs(dataFolder: string): Promise<number> {
  const startedMs = performance.now();
  const server = expectOk(await startEmbeddedPostgres({ dataFolder, log: silentLog }));
  const tookMs = performance.now() - startedMs;
  await server.stop();
  return tookMs;
}

function middle(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
