import type { Meter } from "#kernel";

export interface DimseMeter {
  association(
    event: "opened" | "released" | "ended" | "rejected" | "not-allowed" | "turned-away" | "handshake-failed",
  ): void;
  operation(operation: string, status: number, durationMs: number): void;
  /** Bytes of a data set that was stored here. */
  received(bytes: number): void;
}

const secondsBuckets = [0.001, 0.0025, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

export function dimseMeter(meter: Meter, door: string): DimseMeter {
  const associations = meter.counter("corridor_dimse_associations_total", "DICOM associations.", ["door", "event"]);
  const operations = meter.counter("corridor_dimse_operations_total", "DICOM operations performed.", [
    "door",
    "operation",
    "status",
  ]);
  const bytes = meter.counter("corridor_dimse_received_bytes_total", "Bytes of data sets received.", ["door"]);
  const seconds = meter.histogram(
    "corridor_dimse_operation_seconds",
    "Time from the command of an operation to its last answer.",
    secondsBuckets,
    ["door", "operation"],
  );
  return {
    association: (event) => associations.add(1, { door, event }),
    operation(operation, status, durationMs) {
      operations.add(1, { door, operation, status: status.toString(16).toUpperCase().padStart(4, "0") });
      seconds.observe(durationMs / 1_000, { door, operation });
    },
    received: (count) => bytes.add(count, { door }),
  };
}
