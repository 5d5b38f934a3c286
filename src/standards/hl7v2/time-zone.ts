import { limits } from "#kernel";
import type { DateTimeOptions } from "./datetime.ts";

/**
 * The offsets of a time zone such as `Europe/London`, for times that were sent without one. An hour that comes twice,
 * when summer time ends, is taken as the first; one that does not exist, when it begins, as if it had not begun yet.
 * Throws a RangeError for a zone that does not exist, which is a setting to mend before anything is read.
 */
export function offsetsOf(timeZone: string): NonNullable<DateTimeOptions["offsetMinutesAt"]> {
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
  const offsetAt = (utcMs: number) => Math.round((wallClockMs(clock, utcMs) - utcMs) / 60_000);
  const days = new Map<string, OffsetsOfDay>();
  return (localTime) => {
    const date = localTime.slice(0, 10);
    const day = days.get(date) ?? offsetsOfDay(date, offsetAt);
    if (days.size >= limits.timeZoneDaysMax) days.clear();
    days.set(date, day);
    return day.before === day.after ? day.before : offsetWithin(day, Date.parse(`${localTime}Z`), offsetAt);
  };
}

/** The offsets on the day before a date and on the day after: on most days the same. Asking Intl is slow. */
interface OffsetsOfDay {
  readonly before: number;
  readonly after: number;
}

const dayMs = 24 * 60 * 60_000;

function offsetsOfDay(date: string, offsetAt: (utcMs: number) => number): OffsetsOfDay {
  const midnight = Date.parse(`${date}T00:00:00Z`);
  return { before: offsetAt(midnight - dayMs), after: offsetAt(midnight + 2 * dayMs) };
}

function offsetWithin({ before, after }: OffsetsOfDay, localMs: number, offsetAt: (utcMs: number) => number): number {
  const isStillBefore = offsetAt(localMs - before * 60_000) === before;
  const isAfter = offsetAt(localMs - after * 60_000) === after;
  return isStillBefore || !isAfter ? before : after;
}

/** What a clock in the zone shows at a moment, as if it showed UTC. */
function wallClockMs(clock: Intl.DateTimeFormat, utcMs: number): number {
  const parts = new Map(clock.formatToParts(utcMs).map(({ type, value }) => [type, Number(value)]));
  const [year, month, day] = [parts.get("year") ?? 0, parts.get("month") ?? 1, parts.get("day") ?? 1];
  return Date.UTC(year, month - 1, day, parts.get("hour"), parts.get("minute"), parts.get("second"));
}
