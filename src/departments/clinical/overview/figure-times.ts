import { type HospitalTime, type Instant, instant, toIso } from "#kernel";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** Minutes of the rate picture. */
export const minutesShown = 120;

/** A message that arrived may still be on its way into the record; after this long its minute is closed. */
const settlingMs = 2 * minuteMs;

export interface Span {
  /** As the keys of figures name it, in UTC: `2026-11-23T09:30` or `2026-11-23T09`. */
  readonly name: string;
  /** Nothing can be added to it any more. */
  readonly isClosed: boolean;
}

/** The last two hours by the minute, oldest first, the minute under way last. */
export function minutesUpTo(now: Instant): readonly Span[] {
  const last = Math.floor(now / minuteMs);
  return Array.from({ length: minutesShown }, (_, at) => {
    const startMs = (last - minutesShown + 1 + at) * minuteMs;
    return { name: isoOf(startMs).slice(0, 16), isClosed: startMs + minuteMs + settlingMs < now };
  });
}

export function firstMinute(now: Instant): string {
  return isoOf((Math.floor(now / minuteMs) - minutesShown + 1) * minuteMs);
}

/**
 * The hours of the hospital's day until now. Figures are kept by the hours of UTC: where the hospital's begin at another
 * minute, as in India, its day is counted from the start of the hour that its midnight is in.
 */
export function hoursOfDay(now: Instant, { day, startOfDay }: HospitalTime): readonly Span[] {
  const startMs = Math.floor(startOfDay(day(now)) / hourMs) * hourMs;
  const count = Math.floor((now - startMs) / hourMs) + 1;
  return Array.from({ length: count }, (_, at) => {
    const hourStartMs = startMs + at * hourMs;
    return { name: isoOf(hourStartMs).slice(0, 13), isClosed: hourStartMs + hourMs + settlingMs < now };
  });
}

function isoOf(epochMs: number): string {
  return toIso(instant(epochMs));
}
