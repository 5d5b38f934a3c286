import type { DestinationView, LinkView } from "#departments/clinical/api";

/** Messages in the last whole minute, and in the last hour with the minute under way. */
export function ratesOf({ perMinute }: Pick<LinkView, "perMinute">): {
  readonly minute: number;
  readonly hour: number;
} {
  return { minute: perMinute.at(-2) ?? 0, hour: perMinute.slice(-60).reduce((sum, count) => sum + count, 0) };
}

export interface Lag {
  readonly minutes: number;
  readonly destination: string;
}

/** How long the message waits that has waited longest for a destination of the link; undefined where none waits. */
export function lagOf(
  { destinations }: Pick<LinkView, "destinations">,
  waiting: readonly Pick<DestinationView, "name" | "title" | "oldestQueuedAt">[],
  nowMs: number,
): Lag | undefined {
  const lags = waiting.flatMap(({ name, title, oldestQueuedAt }): readonly Lag[] => {
    if (oldestQueuedAt === undefined || !destinations.includes(name)) return [];
    return [{ minutes: Math.max(0, Math.floor((nowMs - Date.parse(oldestQueuedAt)) / 60_000)), destination: title }];
  });
  return lags.toSorted((a, b) => b.minutes - a.minutes)[0];
}
