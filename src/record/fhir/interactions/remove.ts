import { failed, ok, type Result } from "#kernel";
import type { Answer } from "../answer.ts";
import type { Asked } from "../asked.ts";
import type { FhirContext } from "../context.ts";
import { writeGuard } from "../precondition.ts";
import { checkParameters, requestedType } from "./requested.ts";
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
