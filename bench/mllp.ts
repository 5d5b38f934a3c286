/** How fast results come in over MLLP: 2 kB ORU^R01 with ten OBX, mapped and in the record before the acknowledgement. */
import type { Figure } from "./figure.ts";
import { startBenchCorridor } from "./load/corridor.ts";
import type { MllpLoad } from "./load/mllp-client.ts";
import { runClient, startFloor } from "./load/process.ts";
import { inTurns } from "./load/rounds.ts";
import type { LoadSeen } from "./load/seen.ts";

const warmUpMs = 15_000;
const floorName = "a bare Node server that frames and acknowledges";

export async function run(): Promise<readonly Figure[]> {
  const corridor = await startBenchCorridor();
  const floor = await startFloor("bare-mllp.ts");
  let firstNumber = 0;
  const send = (port: number, connections: number, durationMs = 3_000) => {
    firstNumber += 30_000;
    const load: MllpLoad = { host: "127.0.0.1", port, connections, firstNumber, warmUpMs: 1_000, durationMs };
    return runClient<LoadSeen>("mllp-client.ts", load);
  };
  const measure = (connections: number) =>
    inTurns({
      rounds: 3,
      ours: () => send(corridor.mllpPort, connections),
      floor: () => send(floor.port, connections),
    });
  try {
    // A link runs for months: what is measured is code that has been compiled.
    await send(corridor.mllpPort, 16, warmUpMs);
    const many = await measure(16);
    const one = await measure(1);
    return [
      rate("16 connections", many),
      { name: "16 connections, p99", value: many.ours.p99Ms, unit: "ms", floor: many.floor.p99Ms, floorName },
      rate("one connection, stop and wait", one),
    ];
  } finally {
    await floor.stop();
    await corridor.stop();
  }
}

function rate(name: string, { ours, floor }: { readonly ours: LoadSeen; readonly floor: LoadSeen }): Figure {
  return { name, value: ours.perSecond, unit: "messages/s", floor: floor.perSecond, floorName };
}
