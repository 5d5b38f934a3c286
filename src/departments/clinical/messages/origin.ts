import type { Origin } from "./message-reader.ts";

export interface OriginOptions {
  /** MSH-3.1. */
  readonly application: string | undefined;
  /** MSH-4.1. */
  readonly facility: string | undefined;
  /** MSH-7: an offset in it counts for the whole message. Source: HL7 v2.5.1 §2.A.22. */
  readonly sentAt: string | undefined;
  /** For times without an offset, where MSH-7 has none: `Europe/London`. */
  readonly timeZone: string;
}

export function originOf({ application, facility, sentAt, timeZone }: OriginOptions): Origin {
  const sender = [application, facility].filter((part) => part !== undefined).join("|");
  const stated = statedOffset(sentAt ?? "");
  return { sender, offsetMinutesAt: stated === undefined ? offsetsOf(timeZone) : () => stated };
}

function statedOffset(sentAt: string): number | undefined {
  const match = /([+-])(\d\d)(\d\d)$/.exec(sentAt);
  if (match === null) return undefined;
  const minutes = Number(match[2]) * 60 + Number(match[3]);
  return match[1] === "-" ? -minutes : minutes;
}

/** The offset of a wall clock, in minutes; the earlier one where the clock is put back. Each hour is looked up once. */
function offsetsOf(timeZone: string): (localTime: string) => number {
  const known = new Map<string, number>();
  return (localTime) => {
    const hour = localTime.slice(0, 13);
    const offset = known.get(hour) ?? offsetAt(timeZone, Date.parse(`${hour}:00:00Z`));
    known.set(hour, offset);
    return offset;
  };
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Wall clock times are read as if of UTC; two steps are enough, since offsets change by at most a few hours. */
function offsetAt(timeZone: string, localMs: number): number {
  const first = zoneOffsetMs(timeZone, localMs);
  const before = zoneOffsetMs(timeZone, localMs - Math.max(first, zoneOffsetMs(timeZone, localMs - 3 * 3_600_000)));
  return Math.round(before / 60_000);
}

function zoneOffsetMs(timeZone: string, atMs: number): number {
  const format = formats.get(timeZone) ?? new Intl.DateTimeFormat("en-GB", { timeZone, ...wallClock });
  formats.set(timeZone, format);
  const parts = Object.fromEntries(format.formatToParts(atMs).map(({ type, value }) => [type, Number(value)]));
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(atMs / 1000) * 1000;
}

const wallClock: Intl.DateTimeFormatOptions = {
  hourCycle: "h23",
  year: "numeric",
  month: "numeric",
  day: "numeric",
  hour: "numeric",
  minute: "numeric",
  second: "numeric",
};
