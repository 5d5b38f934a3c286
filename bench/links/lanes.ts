/** From a link to its destinations: in one lane, and to ten at once. */

import { tell, withCost } from "../fhir/served.ts";
import type { Figure } from "../figure.ts";
import type { Amounts } from "./amounts.ts";
import { type BenchHospital, fanOut } from "./hospital.ts";
import { allReceived, type CountingPartner } from "./partner.ts";

const framed = "a bare Node server that frames and acknowledges, one connection";
const drainMs = 120_000;

/** What waits at the end is waited for, so that the rate is that of the lane and not of the link before it. */
export async function laneFigures(hospital: BenchHospital, { rateMs }: Amounts): Promise<readonly Figure[]> {
  const floor = await hospital.send(hospital.bare.port, { connections: 1, durationMs: rateMs });
  const rate = async (link: "ordered" | "passing", name: string): Promise<Figure> => {
    tell(name);
    const partner = hospital[link];
    await laneRate(hospital, link, partner, 1_000);
    const value = await laneRate(hospital, link, partner, rateMs);
    const wanted = { must: 250, aim: 500 };
    return { name, value, unit: "messages/s", floor: floor.perSecond, floorName: framed, wanted };
  };
  return [
    await rate("ordered", "in, mapped, and out in one lane, instant partner"),
    await rate("passing", "in and out in one lane without mapping, instant partner"),
  ];
}

async function laneRate(
  hospital: BenchHospital,
  link: "ordered" | "passing",
  partner: CountingPartner,
  durationMs: number,
): Promise<number> {
  partner.reset();
  const { perSecond } = await withCost(
    hospital,
    async () => {
      await hospital.send(hospital.portOf(link), { connections: 16, durationMs, warmUpMs: 0 });
      await untilQuiet(partner);
      return partner;
    },
    (seen) => seen.perSecond,
  );
  return perSecond;
}

async function untilQuiet(partner: CountingPartner): Promise<void> {
  const quietMs = 1_500;
  for (const endMs = performance.now() + drainMs; performance.now() < endMs; ) {
    const before = partner.received;
    await new Promise((resolve) => setTimeout(resolve, quietMs));
    if (partner.received === before && before > 0) return;
  }
  throw new Error("A lane did not come to its end.");
}

const inPerSecond = 139;
const bytesMin = 10_000;

/** At the rate that is promised: what comes out of it in the same time is the figure. */
export async function fanOutFigures(hospital: BenchHospital, amounts: Amounts): Promise<readonly Figure[]> {
  const durationMs = amounts.fanOutSeconds * 1_000;
  const count = Math.floor(inPerSecond * amounts.fanOutSeconds);
  tell(`${count} messages of 10 kB to ${fanOut} destinations in ${amounts.fanOutSeconds} s`);
  const load = { connections: 16, durationMs: durationMs + 60_000, warmUpMs: 0, perSecond: inPerSecond, count };
  const whole = { ...load, patients: 500, variation: { bytesMin } };
  for (const partner of hospital.fan) partner.reset();
  const startedMs = performance.now();
  const seen = await hospital.send(hospital.portOf("fan"), whole);
  const sentMs = performance.now() - startedMs;
  const isAll = await allReceived(hospital.fan, count, drainMs);
  const lagMs = performance.now() - startedMs - sentMs;
  const out = hospital.fan.reduce((sum, { received }) => sum + received, 0);
  if (!isAll) throw new Error(`${out} of ${count * fanOut} came out.`);
  tell(
    `  all out ${lagMs.toFixed(0)} ms after the last was in; in: p50 ${seen.p50Ms.toFixed(1)} ms, p99 ${seen.p99Ms.toFixed(1)} ms`,
  );
  const floorSeen = await hospital.send(hospital.bare.port, { ...whole, count: inPerSecond * 5 });
  const floor = (inPerSecond * floorSeen.answers) / (inPerSecond * 5);
  const floorName = "the same load on a bare server";
  const name = `to ten destinations of 10 kB, ${amounts.fanOutSeconds} s at ${inPerSecond}/s`;
  return [
    {
      name: `${name}, in`,
      value: (count / sentMs) * 1_000,
      unit: "messages/s",
      floor,
      floorName,
      wanted: { must: 137 },
    },
    {
      name: `${name}, out`,
      value: (out / (sentMs + lagMs)) * 1_000,
      unit: "messages/s",
      floor: floor * fanOut,
      floorName: "ten times that",
      wanted: { must: 1_370 },
    },
  ];
}
