/** Many messages in the record: what each takes on the disk, and how soon one of them is found. */
import postgres from "postgres";
import { embeddedConnection } from "#storage/postgres";
import { tell } from "../fhir/served.ts";
import type { Figure, Wanted } from "../figure.ts";
import { diskSizes } from "../load/disk-sizes.ts";
import { anOruMessage } from "../load/oru-message.ts";
import type { Amounts } from "./amounts.ts";
import { type BenchHospital, tokenFor } from "./hospital.ts";

const hourMs = 3_600_000;

const firstNumber = 500_000_000;

export async function diskFigures(hospital: BenchHospital, amounts: Amounts): Promise<readonly Figure[]> {
  const before = await diskSizes(hospital.corridor);
  tell(`recording ${amounts.messages} messages`);
  const load = { connections: 16, durationMs: 24 * hourMs, warmUpMs: 0, count: amounts.messages, firstNumber };
  const seen = await hospital.send(hospital.portOf("lab"), load);
  const after = await diskSizes(hospital.corridor);
  const log = after.logKilobytes - before.logKilobytes;
  const floor = Buffer.byteLength(anOruMessage(firstNumber).frame) / 1_000;
  const disk: Figure = {
    name: `disk of one of ${seen.answers} messages with its resources, history, indexes and audit`,
    value: (after.allKilobytes - before.allKilobytes - log) / seen.answers,
    unit: "kB a message",
    floor,
    floorName: "its raw bytes",
  };
  return [disk];
}

const questions = 200;

interface Asked {
  readonly name: string;
  readonly wanted: Wanted;
  query(number: number): URLSearchParams;
}

const asked: readonly Asked[] = [
  {
    name: "by control id",
    wanted: { must: 100, isMost: true },
    query: (number) => new URLSearchParams({ q: anOruMessage(number).controlId }),
  },
  {
    name: "by NHS number",
    wanted: { must: 100, isMost: true },
    query: (number) => new URLSearchParams({ q: /~(\d{10})\^/.exec(anOruMessage(number).frame)?.[1] ?? "" }),
  },
];

/** Among those that `diskFigures` has recorded. */
export async function searchFigures(
  { corridor }: BenchHospital,
  { messages: count }: Amounts,
): Promise<readonly Figure[]> {
  const token = await tokenFor(corridor, "corridor/messages.read");
  const numbers = Array.from({ length: questions }, (_, at) => firstNumber + Math.floor((at * count) / questions));
  const ask = async (query: URLSearchParams) => {
    const headers = { authorization: `Bearer ${token}` };
    const answer = await fetch(`${corridor.http}/api/clinical/messages?${query}`, { headers });
    const { messages } = (await answer.json()) as { readonly messages?: readonly unknown[] };
    if (!answer.ok || messages?.length === 0) throw new Error(`${query} was answered with ${answer.status}`);
  };
  const floor = await rowFloor(corridor.folder, numbers.length);
  const figures: Figure[] = [];
  for (const { name, wanted, query } of asked) {
    tell(`searching ${name}`);
    await timed(numbers.slice(0, 20), (number) => ask(query(number)));
    const value = percentile95(await timed(numbers, (number) => ask(query(number))));
    const floorName = "a row of the database by its key, p95";
    figures.push({ name: `search ${name} among ${count}, p95`, value, unit: "ms", floor, floorName, wanted });
  }
  return figures;
}

async function rowFloor(folder: string, count: number): Promise<number> {
  const sql = postgres({ ...(await embeddedConnection(folder)), max: 1, onnotice: () => {} });
  try {
    const rows = Array.from({ length: count }, (_, at) => at + 1);
    return percentile95(await timed(rows, (position) => sql`select body from version where position = ${position}`));
  } finally {
    await sql.end();
  }
}

async function timed(numbers: readonly number[], work: (number: number) => PromiseLike<unknown>) {
  const times: number[] = [];
  for (const number of numbers) {
    const startedMs = performance.now();
    await work(number);
    times.push(performance.now() - startedMs);
  }
  return times;
}

function percentile95(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.95)] ?? 0;
}
