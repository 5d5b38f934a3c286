import type { DayTraffic, SimulatedMessage } from "#departments/clinical";
import { personOf } from "../../demo/people/person.ts";
import { randomOf, seedOf } from "../../demo/random.ts";
import { dayMs } from "../../demo/times.ts";
import { patientDay } from "./patient-day.ts";

/** Patients of a simulated day are none of the demonstration's, whatever its size. */
const firstPatient = 20_000;
const patientsOfSeed = 5_000;

/**
 * A day of a made-up hospital, in the order of sending: admissions, transfers, discharges, clinics, orders and results, at
 * the hours at which they happen. The same date, seed and number of patients make the same messages, byte for byte; no other
 * date or seed has their numbers. What is ordered late has its results on the next day, which is not played.
 */
export function dayOfTraffic({ date, seed, patients }: Omit<DayTraffic, "by">): readonly SimulatedMessage[] {
  const startMs = Date.parse(`${date}T00:00:00Z`);
  const weekday = new Date(startMs).getUTCDay();
  const isWeekend = weekday === 0 || weekday === 6;
  const day = Math.round(startMs / dayMs).toString(36);
  const first = firstPatient + seed * patientsOfSeed;
  return Array.from({ length: patients }, (_, at) => {
    const person = personOf(seed, first + at, startMs);
    const random = randomOf(seedOf(seed, "day", date, at));
    const prefix = `${day}${seed.toString(36)}-${at.toString(36)}`;
    return patientDay({ person, startMs, random, prefix, isWeekend }).map((message) => ({
      message,
      lane: person.hospitalNumber,
    }));
  })
    .flat()
    .toSorted((one, other) => one.message.sentMs - other.message.sentMs)
    .map(({ message: { type, controlId, sentMs, bytes }, lane }) => ({
      name: `${type} ${controlId}`,
      controlId,
      atMs: sentMs - startMs,
      lane,
      body: bytes,
    }));
}
