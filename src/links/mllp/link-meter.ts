import type { Meter } from "#kernel";

/** What became of a message: acknowledged, taken without an answer, refused as too large, or failed and left unanswered. */
export type Outcome = "acknowledged" | "taken" | "refused" | "failed";

export interface LinkMeter {
  connection(event: "opened" | "closed" | "turned-away" | "not-allowed" | "handshake-failed"): void;
  message(outcome: Outcome, durationMs: number): void;
  /** An application acknowledgement that came after the commit. */
  deferred(outcome: "sent" | "unsent"): void;
  skipped(reason: string, bytes: number): void;
}

const secondsBuckets = [0.001, 0.0025, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

export function linkMeter(meter: Meter, link: string): LinkMeter {
  const connections = meter.counter("corridor_mllp_connections_total", "MLLP connections.", ["link", "event"]);
  const messages = meter.counter("corridor_mllp_messages_total", "MLLP messages received.", ["link", "outcome"]);
  const skipped = meter.counter("corridor_mllp_skipped_bytes_total", "Bytes in no message.", ["link", "reason"]);
  const deferred = meter.counter(
    "corridor_mllp_deferred_acknowledgements_total",
    "Application acknowledgements that came after the commit.",
    ["link", "outcome"],
  );
  const seconds = meter.histogram(
    "corridor_mllp_answer_seconds",
    "Time from the arrival of a message to the end of its acknowledgement.",
    secondsBuckets,
    ["link"],
  );
  return {
    connection: (event) => connections.add(1, { link, event }),
    message(outcome, durationMs) {
      messages.add(1, { link, outcome });
      seconds.observe(durationMs / 1_000, { link });
    },
    deferred: (outcome) => deferred.add(1, { link, outcome }),
    skipped: (reason, bytes) => skipped.add(bytes, { link, reason }),
  };
}
