import { expectOk, type JsonObject, ok, type Result } from "#kernel";
import { parseJson } from "../documents/json-text.ts";
import type { HealthRecord } from "../health-record.ts";
import type { Registration } from "./registration.ts";

export interface NewStatus {
  readonly status: "active" | "error" | "off";
  /** For `Subscription.error`: a plain sentence. */
  readonly error?: string;
}

/**
 * Writes the status into the resource, by a record narrowed to Corridor's own worker. `changed` when the feed will tell of it;
 * `same` when the resource says so already; `late` when somebody has written it meanwhile, or it is gone.
 */
export async function writeStatus(
  record: HealthRecord,
  { id, version }: Registration,
  { status, error }: NewStatus,
): Promise<Result<"changed" | "same" | "late">> {
  const read = await record.read("Subscription", id);
  if (!read.ok) return read.problems[0].category === "not-found" ? ok("late") : read;
  if (read.value.version !== version) return ok("late");
  const { error: _before, ...rest } = expectOk(parseJson(read.value.body, Number.POSITIVE_INFINITY)) as JsonObject;
  const body = { ...rest, status, ...(error === undefined ? {} : { error }) };
  const written = await record.transact({
    operations: [{ action: "update", kind: "Subscription", id, body, ifMatch: version }],
  });
  if (written.ok) return ok(written.value[0]?.effect === "none" ? "same" : "changed");
  return written.problems[0].category === "conflict" ? ok("late") : written;
}
