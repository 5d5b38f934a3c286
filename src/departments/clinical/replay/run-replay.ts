import { failed, fault, limits, ok, type Result } from "#kernel";
import { pause } from "../deliveries/engine/sleeper.ts";
import { type KnownReplay, readReplay } from "./replay-document.ts";
import { replayMessage } from "./replay-message.ts";
import type { ReplayNeeds } from "./replay-needs.ts";
import { readJsonBlob } from "./stored-list.ts";

/**
 * Takes the messages of a replay once more, one after another, no faster than its pace, until all are done, somebody pauses
 * or stops it, or `stop`. It goes on where it was, after a crash too. Problems: those of the record.
 */
export async function runReplay(needs: ReplayNeeds, known: KnownReplay, stop: AbortSignal): Promise<Result<undefined>> {
  const { started } = known.replay;
  if (started === undefined) return failed(notStarted);
  const ids = await messagesOf(needs, known);
  if (!ids.ok) return ids;
  let now = known;
  let dueMs = needs.clock.now() as number;
  while (now.replay.state === "running" && !stop.aborted) {
    const messageId = ids.value[now.replay.done];
    if (messageId === undefined) return failed(notStarted);
    // A view for each message, as a link has: what was shown for one is not seen by another.
    const view = needs.contextFor(started.by);
    const done = await replayMessage(needs, { known: now, messageId, view });
    const witnessed = await view.witness();
    if (!done.ok) return done.problems[0].code === "replay-moved-on" ? ok(undefined) : done;
    if (!witnessed.ok) return witnessed;
    now = done.value;
    dueMs = nextDueMs(dueMs, { nowMs: needs.clock.now(), perSecond: started.perSecond });
    const waitMs = dueMs - needs.clock.now();
    if (waitMs > 0 && now.replay.state === "running") await pause(Math.min(waitMs, limits.replayPollMs), stop);
  }
  return ok(undefined);
}

const notStarted = fault(
  "replay-not-started",
  "A replay was to run that nobody has started, or whose messages are lost.",
);

/** Time that was lost is made up for no longer than a second: a partner that was away is not flooded. */
export function nextDueMs(
  dueMs: number,
  { nowMs, perSecond }: { readonly nowMs: number; readonly perSecond: number },
): number {
  return Math.max(dueMs, nowMs - 1_000) + 1_000 / perSecond;
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
