import type { Instant } from "#kernel";
import { hospitalClock } from "../clock/hospital-clock.ts";

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"] as const;

/**
 * A FHIR date as people in a hospital write it: `12-Mar-2024`, and as much of it as is known: `Mar-2024`, `2024`.
 * A date with a time gives its day on the hospital's clock. Text that is no date comes back as it is.
 * Source: NHS Common User Interface, Date Display.
 */
export function formatDate(text: string): string {
  const parts = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(T.*)?$/.exec(text);
  if (parts === null) return text;
  const shown = parts[4] === undefined ? undefined : shownAt(text);
  if (parts[4] !== undefined) return shown === undefined ? text : formatDate(shown.date);
  const month = parts[2] === undefined ? undefined : months[Number(parts[2]) - 1];
  return [parts[3], month, parts[1]].filter((part) => part !== undefined).join("-");
}

/** `12-Mar-2024 14:05` on the hospital's clock; a date without a time stays a date. */
export function formatDateTime(text: string): string {
  if (!text.includes("T")) return formatDate(text);
  const shown = shownAt(text);
  return shown === undefined ? text : `${formatDate(shown.date)} ${shown.clock}`;
}

/** `14:05:09`, for what happened today and seconds matter. */
export function formatClock(text: string): string {
  const shown = shownAt(text);
  return shown === undefined ? text : `${shown.clock}:${shown.seconds}`;
}

function shownAt(text: string) {
  const epochMs = Date.parse(text);
  return Number.isNaN(epochMs) ? undefined : hospitalClock().local(epochMs);
}

/** `just now`, `4 min ago`, `3 h ago`, then the day: `12-Mar-2024`. */
export function formatAgo(text: string, now: Instant): string {
  const seconds = Math.floor((now - Date.parse(text)) / 1000);
  if (Number.isNaN(seconds)) return text;
  if (seconds < 5) return "just now";
  if (seconds < 60) return `${seconds} s ago`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`;
  if (seconds < 24 * 3600) return `${Math.floor(seconds / 3600)} h ago`;
  return formatDate(text);
}
