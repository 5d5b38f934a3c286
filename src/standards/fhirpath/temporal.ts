/** A date, time, or both, as far as it was written. Source: FHIRPath 2.0 §4.1.7 to §4.1.9. */
export interface Temporal {
  readonly is: "date" | "dateTime" | "time";
  /** Year, month, day, hour, minute, second, millisecond; of a time the first three are missing. As many as were written. */
  readonly parts: readonly number[];
  /** Minutes ahead of UTC; undefined where no offset was written. */
  readonly offsetMinutes: number | undefined;
}

const dateTimePattern =
  /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?:(T)(?:(\d\d)(?::(\d\d)(?::(\d\d)(?:\.(\d+))?)?)?(Z|[+-]\d\d:\d\d)?)?)?$/;
const timePattern = /^(\d\d)(?::(\d\d)(?::(\d\d)(?:\.(\d+))?)?)?$/;

const monthDays = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

/** A date (`2015-02`), or a date and time (`2015T`, `2015-02-04T14:34Z`). Undefined where it is none. */
export function parseTemporal(text: string): Temporal | undefined {
  const found = dateTimePattern.exec(text);
  if (found === null) return undefined;
  const [, year, month, day, t, hour, minute, second, fraction, zone] = found;
  if (hour !== undefined && day === undefined) return undefined;
  const parts = partsOf([year, month, day, hour, minute, second], fraction);
  if (!isDay(parts) || !isTimeOfDay(parts.slice(3))) return undefined;
  return { is: t === undefined ? "date" : "dateTime", parts, offsetMinutes: offsetOf(zone) };
}

export function parseTime(text: string): Temporal | undefined {
  const found = timePattern.exec(text);
  if (found === null) return undefined;
  const [, hour, minute, second, fraction] = found;
  const parts = partsOf([hour, minute, second], fraction);
  return isTimeOfDay(parts) ? { is: "time", parts, offsetMinutes: undefined } : undefined;
}

function partsOf(texts: readonly (string | undefined)[], fraction: string | undefined): readonly number[] {
  const parts = texts.filter((text) => text !== undefined).map(Number);
  return fraction === undefined ? parts : [...parts, Number(fraction.padEnd(3, "0").slice(0, 3))];
}

function offsetOf(zone: string | undefined): number | undefined {
  if (zone === undefined) return undefined;
  if (zone === "Z") return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6));
  return zone.startsWith("-") ? -minutes : minutes;
}

function isDay([year = 1, month = 1, day = 1]: readonly number[]): boolean {
  if (year < 1 || month < 1 || month > 12 || day < 1) return false;
  return day <= daysIn(year, month);
}

export function daysIn(year: number, month: number): number {
  if (month === 2 && (year % 4 !== 0 || (year % 100 === 0 && year % 400 !== 0))) return 28;
  return monthDays[month - 1] ?? 31;
}

function isTimeOfDay([hour = 0, minute = 0, second = 0]: readonly number[]): boolean {
  return hour < 24 && minute < 60 && second < 61;
}

/** As it would be written as a literal, without the `@`; of a date and time without time the `T` is left out. */
export function temporalText({ is, parts, offsetMinutes }: Temporal): string {
  if (is === "time") return timeText(parts);
  const [year = 0, ...rest] = parts.slice(0, 3);
  const date = [String(year).padStart(4, "0"), ...rest.map(two)].join("-");
  return parts.length <= 3 ? date : `${date}T${timeText(parts.slice(3))}${offsetText(offsetMinutes)}`;
}

function timeText(parts: readonly number[]): string {
  const text = parts.slice(0, 3).map(two).join(":");
  const [, , , millisecond] = parts;
  return millisecond === undefined ? text : `${text}.${String(millisecond).padStart(3, "0")}`;
}

function two(part: number): string {
  return String(part).padStart(2, "0");
}

function offsetText(minutes: number | undefined): string {
  if (minutes === undefined) return "";
  if (minutes === 0) return "Z";
  const absolute = Math.abs(minutes);
  return `${minutes < 0 ? "-" : "+"}${two(Math.floor(absolute / 60))}:${two(absolute % 60)}`;
}

/** Milliseconds since 1970 of its first moment, taking an offset that was not written for none. */
export function startMs({ parts, offsetMinutes = 0 }: Temporal): number {
  const [year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0, millisecond = 0] = parts;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  date.setUTCHours(hour, minute, second, millisecond);
  return date.getTime() - offsetMinutes * 60_000;
}

/** The moment in the offset, as far as `length` parts. */
export function temporalAt(ms: number, offsetMinutes: number | undefined, length: number): Temporal {
  const date = new Date(ms + (offsetMinutes ?? 0) * 60_000);
  const parts = [
    date.getUTCFullYear(),
    date.getUTCMonth() + 1,
    date.getUTCDate(),
    date.getUTCHours(),
    date.getUTCMinutes(),
    date.getUTCSeconds(),
    date.getUTCMilliseconds(),
  ].slice(0, length);
  return { is: "dateTime", parts, offsetMinutes };
}
