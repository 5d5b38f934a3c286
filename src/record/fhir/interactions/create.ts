import { ok, type Result } from "#kernel";
import type { Answer } from "../answer.ts";
import type { Asked } from "../asked.ts";
import { bareSearch, conditionOf } from "../condition.ts";
import type { FhirContext } from "../context.ts";
import { checkParameters } from "./requested.ts";
import { sentResource, writeOne } from "./sent.ts";

/**
 * Also conditional, by If-None-Exist: with one match, that is the answer, and nothing is written.
 * Source: FHIR R4 §3.1.0.8 (create), §3.1.0.8.1 (conditional create).
 */
export async function create(asked: Asked, { record }: FhirContext): Promise<Result<Answer>> {
  const sent = sentResource(asked);
  if (!sent.ok) return sent;
  const { type, body } = sent.value;
  const known = checkParameters(asked);
  if (!known.ok) return known;
  const search = asked.headers["if-none-exist"];
  const condition = search === undefined ? ok(undefined) : conditionOf(type, bareSearch(search, type));
  if (!condition.ok) return condition;
  const match = condition.value && { keys: condition.value.keys, onMatch: "use" as const };
  return writeOne(record, asked, {
    action: "create",
    kind: type,
    body,
    ...(match === undefined ? {} : { ifNoneExist: match }),
  });
}
