/** How much of a date was written. `minute` only occurs in searches. */
export type Precision = "year" | "month" | "day" | "minute" | "second" | "fraction";

/** The time a written date covers, in milliseconds since 1970-01-01T00:00:00Z; `toMs` is the first that it does not cover. */
export interface DateRange {
  readonly fromMs: number;
  readonly toMs: number;
}

export interface DateTime extends DateRange {
  readonly precision: Precision;
  /** Whether an offset (or Z) was written. */
  readonly zoned: boolean;
}

/** 0001-01-01: the start of a Period that has none. */
export const farPastMs = -62_135_596_800_000;
/** 10000-01-01: the end of a Period that has none. */
export const farFutureMs = 253_402_300_800_000;

const dayMs = 86_400_000;
const pattern =
  /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)?(?:(Z)|([+-])(\d\d):(\d\d))?)?)?)?$/;

/**
 * Reads a FHIR date, dateTime or instant, or a date in a search. Undefined where the text is none, or the day does not exist.
 * Where no offset is written, the wall clock is taken to be `offsetMinutes` ahead of UTC. A second of 60 is the next minute.
 * Source: FHIR R4 §2.24.0.1, §3.1.1.4.7.
 */
export function parseDateTime(text: string, offsetMinutes = 0): DateTime | undefined {
  const parts = pattern.exec(text);
  if (parts === null) return undefined;
  const [, yearText, monthText, dayText, hour, minute, second, fraction, z, sign, zoneHours, zoneMinutes] = parts;
  const year = Number(yearText);
  const month = Number(monthText ?? 1);
  const day = Number(dayText ?? 1);
  if (year === 0 || month === 0 || month > 12 || day === 0 || day > daysIn(year, month)) return undefined;
  const written = sign === undefined ? undefined : offsetOf(sign, Number(zoneHours), Number(zoneMinutes));
  if (written !== undefined && Math.abs(written) > 14 * 60) return undefined;
  const zoned = z !== undefined || written !== undefined;
  const zoneMs = (z === undefined ? (written ?? offsetMinutes) : 0) * 60_000;
  const midnightMs = daysSinceEpoch(year, month, day) * dayMs - zoneMs;
  if (hour !== undefined) {
    if (Number(hour) > 23 || Number(minute) > 59 || Number(second ?? 0) > 60) return undefined;
    return timeOfDay(midnightMs + Number(hour) * 3_600_000 + Number(minute) * 60_000, { second, fraction, zoned });
  }
  if (dayText !== undefined) return { fromMs: midnightMs, toMs: midnightMs + dayMs, precision: "day", zoned };
  if (monthText !== undefined)
    return { fromMs: midnightMs, toMs: midnightMs + daysIn(year, month) * dayMs, precision: "month", zoned };
  return { fromMs: midnightMs, toMs: daysSinceEpoch(year + 1, 1, 1) * dayMs - zoneMs, precision: "year", zoned };
}

interface Seconds {
  readonly second: string | undefined;
  readonly fraction: string | undefined;
  readonly zoned: boolean;
}

function timeOfDay(minuteMs: number, { second, fraction, zoned }: Seconds): DateTime {
  if (second === undefined) return { fromMs: minuteMs, toMs: minuteMs + 60_000, precision: "minute", zoned };
  const secondMs = minuteMs + Number(second) * 1000;
  if (fraction === undefined) return { fromMs: secondMs, toMs: secondMs + 1000, precision: "second", zoned };
  const fromMs = secondMs + Number(fraction.padEnd(3, "0").slice(0, 3));
  const widthMs = fraction.length === 1 ? 100 : fraction.length === 2 ? 10 : 1;
  return { fromMs, toMs: fromMs + widthMs, precision: "fraction", zoned };
}

function offsetOf(sign: string, hours: number, minutes: number): number {
  return minutes > 59 ? Number.POSITIVE_INFINITY : (sign === "-" ? -1 : 1) * (hours * 60 + minutes);
}

const monthDays = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

function daysIn(year: number, month: number): number {
  return month === 2 && isLeap(year) ? 29 : (monthDays[month - 1] ?? 0);
}

function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

/** `Date.UTC` takes years below 100 for the 1900s, hence counting here. */
function daysSinceEpoch(year: number, month: number, day: number): number {
  const before = year - 1;
  let days = before * 365 + Math.floor(before / 4) - Math.floor(before / 100) + Math.floor(before / 400) - 719_162;
  for (let m = 1; m < month; m += 1) days += daysIn(year, m);
  return days + day - 1;
}
