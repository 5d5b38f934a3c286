/**
 * Counters and timings, into a sink that the composition root provides (`/metrics`). Names carry their unit. A counter or
 * histogram asked for twice by one name is one: whoever shares it tells its counts apart by a label. A gauge has one reader.
 */
export interface Meter {
  counter(name: string, help: string, labels?: readonly string[]): Counter;
  gauge(name: string, help: string, read: () => number): void;
  histogram(name: string, help: string, buckets: readonly number[], labels?: readonly string[]): Histogram;
}

export interface Counter {
  add(count?: number, labels?: Readonly<Record<string, string>>): void;
}

export interface Histogram {
  observe(value: number, labels?: Readonly<Record<string, string>>): void;
}

export const silentMeter: Meter = {
  counter: () => ({ add: () => {} }),
  gauge: () => {},
  histogram: () => ({ observe: () => {} }),
};
