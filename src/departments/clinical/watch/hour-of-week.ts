import type { HospitalTime } from "#kernel";
import { isBankHoliday, weekdayOf } from "./bank-holiday.ts";

export const hourMs = 60 * 60_000;

/** An hour as a link lives it: on the hospital's clock, and a bank holiday like a Sunday. */
export interface HourOfWeek {
  /** 0 to 167; 0 is Sunday from midnight to one. */
  readonly number: number;
  readonly isHoliday: boolean;
}

export function hourOfWeek(atMs: number, hospitalTime: Pick<HospitalTime, "local">): HourOfWeek {
  const { date, clock } = hospitalTime.local(atMs);
  const isHoliday = isBankHoliday(date);
  const weekday = isHoliday ? 0 : weekdayOf(date);
  return { number: weekday * 24 + Number(clock.slice(0, 2)), isHoliday };
}

/** The start of the hour, in UTC, that a moment is in. */
export function hourStart(atMs: number): number {
  return Math.floor(atMs / hourMs) * hourMs;
}

/** As the keys of figures name it: `2026-11-23T09`. */
export function hourName(atMs: number): string {
  return new Date(atMs).toISOString().slice(0, 13);
}
