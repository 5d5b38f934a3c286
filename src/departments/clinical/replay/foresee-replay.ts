import { ok, type Result } from "#kernel";
import { differencesOf, type FoundDifference } from "./foreseen.ts";
import { type PlanningReplay, planReplay, type ReplayPlan } from "./plan-replay.ts";
import { asRecorded, foreseenOf } from "./read-foreseen.ts";
import type { StoredMessage } from "./stored-message.ts";

/** What a replay would do with one message, value by value. */
export interface ForeseenReplay {
  readonly plan: ReplayPlan;
  /** In the record. */
  readonly differences: readonly FoundDifference[];
  /** Nothing in the record would change, nothing be sent, and nothing stands against it. */
  readonly isDuplicate: boolean;
}

/** Writes nothing. Problems: those of the record. */
export async function foreseeReplay(stored: StoredMessage, planning: PlanningReplay): Promise<Result<ForeseenReplay>> {
  const planned = await planReplay(stored, planning);
  if (!planned.ok) return planned;
  const plan = planned.value;
  const isSent = plan.deliveries.some((delivery) => delivery.isSent);
  const differences = await recordDifferences(stored, { planning, plan });
  if (!differences.ok) return differences;
  const isDuplicate = !isSent && differences.value.length === 0 && plan.left === undefined;
  return ok({ plan, differences: differences.value, isDuplicate });
}

/** A message that would not be taken by now is left as it is, so nothing differs. */
async function recordDifferences(
  stored: StoredMessage,
  { planning, plan }: { readonly planning: PlanningReplay; readonly plan: ReplayPlan },
): Promise<Result<readonly FoundDifference[]>> {
  const { decision } = plan;
  if (decision === undefined || plan.left !== undefined) return ok([]);
  // Where it goes is told by its deliveries.
  const { destinations = [] } = stored.message;
  const after = foreseenOf(decision, destinations);
  const before = await asRecorded(planning.context.record, stored, after.resources.keys());
  return before.ok ? ok(differencesOf(before.value, after)) : before;
}
