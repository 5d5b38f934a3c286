import type { Instant } from "./clock.ts";
import { limits } from "./limits.ts";

/** The clock on the hospital's wall: times are shown by it, wherever the server, the sender or the reader is. */
export interface HospitalTime {
  /** `Europe/London`. */
  readonly timeZone: string;
  /** What it shows at a moment, in milliseconds since 1970. */
  local(epochMs: number): LocalTime;
  /** The day it is now in the hospital: `2026-11-23`. */
  day(now: Instant): string;
  /** When a day such as `2026-11-23` starts, in milliseconds since 1970. */
  startOfDay(day: string): number;
  /**
   * How many minutes it is ahead of UTC when it shows `2026-11-23T09:30:00`. An hour that comes twice, when summer time
   * ends, is taken as the first; one that does not exist, when it begins, as if it had not begun yet.
   */
  offsetMinutesAt(localTime: string): number;
}

export interface LocalTime {
  /** `2026-11-23`. */
  readonly date: string;
  /** `09:30`. */
  readonly clock: string;
  /** `05`. */
  readonly seconds: string;
}

/** Throws a RangeError for a time zone that does not exist, which is a setting to mend before anything is read. */
export function hospitalTime(timeZone: string): HospitalTime {
  const local = localTimes(timeZone);
  const offsetMinutesAt = offsetsOf((utcMs) => Math.round((shownAsUtcMs(local(utcMs)) - secondOf(utcMs)) / 60_000));
  return {
    timeZone,
    local,
    day: (now) => local(now).date,
    startOfDay: (day) => Date.parse(`${day}T00:00:00Z`) - offsetMinutesAt(`${day}T00:00:00`) * 60_000,
    offsetMinutesAt,
  };
}

export function dayAfter(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + dayMs).toISOString().slice(0, 10);
}

const dayMs = 24 * 60 * 60_000;

function localTimes(timeZone: string): HospitalTime["local"] {
  const clock = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  });
  return (epochMs) => {
    const part: Record<string, string> = {};
    for (const { type, value } of clock.formatToParts(epochMs)) part[type] = value;
    const { year = "", month = "", day = "", hour = "", minute = "", second = "" } = part;
    return { date: `${year.padStart(4, "0")}-${month}-${day}`, clock: `${hour}:${minute}`, seconds: second };
  };
}

function shownAsUtcMs({ date, clock, seconds }: LocalTime): number {
  return Date.parse(`${date}T${clock}:${seconds}Z`);
}

function secondOf(epochMs: number): number {
  return Math.floor(epochMs / 1_000) * 1_000;
}

type OffsetAt = (utcMs: number) => number;

/** The offsets on the day before a date and on the day after: on most days the same. Asking Intl is slow. */
interface OffsetsOfDay {
  readonly before: number;
  readonly after: number;
}

function offsetsOf(offsetAt: OffsetAt): HospitalTime["offsetMinutesAt"] {
  const days = new Map<string, OffsetsOfDay>();
  return (localTime) => {
    const date = localTime.slice(0, 10);
    const day = days.get(date) ?? offsetsOfDay(date, offsetAt);
    if (days.size >= limits.timeZoneDaysMax) days.clear();
    days.set(date, day);
    return day.before === day.after ? day.before : offsetWithin(day, Date.parse(`${localTime}Z`), offsetAt);
  };
}

function offsetsOfDay(date: string, offsetAt: OffsetAt): OffsetsOfDay {
  const midnight = Date.parse(`${date}T00:00:00Z`);
  return { before: offsetAt(midnight - dayMs), after: offsetAt(midnight + 2 * dayMs) };
}

function offsetWithin({ before, after }: OffsetsOfDay, localMs: number, offsetAt: OffsetAt): number {
  const isStillBefore = offsetAt(localMs - before * 60_000) === before;
  const isAfter = offsetAt(localMs - after * 60_000) === after;
  return isStillBefore || !isAfter ? before : after;
}
