import type { JsonObject, Result } from "#kernel";
import { ok } from "#kernel";
import { type HealthRecord, keyText, parseBody } from "#record";
import type { Decision } from "../messages/decide.ts";
import { type Foreseen, outcomeText } from "./foreseen.ts";
import type { StoredMessage } from "./stored-message.ts";

/** The bodies that a decision writes, by `Observation/7c…`. */
export function writtenBy({ operations }: Decision): ReadonlyMap<string, JsonObject> {
  return new Map(
    operations.flatMap((operation): readonly (readonly [string, JsonObject])[] =>
      operation.action === "update" ? [[keyText(operation), operation.body]] : [],
    ),
  );
}

/** What a decision comes to. */
export function foreseenOf(decision: Decision, destinations: readonly string[]): Foreseen {
  const { state, refusals, remarks } = decision.outcome;
  const outcome = outcomeText(state, [...refusals, ...remarks]);
  return { outcome, destinations, resources: writtenBy(decision) };
}

/** What was recorded of a message, and what the record holds of these resources. Problems: those of the record. */
export async function asRecorded(
  record: HealthRecord,
  { message }: Pick<StoredMessage, "message">,
  keys: Iterable<string>,
): Promise<Result<Foreseen>> {
  const resources = await readResources(record, keys);
  if (!resources.ok) return resources;
  const outcome = outcomeText(message.state, message.reasons);
  return ok({ outcome, destinations: message.destinations ?? [], resources: resources.value });
}

/** What the record holds of these, by `Observation/7c…`. */
export async function readResources(
  record: HealthRecord,
  keys: Iterable<string>,
): Promise<Result<ReadonlyMap<string, JsonObject>>> {
  const named = [...keys].map((key) => ({ kind: key.slice(0, key.indexOf("/")), id: key.slice(key.indexOf("/") + 1) }));
  if (named.length === 0) return ok(new Map());
  const read = await record.readMany(named);
  if (!read.ok) return read;
  return ok(new Map(read.value.map((version) => [keyText(version), parseBody<JsonObject>(version)])));
}
