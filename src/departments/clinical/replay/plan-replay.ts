import type { Context } from "#access";
import { type Log, ok, type Result, toIso } from "#kernel";
import type { Operation, Transaction } from "#record";
import type { Decision } from "../messages/decide.ts";
import { decideAnew } from "./decide-anew.ts";
import { outcomeText } from "./foreseen.ts";
import { leftAlone, leftTexts } from "./left-alone.ts";
import { messageAfter } from "./message-after.ts";
import { planDeliveries } from "./plan-deliveries.ts";
import type { PlannedDelivery } from "./planned-delivery.ts";
import type { Replay } from "./replay.ts";
import { asReplayed } from "./replay-provenance.ts";
import type { Rules } from "./rules.ts";
import { isTaken, type StoredMessage } from "./stored-message.ts";

export interface PlanningReplay {
  readonly context: Pick<Context, "record" | "clock" | "ids" | "hospitalTime">;
  readonly rules: Rules;
  readonly replay: Replay;
  readonly replayId: string;
  readonly log: Log;
}

/** What a replay would do with one message. */
export interface ReplayPlan {
  /** Absent where the record is not concerned. */
  readonly decision?: Decision;
  readonly deliveries: readonly PlannedDelivery[];
  /** Why something that was asked for is not done. */
  readonly left?: { readonly code: string; readonly text: string };
  /** All of it, for one commit; none: there is nothing to do. */
  readonly transaction: Pick<Transaction, "operations" | "blobs" | "seen">;
}

/** Writes nothing. Problems: those of the record. */
export async function planReplay(stored: StoredMessage, planning: PlanningReplay): Promise<Result<ReplayPlan>> {
  const { rules: allRules, replay, context, log } = planning;
  const { message } = stored;
  const rules = allRules.of(message.link);
  if (rules === undefined) return ok(nothing("no-link"));
  const code = leftAlone(stored);
  const goesNowhere = code !== undefined && code !== "merge";
  if (goesNowhere) return ok(nothing(code));
  if (replay.into === "destinations" && !isTaken(message)) return ok(nothing("not-taken-before"));
  const isForRecord = replay.into !== "destinations" && code === undefined;
  const { record } = context;
  const { offsetMinutesAt } = context.hospitalTime;
  const decided = isForRecord ? await decideAnew(stored, { record, rules, offsetMinutesAt, log }) : undefined;
  if (decided?.ok === false) return decided;
  const decision = decided?.value;
  if (decision !== undefined && !isTaken(decision.outcome)) return ok({ ...refused(decision), decision });
  const given = { ...planning, rules, decision };
  const deliveries = replay.into === "record" ? ok([]) : await deliveriesOf(stored, given);
  if (!deliveries.ok) return deliveries;
  const left = code === undefined || replay.into === "destinations" ? {} : { left: { code, text: leftTexts[code] } };
  const transaction = transactionOf(stored, { ...given, deliveries: deliveries.value });
  return ok({ ...(decision && { decision }), deliveries: deliveries.value, ...left, transaction });
}

function nothing(code: keyof typeof leftTexts): ReplayPlan {
  return { deliveries: [], left: { code, text: leftTexts[code] }, transaction: { operations: [] } };
}

function refused({ outcome }: Decision): ReplayPlan {
  const problems = [...outcome.refusals, ...outcome.remarks];
  const code = outcomeText(outcome.state, problems);
  const text = problems[0]?.message ?? "It would not be taken.";
  return { deliveries: [], left: { code, text }, transaction: { operations: [] } };
}

type Given = Omit<PlanningReplay, "rules"> & {
  readonly rules: NonNullable<ReturnType<Rules["of"]>>;
  readonly decision: Decision | undefined;
};

function deliveriesOf(stored: StoredMessage, { context, decision, ...given }: Given) {
  const { record, clock, hospitalTime } = context;
  const patientReference = decision?.patientReference ?? stored.message.patientReference;
  const day = (arrivedAt: string) => hospitalTime.day(Date.parse(arrivedAt) as ReturnType<typeof clock.now>);
  return planDeliveries(stored, { ...given, record, day, now: toIso(clock.now()), patientReference });
}

function transactionOf(
  stored: StoredMessage,
  {
    decision,
    deliveries,
    context,
    replay,
    replayId,
    rules,
  }: Given & { readonly deliveries: readonly PlannedDelivery[] },
): ReplayPlan["transaction"] {
  const sent = deliveries.filter(({ isSent }) => isSent);
  const queued = sent.flatMap(({ operation }) => operation ?? []);
  const blobs = sent.flatMap((delivery) => delivery.blobs);
  const at = toIso(context.clock.now());
  const replaying = { messageId: stored.id, replayId, by: replay.started?.by, at };
  const written = asReplayed(decision?.operations ?? [], replaying);
  const destinations = sent.map(({ destination }) => destination);
  const kept = decision && messageAfter(stored, { decision, destinations, routing: rules.routing, context });
  const operations: readonly Operation[] = [...written, ...(kept === undefined ? [] : [kept]), ...queued];
  return { operations, blobs, ...(decision?.seen === undefined ? {} : { seen: decision.seen }) };
}
