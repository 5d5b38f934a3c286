import type { Log, Meter } from "#kernel";

/** One answered request. Holds no path and no query string, for both hold ids of patients. */
export interface Seen {
  readonly method: string;
  readonly pattern: string;
  readonly status: number;
  readonly durationMs: number;
  readonly requestId: string;
  /** The code of the first problem, when there was one. */
  readonly problem?: string | undefined;
}

export type Observe = (seen: Seen) => void;

const secondsBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Counts, times and logs answered requests: `corridor_http_request_seconds`, whose `_count` is their number. */
export function observer(log: Log, meter: Meter): Observe {
  const seconds = meter.histogram(
    "corridor_http_request_seconds",
    "Time from the arrival of an HTTP request to the end of its reply, by route and class of status.",
    secondsBuckets,
    ["route", "status"],
  );
  return ({ method, pattern, status, durationMs, requestId, problem }) => {
    const route = `${method} ${pattern}`;
    seconds.observe(durationMs / 1_000, { route, status: classOf(status) });
    log.info("http request", { route, status, durationMs: Math.round(durationMs * 10) / 10, requestId, problem });
  };
}

function classOf(status: number): string {
  return `${Math.floor(status / 100)}xx`;
}
