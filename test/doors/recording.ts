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

/** A meter that keeps what was counted or timed, a line each: the metric's name and its labels. */
export function recordingMeter(counted: string[]): Meter {
  const keep =
    (name: string) =>
    (_amount?: number, labels: Readonly<Record<string, string>> = {}) =>
      void counted.push([name, ...Object.values(labels)].join(" "));
  return {
    counter: (name) => ({ add: keep(name) }),
    gauge: () => {},
    histogram: (name) => ({ observe: keep(name) }),
  };
}
