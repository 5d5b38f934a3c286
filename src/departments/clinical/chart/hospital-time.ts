import type { Instant } from "#kernel";

/** Clocks and days on every screen are those of the hospital, wherever the server or the sender is. */
export const hospitalTimeZone = "Europe/London";

const formatter = new Intl.DateTimeFormat("en-GB", {
  timeZone: hospitalTimeZone,
  hourCycle: "h23",
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
  hour: "2-digit",
  minute: "2-digit",
});

export interface LocalTime {
  /** `2026-11-23`. */
  readonly date: string;
  /** `09:30`. */
  readonly clock: string;
}

export function localTime(epochMs: number): LocalTime {
  const part: Record<string, string> = {};
  for (const { type, value } of formatter.formatToParts(epochMs)) part[type] = value;
  return { date: `${part.year?.padStart(4, "0")}-${part.month}-${part.day}`, clock: `${part.hour}:${part.minute}` };
}

/** The day it is now in the hospital: `2026-11-23`. */
export function localDay(now: Instant): string {
  return localTime(now).date;
}

/** When a day starts in the hospital, in milliseconds since 1970. */
export function startOfDay(day: string): number {
  const midnightUtc = Date.parse(`${day}T00:00:00Z`);
  return midnightUtc - offsetMinutes(midnightUtc) * 60_000;
}

/** How far the hospital's clock is ahead of UTC then. Clocks change at 01:00 UTC, so at midnight UTC it is settled. */
export function offsetMinutes(epochMs: number): number {
  const { date, clock } = localTime(epochMs);
  return Math.round((Date.parse(`${date}T${clock}:00Z`) - epochMs) / 60_000);
}

export function dayAfter(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}
