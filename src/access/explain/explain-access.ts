import { auditEntry } from "#audit";
import { type Clock, failed, notFound, ok, type Result } from "#kernel";
import type { HealthRecord, Version } from "#record";
import { type Actor, may } from "../actor.ts";
import { findUser } from "../identity/accounts.ts";
import { userActor } from "../identity/user.ts";
import { patientsOfVersion } from "../narrow/patients.ts";
import { agentOf, endOf } from "../narrow/witness.ts";
import { policies } from "../policies/index.ts";
import { roles } from "../roles/index.ts";
import { seenVersions } from "../visibility/judge.ts";
import { type SeeingAction, Visibility, type VisibilityRule } from "../visibility/visibility.ts";
import type { ExplainedAction, ExplainQuery, ExplanationStep, ExplanationView } from "./explain-api.ts";

export interface ExplainNeeds {
  /** The whole record. */
  readonly record: HealthRecord;
  readonly clock: Clock;
  /** Those that every view of the record asks. */
  readonly rules: readonly VisibilityRule[];
}

/**
 * Whether a person who signs in may do something to a document, and which rule decides. The rules are asked, one by one and
 * together, by the same judge that every read of the record passes, so that the answer is what they would meet. That it was
 * asked is in the log before it is answered. Problems: not-found `user-unknown`, `not-found`.
 */
export async function explainAccess(
  needs: ExplainNeeds,
  query: ExplainQuery,
  by: Actor,
): Promise<Result<ExplanationView>> {
  const explained = await explain(needs, query);
  const entry = auditEntry({
    at: needs.clock.now(),
    act: "read",
    agent: agentOf(by),
    ...endOf(explained),
    patients: explained.ok ? explained.value.patients : [],
    entities: [query.document],
    query: `explain=${query.action}${explained.ok ? `&user=${explained.value.user.reference}` : ""}`,
  });
  const noted = await needs.record.transact({ operations: [], audit: [entry] });
  return noted.ok ? explained : noted;
}

async function explain(
  needs: ExplainNeeds,
  { username, action, document }: ExplainQuery,
): Promise<Result<ExplanationView>> {
  const user = await findUser(needs.record, username);
  if (!user.ok) return user;
  if (user.value === undefined) return failed(notFound("user-unknown", "Nobody has this user name."));
  const version = await newestOf(needs.record, document);
  if (!version.ok) return version;
  const actor = userActor(user.value);
  const asked: Asked = { actor, action, version: version.value, seeing: seeingOf(action) };
  const judged = await judgedBy(needs, asked, needs.rules);
  if (!judged.ok) return judged;
  const steps: ExplanationStep[] = [accountStep(user.value.active), policyStep(asked)];
  for (const rule of needs.rules) {
    const step = await ruleStep(needs, asked, rule);
    if (!step.ok) return step;
    steps.push(step.value);
  }
  const denying = steps.find(({ says }) => says === "denies");
  const allowed = judged.value && user.value.active && may(actor, version.value.kind, action);
  return ok({
    allowed,
    decidedBy: allowed ? "policy" : (denying?.rule ?? "all rules together"),
    user: { reference: actor.reference, display: actor.display, roles: actor.roles.map((role) => roles[role].title) },
    action,
    document,
    patients: patientsOfVersion(version.value),
    steps,
  });
}

interface Asked {
  readonly actor: Actor;
  readonly action: ExplainedAction;
  readonly seeing: SeeingAction;
  readonly version: Version;
}

/** Whoever does not see a document neither changes nor deletes it. */
function seeingOf(action: ExplainedAction): SeeingAction {
  return action === "update" || action === "delete" ? "read" : action;
}

/** As it is; of what was deleted, the last version before that. */
async function newestOf(record: HealthRecord, document: string): Promise<Result<Version>> {
  const [kind = "", id = ""] = document.split("/");
  const page = await record.history({ kind, id, limit: 2 });
  if (!page.ok) return page;
  const version = page.value.versions.find(({ action }) => action !== "delete");
  return version === undefined ? failed(notFound("not-found", `There is no ${document}.`)) : ok(version);
}

async function judgedBy(
  { record, clock }: ExplainNeeds,
  { actor, seeing, version }: Asked,
  rules: readonly VisibilityRule[],
): Promise<Result<boolean>> {
  const visibility = new Visibility({ rules, actor, record, clock });
  const seen = await seenVersions({ record, visibility }, [version], seeing);
  return seen.ok ? ok(seen.value.length > 0) : seen;
}

function accountStep(isActive: boolean): ExplanationStep {
  return isActive
    ? { rule: "account", says: "silent", reasons: [] }
    : { rule: "account", says: "denies", reasons: [{ text: "The account is locked: it opens nothing." }] };
}

function policyStep({ actor, action, version: { kind } }: Asked): ExplanationStep {
  const policy = policies.find(({ kinds }) => kinds.includes(kind));
  if (policy === undefined) {
    return { rule: "policy", says: "denies", reasons: [{ text: `No policy opens ${kind} to anybody.` }] };
  }
  const granting = actor.roles.filter((role) => policy.allow[action].includes(role));
  const reasons =
    granting.length > 0
      ? granting.map((role) => ({ text: `${policy.title}: ${roles[role].title} may ${action}.` }))
      : [{ text: `${policy.title}: none of the person's roles may ${action}.` }];
  return { rule: "policy", says: may(actor, kind, action) ? "allows" : "denies", reasons };
}

async function ruleStep(needs: ExplainNeeds, asked: Asked, rule: VisibilityRule): Promise<Result<ExplanationStep>> {
  const { actor, seeing: action, version } = asked;
  const question = { actor, kind: version.kind, action, record: needs.record, clock: needs.clock };
  const clauses = await rule.clauses(question);
  if (!clauses.ok) return clauses;
  const isMet = await judgedBy(needs, asked, [rule]);
  if (!isMet.ok) return isMet;
  const reasons = (await rule.why?.(question, version)) ?? ok([]);
  if (!reasons.ok) return reasons;
  const isSilent = clauses.value.length === 0 && isMet.value;
  return ok({ rule: rule.name, says: isSilent ? "silent" : isMet.value ? "allows" : "denies", reasons: reasons.value });
}
