import { type Instant, limits } from "#kernel";

/** Where the tabs of this browser tell each other that somebody is at the screen. */
const storedUnder = "corridor-last-activity";

/** Writing each movement of the mouse would be too much. */
const noteEveryMs = 15_000;

/** Whether nobody has touched a key or the mouse for as long as a session may lie idle. */
export function isIdle(lastActivity: number, now: Instant): boolean {
  return now - lastActivity >= limits.sessionIdleMs;
}

/** How long before the end somebody who reads without moving is asked whether they are there. Source: WCAG 2.2 §2.2.1. */
const warnMs = 2 * 60_000;

/** Whether the session ends soon unless somebody does something. */
export function isEndingSoon(lastActivity: number, now: Instant): boolean {
  return now - lastActivity >= limits.sessionIdleMs - warnMs;
}

/** The newest activity in any tab; `fallback` when none was noted. */
export function lastActivity(fallback: Instant): number {
  const noted = Number(window.localStorage.getItem(storedUnder));
  return Number.isFinite(noted) && noted > 0 ? noted : fallback;
}

/** Notes that somebody is there, at most every `noteEveryMs`. */
export function noteActivity(now: Instant): void {
  if (now - lastActivity(0 as Instant) >= noteEveryMs) window.localStorage.setItem(storedUnder, String(now));
}
