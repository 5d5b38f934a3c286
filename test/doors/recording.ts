import type { Log, LogFields, Meter } from "#kernel";

export interface Logged {
  readonly event: string;
  readonly fields: LogFields;
}

/** A log that keeps what it is told. */
export function recordingLog(logged: Logged[]): Log {
  const keep = (event: string, fields: LogFields = {}) => void logged.push({ event, fields });
  return { debug: keep, info: keep, warn: keep, error: keep };
}

/** A meter that keeps what was counted, a line each: the counter's name and its labels. */
export function recordingMeter(counted: string[]): Meter {
  return {
    counter: (name) => ({
      add: (_count, labels = {}) => void counted.push([name, ...Object.values(labels)].join(" ")),
    }),
    gauge: () => {},
    histogram: () => ({ observe: () => {} }),
  };
}
