import type { Instant } from "#kernel";

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"] as const;

const two = (number: number): string => String(number).padStart(2, "0");

/**
 * A FHIR date as people in a hospital write it: `12-Mar-2024`, and as much of it as is known: `Mar-2024`, `2024`.
 * A date with a time gives its day in the reader's time zone. Text that is no date comes back as it is.
 * Source: NHS Common User Interface, Date Display.
 */
export function formatDate(text: string): string {
  const parts = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(T.*)?$/.exec(text);
  if (parts === null) return text;
  if (parts[4] !== undefined) return dayOf(new Date(text)) ?? text;
  const month = parts[2] === undefined ? undefined : months[Number(parts[2]) - 1];
  return [parts[3], month, parts[1]].filter((part) => part !== undefined).join("-");
}

/** `12-Mar-2024 14:05` in the reader's time zone; a date without a time stays a date. */
export function formatDateTime(text: string): string {
  if (!text.includes("T")) return formatDate(text);
  const at = new Date(text);
  const day = dayOf(at);
  return day === undefined ? text : `${day} ${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** `14:05:09`, for what happened today and seconds matter. */
export function formatClock(text: string): string {
  const at = new Date(text);
  if (Number.isNaN(at.getTime())) return text;
  return `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
}

function dayOf(at: Date): string | undefined {
  if (Number.isNaN(at.getTime())) return undefined;
  return `${two(at.getDate())}-${months[at.getMonth()]}-${at.getFullYear()}`;
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
