import { auditEntry } from "#audit";
import type { Clock, Failed, Result, Route } from "#kernel";
import type { HealthRecord } from "#record";
import { type Actor, checkRoutePolicy } from "./actor.ts";
import { agentOf } from "./narrow/witness.ts";

/** One route, as far as it says who may use it. */
export type AskedRoute = Pick<Route<never>, "method" | "path" | "policy">;

interface AdmissionNeeds {
  readonly record: Pick<HealthRecord, "transact">;
  readonly clock: Clock;
}

/**
 * Lets the actor use the route, or refuses and has the refusal in the audit log, durably. Problems: those of
 * `checkRoutePolicy`; unavailable, where the log cannot be written.
 */
export async function admit(needs: AdmissionNeeds, actor: Actor, route: AskedRoute): Promise<Result<undefined>> {
  const allowed = checkRoutePolicy(route.policy, actor);
  return allowed.ok ? allowed : refuse(needs, actor, { ...route, refusal: allowed });
}

/** That someone who is signed in tried more than they may is worth knowing; that nobody signed in is not. */
async function refuse(
  { record, clock }: AdmissionNeeds,
  actor: Actor,
  { method, path, refusal }: AskedRoute & { readonly refusal: Failed },
): Promise<Failed> {
  if (actor.via === "nobody") return refusal;
  const entry = auditEntry({
    at: clock.now(),
    act: "call",
    agent: agentOf(actor),
    outcome: 4,
    problem: refusal.problems[0].code,
    patients: [],
    entities: [],
    query: `${method} ${path}`,
  });
  const noted = await record.transact({ operations: [], audit: [entry] });
  return noted.ok ? refusal : noted;
}
