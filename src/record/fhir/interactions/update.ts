import { failed, limits, type Result } from "#kernel";
import type { Answer } from "../answer.ts";
import type { Asked } from "../asked.ts";
import { conditionAsked, conditionalUpdateOf, findMatch, isRace } from "../condition.ts";
import type { FhirContext } from "../context.ts";
import { writeGuard } from "../precondition.ts";
import { checkParameters } from "./requested.ts";
import { appendOnlyProblem, idProblem, sentResource, writeOne } from "./sent.ts";

/** Also of a resource that does not exist yet. Source: FHIR R4 §3.1.0.4 (update), §3.1.0.4.1 (update as create). */
export async function update(asked: Asked, { record }: FhirContext): Promise<Result<Answer>> {
  const sent = sentResource(asked);
  if (!sent.ok) return sent;
  const { type, body } = sent.value;
  const known = checkParameters(asked);
  if (!known.ok) return known;
  const { id = "" } = asked.params;
  const problem = appendOnlyProblem(type) ?? idProblem(type, id, body);
  if (problem !== undefined) return failed(problem);
  const guard = writeGuard(asked.headers);
  if (!guard.ok) return guard;
  const ifMatch = guard.value === undefined ? {} : { ifMatch: guard.value };
  return writeOne(record, asked, { action: "update", kind: type, id, body, ...ifMatch });
}

/** `PUT /fhir/Patient?identifier=…`. Source: FHIR R4 §3.1.0.4.3 (conditional update). */
export async function conditionalUpdate(asked: Asked, context: FhirContext): Promise<Result<Answer>> {
  const sent = sentResource(asked);
  if (!sent.ok) return sent;
  const { type, body } = sent.value;
  const refused = appendOnlyProblem(type);
  if (refused !== undefined) return failed(refused);
  const guard = writeGuard(asked.headers);
  if (!guard.ok) return guard;
  const condition = conditionAsked(asked, context);
  if (!condition.ok) return condition;
  for (let attempt = 1; ; attempt += 1) {
    const match = await findMatch(context.record, condition.value);
    if (!match.ok) return match;
    const operation = conditionalUpdateOf(match.value, condition.value, { body, guard: guard.value });
    if (!operation.ok) return operation;
    const answer = await writeOne(context.record, asked, operation.value);
    if (answer.ok || !isRace(answer.problems[0]) || attempt >= limits.conditionalAttemptsMax) return answer;
  }
}
