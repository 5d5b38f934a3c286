import type { HospitalTime } from "#kernel";

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"] as const;
const datePattern = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/;

/**
 * A FHIR date or dateTime for reading, as precise as it is; with a time of day, on the clock of the hospital:
 * `12-Mar-1961`, `Mar-1961`, `1961`, `12-Mar-1961 09:30`. What is no date stays as it is.
 * Source: NHS CUI Date Display, Time Display.
 */
export function timeText(time: string, { local }: HospitalTime): string {
  if (!time.includes("T")) return dateText(time);
  const epochMs = Date.parse(time);
  if (Number.isNaN(epochMs)) return time;
  const { date, clock } = local(epochMs);
  return `${dateText(date)} ${clock}`;
}

/** The same for what has no time of day. */
export function dateText(date: string): string {
  const [, year, month, day] = datePattern.exec(date) ?? [];
  if (year === undefined) return date;
  return [day, month === undefined ? undefined : months[Number(month) - 1], year]
    .filter((part) => part !== undefined)
    .join("-");
}
