import { busy, failed, limits, ok, type Problem, type Result, toIso } from "#kernel";
import type { ReplayCounts } from "../api/replays.ts";
import { planReplay, type ReplayPlan } from "./plan-replay.ts";
import type { Replay } from "./replay.ts";
import { type KnownReplay, readReplay, replayWrite } from "./replay-document.ts";
import type { ReplayNeeds } from "./replay-needs.ts";
import { readStored, type StoredMessage } from "./stored-message.ts";

export interface ReplayingMessage {
  readonly known: KnownReplay;
  readonly messageId: string;
  readonly view: ReplayView;
}

export type ReplayView = ReturnType<ReplayNeeds["contextFor"]>;

/**
 * Takes one message once more, in one commit with how far the replay is then: so it is done once, whatever happens meanwhile.
 * Settles with the replay as it then is. Problems: conflict `replay-moved-on` where somebody has paused or stopped it, or
 * another process is at it; those of the record.
 */
export async function replayMessage(needs: ReplayNeeds, replaying: ReplayingMessage): Promise<Result<KnownReplay>> {
  const { known, messageId, view } = replaying;
  const { record } = view.context;
  for (let attempt = 1; attempt <= limits.linkMessageAttemptsMax; attempt += 1) {
    const plan = await planOf(needs, replaying);
    if (!plan.ok) return plan;
    const done = await commitPlans(needs, { known, view }, [plan.value]);
    if (done.ok) return done;
    const isRace = done.problems.some(({ category }) => category === "conflict");
    if (done.problems[0].category === "incorrect") return leaveOut(needs, replaying, done.problems[0]);
    if (!isRace) return done;
    const now = await readReplay(record, known.id);
    if (!now.ok) return now;
    if (now.value.version !== known.version) return failed(movedOn);
  }
  needs.log.warn("a message could not be replayed: others kept changing the same resources", { message: messageId });
  return failed(busy("message-contended", "Other messages kept changing the same resources."));
}

const movedOn: Problem = {
  category: "conflict",
  code: "replay-moved-on",
  message: "Somebody has paused or stopped it.",
};

async function planOf(
  needs: ReplayNeeds,
  { known, messageId, view }: ReplayingMessage,
): Promise<Result<ReplayPlan | undefined>> {
  const stored = await readStoredOrGone(view, messageId);
  if (!stored.ok || stored.value === undefined) return stored.ok ? ok(undefined) : stored;
  return planOfStored(needs, { known, stored: stored.value, view });
}

/** Undefined: it is not in the record any more, or its bytes are not. */
export async function readStoredOrGone(
  { context }: ReplayView,
  messageId: string,
): Promise<Result<StoredMessage | undefined>> {
  const stored = await readStored(context.record, messageId);
  if (stored.ok) return stored;
  return stored.problems[0].category === "not-found" ? ok(undefined) : stored;
}

export function planOfStored(
  { running: rules, log }: ReplayNeeds,
  { known, stored, view }: { readonly known: KnownReplay; readonly stored: StoredMessage; readonly view: ReplayView },
): Promise<Result<ReplayPlan>> {
  return planReplay(stored, { context: view.context, rules, replay: known.replay, replayId: known.id, log });
}

/** All of it and how far the replay is then, or nothing. What was seen for each is asked for again by the commit. */
export async function commitPlans(
  needs: ReplayNeeds,
  { known, view }: Pick<ReplayingMessage, "known" | "view">,
  plans: readonly (ReplayPlan | undefined)[],
): Promise<Result<KnownReplay>> {
  const replay = advanced(known.replay, { counts: plans.map(countsOf), at: toIso(needs.clock.now()) });
  const [first] = plans;
  const seen = plans.length === 1 ? first?.transaction.seen : undefined;
  const written = await view.context.record.transact({
    operations: [replayWrite(known, replay), ...plans.flatMap((plan) => plan?.transaction.operations ?? [])],
    blobs: plans.flatMap((plan) => plan?.transaction.blobs ?? []),
    ...(seen === undefined ? {} : { seen }),
  });
  if (!written.ok) return written;
  const sent = plans.flatMap((plan) => plan?.deliveries ?? []).filter(({ isSent }) => isSent);
  if (sent.length > 0)
    needs.queued(
      sent.map(({ destination }) => destination),
      sent.flatMap(({ blobs }) => blobs),
    );
  return ok({ ...known, version: written.value[0]?.version.version ?? known.version + 1, replay });
}

/** A mapping has made a resource that the record refuses: a bug of ours, which stops nothing else. */
function leaveOut(needs: ReplayNeeds, replaying: ReplayingMessage, problem: Problem): Promise<Result<KnownReplay>> {
  const { messageId } = replaying;
  needs.log.error("a mapping made an invalid resource", {
    message: messageId,
    code: problem.code,
    where: problem.where,
  });
  return commitPlans(needs, replaying, [undefined]);
}

/** So many messages further. */
function advanced(
  replay: Replay,
  { counts, at }: { readonly counts: readonly ReplayCounts[]; readonly at: string },
): Replay {
  const done = replay.done + counts.length;
  const sums = { ...replay.counts };
  for (const name of Object.keys(sums) as (keyof ReplayCounts)[]) {
    Object.assign(sums, { [name]: counts.reduce((sum, each) => sum + each[name], sums[name]) });
  }
  const isOver = done >= (replay.total ?? 0);
  return { ...replay, done, counts: sums, ...(isOver ? { state: "done", ended: { at } } : {}) };
}

function countsOf(plan: ReplayPlan | undefined): ReplayCounts {
  const sent = plan?.deliveries.filter(({ isSent }) => isSent).length ?? 0;
  const notSent = (plan?.deliveries.length ?? 0) - sent;
  const isRefused = plan === undefined || plan.left !== undefined;
  const isChanged = (plan?.decision?.written.length ?? 0) > 0;
  const isUnchanged = plan?.decision !== undefined && !isChanged && !isRefused;
  return {
    changed: Number(isChanged && !isRefused),
    unchanged: Number(isUnchanged),
    refused: Number(isRefused),
    sent,
    notSent,
  };
}
