import { instant, toIso } from "#kernel";

export const minuteMs = 60_000;
export const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;
export const yearMs = 365.25 * dayMs;

/** `20261123093000+0000`. Source: HL7 v2.5.1 §2.A.77 (TS). */
export function hl7Time(ms: number): string {
  return `${toIso(instant(ms)).slice(0, 19).replace(/[-:T]/g, "")}+0000`;
}

/** `20261123` */
export function hl7Day(ms: number): string {
  return hl7Time(ms).slice(0, 8);
}

/** The two digits of the year, as laboratories put them in front of their numbers. */
export function yearDigits(ms: number): string {
  return hl7Day(ms).slice(2, 4);
}

/** The start of the day that a time is in. */
export function dayOf(ms: number): number {
  return Math.floor(ms / dayMs) * dayMs;
}
