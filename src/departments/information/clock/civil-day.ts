/** Days of the calendar as texts, `2026-11-23`: they compare as they sort. */
export type Day = string;

const dayMs = 24 * 60 * 60_000;

export function addDays(day: Day, days: number): Day {
  return textOf(utcMs(day) + days * dayMs);
}

/** The same day some months on; the last of the month where it has no such day. Source: ICO, time limits for responding to requests. */
export function addMonths(day: Day, months: number): Day {
  const [year, month, date] = day.split("-").map(Number) as [number, number, number];
  const first = Date.UTC(year, month - 1 + months, 1);
  const last = Date.UTC(year, month + months, 0);
  return textOf(Math.min(first + (date - 1) * dayMs, last));
}

/** How many days from one to the other; negative when the other is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((utcMs(to) - utcMs(from)) / dayMs);
}

/** 0 is Sunday, 6 Saturday. */
export function weekday(day: Day): number {
  return new Date(utcMs(day)).getUTCDay();
}

export function yearOf(day: Day): number {
  return Number(day.slice(0, 4));
}

function utcMs(day: Day): number {
  return Date.parse(`${day}T00:00:00Z`);
}

function textOf(ms: number): Day {
  return new Date(ms).toISOString().slice(0, 10);
}
