import type { Random } from "../../demo/random.ts";
import { hourMs } from "../../demo/times.ts";

/** How many come in each hour of the day, 0 to 23, beside each other. */
export type Hours = readonly number[];

/** Emergencies: few in the early morning, most from ten to eight. */
export const emergencies: Hours = [
  2.5, 2, 1.8, 1.6, 1.5, 1.6, 2, 3, 4.5, 6, 6.5, 6.5, 6.2, 6, 5.8, 5.8, 5.8, 6, 6, 5.6, 5, 4.5, 4, 3.2,
];

/** Called in for a treatment. */
export const electives: Hours = [0, 0, 0, 0, 0, 0, 2, 8, 5, 1, 0, 2, 3, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];

/** Clinics with a break at noon. */
export const clinics: Hours = [0, 0, 0, 0, 0, 0, 0, 0, 2, 6, 7, 6, 2, 4, 6, 6, 3, 0, 0, 0, 0, 0, 0, 0];

/** Blood taken at a practice. */
export const practices: Hours = [0, 0, 0, 0, 0, 0, 0, 0, 4, 8, 7, 4, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0];

/** The round of the phlebotomists. */
export const rounds: Hours = [0, 0, 0, 0, 0, 1, 5, 8, 4, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];

/** Going home: after the round, and mostly in the afternoon. */
export const discharges: Hours = [0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 4, 6, 6, 7, 8, 8, 6, 4, 2, 1, 0, 0, 0, 0];

/** A moment of the day, in milliseconds from its start. */
export function momentOf(hours: Hours, random: Random): number {
  let left = random.next() * hours.reduce((sum, share) => sum + share, 0);
  for (const [hour, share] of hours.entries()) {
    left -= share;
    if (left < 0) return (hour + random.next()) * hourMs;
  }
  return 23 * hourMs;
}
