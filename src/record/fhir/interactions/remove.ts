import { conflict, failed, limits, ok, type Problem, type Result } from "#kernel";
import { operationOutcome } from "#standards/fhir";
import type { Version } from "../../documents/document.ts";
import type { HealthRecord } from "../../health-record.ts";
import type { Answer } from "../answer.ts";
import type { Asked } from "../asked.ts";
import { type Condition, conditionAsked, isRace } from "../condition.ts";
import type { FhirContext } from "../context.ts";
import { writeGuard } from "../precondition.ts";
import { checkParameters, countOf, requestedType } from "./requested.ts";
import { appendOnlyProblem } from "./sent.ts";

/** What is not there, or not any more, is as good as deleted. Source: FHIR R4 §3.1.0.7 (delete). */
export async function remove(asked: Asked, { record }: FhirContext): Promise<Result<Answer>> {
  const type = requestedType(asked);
  if (!type.ok) return type;
  const known = checkParameters(asked);
  if (!known.ok) return known;
  const refused = appendOnlyProblem(type.value);
  if (refused !== undefined) return failed(refused);
  const guard = writeGuard(asked.headers);
  if (!guard.ok) return guard;
  const { id = "" } = asked.params;
  const ifMatch = guard.value === undefined ? {} : { ifMatch: guard.value };
  const result = await record.transact({ operations: [{ action: "delete", kind: type.value, id, ...ifMatch }] });
  if (result.ok) return ok({ status: 204, ...(result.value[0] && { version: result.value[0].version }) });
  const isAbsent = result.problems[0].category === "not-found" && guard.value === undefined;
  return isAbsent ? ok({ status: 204 }) : result;
}

/**
 * `DELETE /fhir/Observation?…`: all that match, in one commit, or none. With `_count` at most so many, the newest first.
 * Problems: conflict, code `too-many-matches`, beyond `limits.conditionalDeletesMax`. Source: FHIR R4 §3.1.0.7.1 (conditional delete).
 */
export async function conditionalRemove(asked: Asked, context: FhirContext): Promise<Result<Answer>> {
  const type = requestedType(asked);
  if (!type.ok) return type;
  const refused = appendOnlyProblem(type.value);
  if (refused !== undefined) return failed(refused);
  const count = countOf(asked, limits.conditionalDeletesMax);
  if (!count.ok) return count;
  const query = new URLSearchParams(asked.query);
  query.delete("_count");
  const condition = conditionAsked({ ...asked, query }, context);
  if (!condition.ok) return condition;
  for (let attempt = 1; ; attempt += 1) {
    const removed = await removeMatches(context.record, condition.value, count.value);
    if (removed.ok) return ok(removedAnswer(removed.value.length, asked));
    if (!isRace(removed.problems[0]) || attempt >= limits.conditionalAttemptsMax) return removed;
  }
}

async function removeMatches(
  record: HealthRecord,
  condition: Condition,
  countMax: number | undefined,
): Promise<Result<readonly unknown[]>> {
  const found = await findMatches(record, condition, countMax);
  if (!found.ok || found.value.length === 0) return found;
  return record.transact({ operations: found.value.map(deletionOf) });
}

/** All that satisfies a condition, or the newest of it where a number is given. Problems: `too-many-matches`. */
export async function findMatches(
  record: HealthRecord,
  { query }: Condition,
  countMax?: number,
): Promise<Result<readonly Version[]>> {
  const limit = countMax ?? limits.conditionalDeletesMax;
  const page = await record.search({ ...query, limit });
  if (!page.ok) return page;
  const isMore = countMax === undefined && page.value.next !== undefined;
  return isMore ? failed(tooMany) : ok(page.value.versions);
}

/** It fails where somebody else has written the resource since it was found. */
export function deletionOf({ kind, id, version }: Version) {
  return { action: "delete", kind, id, ifMatch: version } as const;
}

const tooMany: Problem = conflict(
  "too-many-matches",
  `More than ${limits.conditionalDeletesMax} resources match; nothing was deleted. Narrow the condition, or say _count.`,
);

function removedAnswer(count: number, { prefer }: Asked): Answer {
  if (prefer.answer === "minimal") return { status: 204 };
  const told = count === 1 ? "1 resource was deleted." : `${count} resources were deleted.`;
  const outcome = operationOutcome([]);
  const issue = outcome.issue.map((each) => ({ ...each, diagnostics: told }));
  return { status: 200, body: JSON.stringify({ ...outcome, issue }) };
}
