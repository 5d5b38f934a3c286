declare const instantBrand: unique symbol;

/** Milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = number & { readonly [instantBrand]: true };

/** Time arrives as an argument, so a test can hold it still. */
export interface Clock {
  now(): Instant;
}

export function instant(epochMs: number): Instant {
  return epochMs as Instant;
}

/** `2026-11-23T09:30:00.000Z`. */
export function toIso(at: Instant): string {
  return new Date(at).toISOString();
}

/** A clock that stands still until it is told to move. */
export function fixedClock(start: string): Clock & { advance(ms: number): void } {
  let now = Date.parse(start);
  return {
    now: () => instant(now),
    advance: (ms) => {
      now += ms;
    },
  };
}
