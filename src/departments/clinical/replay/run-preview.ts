import { limits, ok, type Problem, type Result, toIso } from "#kernel";
import { messageRetiredCode } from "../retention/retired-day.ts";
import { chooseMessages } from "./choose-messages.ts";
import { foreseeReplay } from "./foresee-replay.ts";
import { PreviewTally } from "./preview-tally.ts";
import { type KnownReplay, writeReplay } from "./replay-document.ts";
import type { ReplayNeeds } from "./replay-needs.ts";
import { jsonBlob, readJsonBlob } from "./stored-list.ts";
import { readStored } from "./stored-message.ts";

/**
 * Chooses the messages of a replay and looks at what it would do with each; when it is through, the replay is `previewed`,
 * or `failed` with the reason. Nothing else is written, and what is interrupted begins again. Problems: those of the record,
 * conflict where somebody has stopped it.
 */
export async function runPreview(
  needs: ReplayNeeds,
  known: KnownReplay,
  stop: AbortSignal,
): Promise<Result<KnownReplay>> {
  const { context, witness } = needs.contextFor(known.replay.askedBy);
  const { record } = context;
  const chosen = await chosenMessages(needs, known, { context, witness });
  if (!chosen.ok) {
    const [problem] = chosen.problems;
    return isFinal(problem) ? fail(needs, known, { record, problem }) : chosen;
  }
  let { now } = chosen.value;
  const { ids } = chosen.value;
  const tally = new PreviewTally();
  let toldAtMs = needs.clock.now() as number;
  for (let from = 0; from < ids.length; from += limits.replayPreviewedAtOnce) {
    if (stop.aborted) return ok(now);
    const some = ids.slice(from, from + limits.replayPreviewedAtOnce);
    const replay = now;
    const looked = await Promise.all(some.map((id) => lookAt(needs, replay, { id, context })));
    for (const each of looked) {
      if (!each.ok) return each;
      each.value(tally);
    }
    if (needs.clock.now() - toldAtMs < limits.replayProgressMs) continue;
    toldAtMs = needs.clock.now();
    const told = await writeReplay(record, now, { replay: { ...now.replay, done: from + some.length } });
    if (!told.ok) return told;
    now = told.value;
  }
  const witnessed = await witness();
  if (!witnessed.ok) return witnessed;
  const blob = jsonBlob(tally.preview());
  const replay = { ...now.replay, state: "previewed", done: 0, preview: blob.hash } as const;
  return writeReplay(record, now, { replay, blobs: [blob] });
}

/** Problems of what was asked for, which come again however often it is tried. */
function isFinal({ code }: Problem): boolean {
  return ["too-many-messages", "no-message", "time-incorrect", "text-too-short"].includes(code);
}

type View = ReturnType<ReplayNeeds["contextFor"]>;

/** The messages are chosen once, so that what was previewed is what is replayed. */
async function chosenMessages(
  { look }: ReplayNeeds,
  known: KnownReplay,
  { context, witness }: View,
): Promise<Result<{ readonly now: KnownReplay; readonly ids: readonly string[] }>> {
  const { record, hospitalTime } = context;
  const { messages, choice, askedAt } = known.replay;
  if (messages !== undefined) {
    const read = await record.read("Replay", known.id);
    const ids = read.ok ? await readJsonBlob<readonly string[]>(record, messages) : read;
    return ids.ok ? ok({ now: known, ids: ids.value }) : ids;
  }
  const ids = await chooseMessages(context, { look, choice, until: askedAt, hospitalTime });
  if (!ids.ok) return ids;
  const witnessed = await witness();
  if (!witnessed.ok) return witnessed;
  const blob = jsonBlob(ids.value);
  const replay = { ...known.replay, messages: blob.hash, total: ids.value.length };
  const now = await writeReplay(record, known, { replay, blobs: [blob] });
  return now.ok ? ok({ now: now.value, ids: ids.value }) : now;
}

interface Looking {
  readonly id: string;
  readonly context: View["context"];
}

/** What is to be told of a message: said when it is its turn, as several are looked at at once. */
async function lookAt(
  { running: rules, log }: ReplayNeeds,
  { id: replayId, replay }: KnownReplay,
  { id, context }: Looking,
): Promise<Result<(tally: PreviewTally) => void>> {
  const stored = await readStored(context.record, id);
  if (!stored.ok) {
    const [problem] = stored.problems;
    return problem.category === "not-found" ? ok((tally) => tally.addLeft(id, goneFor(problem))) : stored;
  }
  const foreseen = await foreseeReplay(stored.value, { context, rules, replay, replayId, log });
  return foreseen.ok ? ok((tally) => tally.add(id, foreseen.value)) : foreseen;
}

/** Why there is nothing to replay. */
export function goneFor({ code, message }: Problem): { readonly code: string; readonly text: string } {
  if (code === messageRetiredCode) return { code, text: message };
  return { code: "gone", text: "It is not in the record any more." };
}

async function fail(
  { clock }: ReplayNeeds,
  known: KnownReplay,
  { record, problem }: { readonly record: View["context"]["record"]; readonly problem: Problem },
): Promise<Result<KnownReplay>> {
  const { code, message } = problem;
  const ended = { at: toIso(clock.now()) };
  return writeReplay(record, known, {
    replay: { ...known.replay, state: "failed", problem: { code, message }, ended },
  });
}
