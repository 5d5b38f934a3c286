/** How fast results come in: 2 kB ORU^R01 with ten OBX, each of another patient. */
import { embeddedConnection } from "#storage/postgres";
import { tell, withCost } from "../fhir/served.ts";
import type { Figure, Wanted } from "../figure.ts";
import type { BenchCorridor } from "../load/corridor.ts";
import { anOruMessage } from "../load/oru-message.ts";
import { insertPlainly } from "../load/plain-inserts.ts";
import { untilIdle } from "../load/processor-time.ts";
import { inTurns } from "../load/rounds.ts";
import type { LoadSeen } from "../load/seen.ts";
import type { Amounts } from "./amounts.ts";
import type { BenchHospital, Load } from "./hospital.ts";

interface Measured {
  readonly name: string;
  readonly load: Pick<Load, "connections" | "variation">;
  readonly wanted: Wanted;
  readonly p99?: Wanted;
}

const measured: readonly Measured[] = [
  {
    name: "in, committed before the CA, 16 connections",
    load: { connections: 16, variation: { asks: "AL|NE" } },
    wanted: { must: 1_500, aim: 3_000 },
    p99: { must: 50, isMost: true },
  },
  {
    name: "in, committed before the CA, one connection, stop and wait",
    load: { connections: 1, variation: { asks: "AL|NE" } },
    wanted: { must: 300, aim: 600 },
  },
  {
    name: "in, mapped into the record before the AA, 16 connections",
    load: { connections: 16 },
    wanted: { must: 700, aim: 1_500 },
  },
  {
    name: "in, mapped into the record before the AA, one connection, stop and wait",
    load: { connections: 1 },
    wanted: { must: 300, aim: 600 },
  },
];

const rounds = 3;
const plainCount = 5_000;
const framed = "a bare Node server that frames and acknowledges";
const inserted = "the same bytes by plain unnest inserts";

export async function intakeFigures(hospital: BenchHospital, amounts: Amounts): Promise<readonly Figure[]> {
  const { corridor, send, portOf, bare } = hospital;
  tell("warming up");
  await send(portOf("lab"), { connections: 16, durationMs: amounts.warmUpMs });
  const frames = Array.from({ length: plainCount }, (_, at) => anOruMessage(at).frame);
  const plain = await insertPlainly(await embeddedConnection(corridor.folder), frames);
  const figures: Figure[] = [];
  for (const { name, load, wanted, p99 } of measured) {
    tell(name);
    const whole = { ...load, durationMs: amounts.rateMs };
    const { ours, floor } = await inTurns({
      rounds,
      ours: async () => {
        const seen = await withCost(hospital, () => send(portOf("lab"), whole), perSecondOf);
        await mappedBehind(corridor, seen);
        return seen;
      },
      floor: () => send(bare.port, whole),
    });
    const rate = { name, value: ours.perSecond, unit: "messages/s", wanted };
    figures.push({ ...rate, floor: floor.perSecond, floorName: framed });
    figures.push({ ...rate, name: `${name}, beside the database`, floor: plain, floorName: inserted });
    const latency = { name: `${name}, p99`, value: ours.p99Ms, unit: "ms", floor: floor.p99Ms, floorName: framed };
    figures.push(p99 === undefined ? latency : { ...latency, wanted: p99 });
  }
  return figures;
}

/** What is committed is mapped behind that; what comes next is not to wait for it. */
async function mappedBehind({ pid, folder }: BenchCorridor, { answers }: LoadSeen): Promise<void> {
  const startedMs = performance.now();
  await untilIdle(pid, folder);
  tell(`  all ${answers} mapped ${((performance.now() - startedMs) / 1000).toFixed(0)} s later`);
}

function perSecondOf({ perSecond }: LoadSeen): number {
  return perSecond;
}
