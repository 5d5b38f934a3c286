import { conflict, failed, limits, notFound, ok, type Result } from "#kernel";
import { type Resource, withOwnReferences } from "#standards/fhir";
import type { Version } from "../../documents/document.ts";
import type { Answer } from "../answer.ts";
import type { Asked } from "../asked.ts";
import { conditionAsked, findMatch, isRace } from "../condition.ts";
import type { FhirContext } from "../context.ts";
import { type Patch, patchedBody } from "../patch.ts";
import { writeGuard } from "../precondition.ts";
import { checkParameters, requestedType } from "./requested.ts";
import { appendOnlyProblem, writeOne } from "./sent.ts";

/** Source: FHIR R4 §3.1.0.6 (patch). */
export async function patch(asked: Asked, context: FhirContext): Promise<Result<Answer>> {
  const type = requestedType(asked);
  if (!type.ok) return type;
  const known = checkParameters(asked);
  if (!known.ok) return known;
  return patchWhat(asked, context, type.value, () => context.record.read(type.value, asked.params.id ?? ""));
}

/** `PATCH /fhir/Patient?identifier=…`: exactly one must match. Source: FHIR R4 §3.1.0.6.1 (conditional patch). */
export async function conditionalPatch(asked: Asked, context: FhirContext): Promise<Result<Answer>> {
  const condition = conditionAsked(asked, context);
  if (!condition.ok) return condition;
  const { type } = condition.value;
  return patchWhat(asked, context, type, async () => {
    const match = await findMatch(context.record, condition.value);
    if (!match.ok) return match;
    return match.value.found === "one" ? ok(match.value.version) : failed(nothingMatches(type));
  });
}

export function nothingMatches(type: string) {
  return notFound("not-found", `No ${type} matches the condition.`, { where: type });
}

/** What others write between the reading and the commit is read again, unless the caller has named a version. */
async function patchWhat(
  asked: Asked,
  { record }: FhirContext,
  type: string,
  find: () => Promise<Result<Version>>,
): Promise<Result<Answer>> {
  const refused = appendOnlyProblem(type);
  if (refused !== undefined) return failed(refused);
  const guard = writeGuard(asked.headers);
  if (!guard.ok) return guard;
  const sent = asked.patch();
  if (!sent.ok) return sent;
  for (let attempt = 1; ; attempt += 1) {
    const found = await find();
    if (!found.ok) return found;
    const operation = patchOperation(found.value, sent.value, { guard: guard.value, base: asked.base });
    if (!operation.ok) return operation;
    const answer = await writeOne(record, asked, operation.value);
    const isOver = answer.ok || guard.value !== undefined || !isRace(answer.problems[0]);
    if (isOver || attempt >= limits.conditionalAttemptsMax) return answer;
  }
}

export interface PatchTerms {
  /** The version that the patch is meant for; undefined: any. */
  readonly guard: number | undefined;
  /** This server's address, where it is known. */
  readonly base: string | undefined;
}

/** The update that a patch of this version is. Problems: those of `patchedBody`; `version-conflict` with the guard. */
export function patchOperation(version: Version, patch: Patch, { guard, base }: PatchTerms) {
  const { kind, id } = version;
  if (guard !== undefined && guard !== version.version) {
    const message = `${kind}/${id} is at version ${version.version}, not at version ${guard}. Read it again.`;
    return failed(conflict("version-conflict", message));
  }
  const body = patchedBody(version, patch);
  if (!body.ok) return body;
  const owned = base === undefined ? body.value : withOwnReferences(body.value as Resource, base);
  return ok({ action: "update", kind, id, body: owned, ifMatch: version.version } as const);
}
