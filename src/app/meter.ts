import * as prometheus from "prom-client";
import type { Meter } from "#kernel";

export interface Metrics extends Meter {
  /** Everything counted so far, in the text format of Prometheus. */
  text(): Promise<string>;
  /** The Content-Type of that text. */
  readonly contentType: string;
}

/** The counters of one running Corridor, with those of the Node process: memory, processor time, event loop delay. */
export function prometheusMeter(): Metrics {
  const registry = new prometheus.Registry();
  prometheus.collectDefaultMetrics({ register: registry });
  const registers = [registry];
  return {
    contentType: registry.contentType,
    text: () => registry.metrics(),
    counter(name, help, labelNames = []) {
      const counter = registered(registry, name, () => {
        return new prometheus.Counter({ name, help, labelNames: [...labelNames], registers });
      });
      return { add: (count = 1, labels = {}) => counter.inc(labels, count) };
    },
    gauge(name, help, read) {
      new prometheus.Gauge({
        name,
        help,
        registers,
        collect() {
          this.set(read());
        },
      });
    },
    histogram(name, help, buckets, labelNames = []) {
      const histogram = registered(registry, name, () => {
        return new prometheus.Histogram({ name, help, buckets: [...buckets], labelNames: [...labelNames], registers });
      });
      return { observe: (value, labels = {}) => histogram.observe(labels, value) };
    },
  };
}

/** Two links count with the same counters, told apart by a label: whoever asks second gets the first one's. */
function registered<M extends prometheus.Counter | prometheus.Histogram>(
  registry: prometheus.Registry,
  name: string,
  make: () => M,
): M {
  return (registry.getSingleMetric(name) as M | undefined) ?? make();
}
