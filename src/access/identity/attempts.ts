import { type Instant, limits, toIso } from "#kernel";

/** Wrong passwords since the last right one. */
export interface Attempts {
  readonly failedAttempts: number;
  /** Nobody signs in to the account before this time. */
  readonly lockedUntil?: string | undefined;
}

export const noAttempts: Attempts = { failedAttempts: 0 };

/** Milliseconds until the lock opens; 0 when there is none. */
export function lockedForMs({ lockedUntil }: Attempts, now: Instant): number {
  return lockedUntil === undefined ? 0 : Math.max(0, Date.parse(lockedUntil) - now);
}

/** After one more wrong password: `limits.signInAttemptsMax` in a row lock the account and start a new count. */
export function afterFailure({ failedAttempts }: Attempts, now: Instant): Attempts {
  if (failedAttempts + 1 < limits.signInAttemptsMax) return { failedAttempts: failedAttempts + 1 };
  return { failedAttempts: 0, lockedUntil: toIso((now + limits.signInLockMs) as Instant) };
}
