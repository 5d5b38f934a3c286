import { failed, fault, limits, ok, type Result } from "#kernel";
import type { ReplayStart } from "../api/replays.ts";
import { pause } from "../deliveries/engine/sleeper.ts";
import { LinesAhead } from "./lines-ahead.ts";
import { type KnownReplay, readReplay } from "./replay-document.ts";
import type { ReplayNeeds } from "./replay-needs.ts";
import { replayTogether } from "./replay-together.ts";
import { readJsonBlob } from "./stored-list.ts";

/**
 * Takes the messages of a replay once more in their order, several in a commit, no faster than its pace, until all are done, somebody pauses
 * or stops it, or `stop`. It goes on where it was, after a crash too. Problems: those of the record.
 */
export async function runReplay(needs: ReplayNeeds, known: KnownReplay, stop: AbortSignal): Promise<Result<undefined>> {
  const { started } = known.replay;
  if (started === undefined) return failed(notStarted);
  const ids = await messagesOf(needs, known);
  if (!ids.ok) return ids;
  const ahead = new LinesAhead(ids.value);
  let now = known;
  let dueMs = needs.clock.now() as number;
  while (now.replay.state === "running" && !stop.aborted) {
    const { done: before } = now.replay;
    const messageIds = await nextOf(needs, { ahead, known: now });
    if (!messageIds.ok) return messageIds;
    if (messageIds.value.length === 0) return failed(notStarted);
    const newView = () => needs.contextFor(started.by);
    const done = await replayTogether(needs, { known: now, messageIds: messageIds.value, newView });
    if (!done.ok) return done.problems[0].code === "replay-moved-on" ? ok(undefined) : done;
    now = done.value;
    const messages = now.replay.done - before;
    dueMs = nextDueMs(dueMs, { nowMs: needs.clock.now(), perSecond: started.perSecond, messages });
    const waitMs = dueMs - needs.clock.now();
    if (waitMs > 0 && now.replay.state === "running") await pause(Math.min(waitMs, limits.replayPollMs), stop);
  }
  return ok(undefined);
}

const notStarted = fault(
  "replay-not-started",
  "A replay was to run that nobody has started, or whose messages are lost.",
);

async function nextOf(
  needs: ReplayNeeds,
  { ahead, known: { replay } }: { readonly ahead: LinesAhead; readonly known: KnownReplay },
): Promise<Result<readonly string[]>> {
  if (replay.started === undefined) return failed(notStarted);
  const { context, witness } = needs.contextFor(replay.started.by);
  const next = await ahead.next(context.record, { from: replay.done, most: togetherMax(replay.started) });
  const witnessed = await witness();
  return witnessed.ok ? next : witnessed;
}

/** A commit takes no more than a tenth of a second of its pace, so that a slow one stays even. */
function togetherMax({ perSecond }: ReplayStart): number {
  return Math.min(limits.replayTogetherMax, Math.max(1, Math.floor(perSecond / 10)));
}

/** Time that was lost is made up for no longer than a second: a partner that was away is not flooded. */
export function nextDueMs(
  dueMs: number,
  { nowMs, perSecond, messages }: { readonly nowMs: number; readonly perSecond: number; readonly messages: number },
): number {
  return Math.max(dueMs, nowMs - 1_000) + (messages * 1_000) / perSecond;
}

async function messagesOf(needs: ReplayNeeds, { id, replay }: KnownReplay): Promise<Result<readonly string[]>> {
  const { context, witness } = needs.contextFor(replay.askedBy);
  const read = await readReplay(context.record, id);
  if (!read.ok) return read;
  const { messages } = read.value.replay;
  if (messages === undefined) return failed(notStarted);
  const ids = await readJsonBlob<readonly string[]>(context.record, messages);
  const witnessed = await witness();
  return witnessed.ok ? ids : witnessed;
}
