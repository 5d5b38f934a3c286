import { failed, limits, ok, type Result, unsupported } from "#kernel";
import { type Answer, writtenAnswer } from "../answer.ts";
import type { Asked } from "../asked.ts";
import { bareSearch, type Condition, conditionOf, createGuard, findMatch, isRace } from "../condition.ts";
import type { FhirContext } from "../context.ts";
import { checkParameters } from "./requested.ts";
import { type Sent, sentResource, writeOne } from "./sent.ts";

/**
 * Also conditional, by If-None-Exist: with one match, that is the answer, and nothing is written.
 * Source: FHIR R4 §3.1.0.8 (create), §3.1.0.8.1 (conditional create).
 */
export async function create(asked: Asked, context: FhirContext): Promise<Result<Answer>> {
  const sent = sentResource(asked);
  if (!sent.ok) return sent;
  const { type, body } = sent.value;
  const known = checkParameters(asked);
  if (!known.ok) return known;
  const search = asked.headers["if-none-exist"];
  if (search === undefined) return writeOne(context.record, asked, { action: "create", kind: type, body });
  if (type === "AuditEvent") return failed(unconditional);
  const needs = { base: asked.base, now: context.clock.now() };
  const condition = conditionOf(type, bareSearch(search, type), needs);
  if (!condition.ok) return condition;
  return createUnless(condition.value, sent.value, { asked, context });
}

export const unconditional = unsupported("method-not-allowed", "AuditEvents are created without a condition.", {
  where: "AuditEvent",
});

interface Creating {
  readonly asked: Asked;
  readonly context: FhirContext;
}

/** By keys alone, the commit does it all. Otherwise it is searched first, and again where others wrote meanwhile. */
async function createUnless(
  condition: Condition,
  { type, body }: Sent,
  { asked, context: { record } }: Creating,
): Promise<Result<Answer>> {
  const create = { action: "create", kind: type, body } as const;
  const { keys } = condition;
  if (keys !== undefined) return writeOne(record, asked, { ...create, ifNoneExist: { keys, onMatch: "use" } });
  for (let attempt = 1; ; attempt += 1) {
    const match = await findMatch(record, condition);
    if (!match.ok) return match;
    if (match.value.found === "one") {
      return ok(writtenAnswer({ effect: "none", version: match.value.version }, asked.prefer));
    }
    const answer = await writeOne(record, asked, { ...create, ...createGuard(condition, match.value.after) });
    if (answer.ok || !isRace(answer.problems[0]) || attempt >= limits.conditionalAttemptsMax) return answer;
  }
}
