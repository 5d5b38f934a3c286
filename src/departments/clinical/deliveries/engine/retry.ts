import type { RetrySettings } from "../../configuration/link-settings.ts";

/** How long to wait before the next try, after so many tries in vain; undefined when there is to be none. */
export function waitBeforeNextMs({ steps }: RetrySettings, attempts: number): number | undefined {
  let left = attempts;
  for (const { afterSeconds, times } of steps) {
    if (left <= times) return afterSeconds * 1_000;
    left -= times;
  }
  return undefined;
}

/** How long a delivery is tried altogether before somebody is told. */
export function wholeRetryMs({ steps }: RetrySettings): number {
  return steps.reduce((sum, { afterSeconds, times }) => sum + afterSeconds * times * 1_000, 0);
}
