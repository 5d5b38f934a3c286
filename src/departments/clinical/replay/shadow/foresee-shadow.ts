import { type Log, ok, type Result } from "#kernel";
import type { HealthRecord } from "#record";
import { decideAnew } from "../decide-anew.ts";
import { differencesOf, type Foreseen, type FoundDifference } from "../foreseen.ts";
import { leftAlone } from "../left-alone.ts";
import { asRecorded, foreseenOf, readResources } from "../read-foreseen.ts";
import type { Rules } from "../rules.ts";
import { isTaken, type StoredMessage } from "../stored-message.ts";

export interface Shadowing {
  readonly record: HealthRecord;
  readonly candidate: Rules;
  /** What it is compared with; undefined: what was recorded. */
  readonly running: Rules | undefined;
  /** The offsets of the hospital's clock. */
  offsetMinutesAt(localTime: string): number;
  readonly log: Log;
}

/**
 * What would be different for one message by other rules. Writes nothing. Merges, and what people have decided, are as they
 * are by any rules. Problems: those of the record.
 */
export async function foreseeShadow(
  stored: StoredMessage,
  shadowing: Shadowing,
): Promise<Result<readonly FoundDifference[]>> {
  if (leftAlone(stored) !== undefined) return ok([]);
  const { record, candidate, running } = shadowing;
  const after = await foreseenBy(candidate, stored, shadowing);
  if (!after.ok) return after;
  if (running === undefined) {
    const before = await asRecorded(record, stored, after.value.resources.keys());
    return before.ok ? ok(differencesOf(before.value, after.value)) : before;
  }
  const before = await foreseenBy(running, stored, shadowing);
  if (!before.ok) return before;
  const whole = await withBoth(record, before.value, after.value);
  return whole.ok ? ok(differencesOf(whole.value.before, whole.value.after)) : whole;
}

async function foreseenBy(
  allRules: Rules,
  stored: StoredMessage,
  { record, offsetMinutesAt, log }: Shadowing,
): Promise<Result<Foreseen>> {
  const rules = allRules.of(stored.message.link);
  if (rules === undefined) return ok({ outcome: "no such link", destinations: [], resources: new Map() });
  const decision = await decideAnew(stored, { record, rules, offsetMinutesAt, log });
  if (!decision.ok) return decision;
  const routed = isTaken(decision.value.outcome) ? rules.routing?.route(stored.sent) : undefined;
  const destinations = routed?.to.map(({ destination }) => destination) ?? [];
  const foreseen = foreseenOf(decision.value, destinations);
  const isFiltered = foreseen.outcome === "routed" && destinations.length === 0;
  return ok(isFiltered ? { ...foreseen, outcome: "filtered" } : foreseen);
}

/** What only one of them would write stands for the other as the record has it. */
async function withBoth(record: HealthRecord, before: Foreseen, after: Foreseen) {
  const keys = new Set([...before.resources.keys(), ...after.resources.keys()]);
  const missing = [...keys].filter((key) => !before.resources.has(key) || !after.resources.has(key));
  const recorded = await readResources(record, missing);
  if (!recorded.ok) return recorded;
  const whole = (foreseen: Foreseen): Foreseen => ({
    ...foreseen,
    resources: new Map([...recorded.value, ...foreseen.resources]),
  });
  return ok({ before: whole(before), after: whole(after) });
}
