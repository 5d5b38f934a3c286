import type { Context } from "#access";
import { limits, ok, type Problem, type Result } from "#kernel";
import type { ReplayMessagesPage, ReplayMessageView, ReplayPreview, ReplaysPage, ReplayView } from "../api/replays.ts";
import { stateText } from "../browser/message-row.ts";
import { newestFirst } from "../clauses.ts";
import { present } from "../messages/present.ts";
import { shortened } from "./difference-tally.ts";
import { type ForeseenReplay, foreseeReplay } from "./foresee-replay.ts";
import { replayKind } from "./replay.ts";
import { type KnownReplay, knownReplay, readReplay } from "./replay-document.ts";
import type { ReplayNeeds } from "./replay-needs.ts";
import { replayView } from "./replay-views.ts";
import { goneFor } from "./run-preview.ts";
import { readJsonBlob } from "./stored-list.ts";
import { readStored, type StoredMessage } from "./stored-message.ts";

const messagesDefault = 20;

/** The newest replays. */
export async function fetchReplays({ record }: Context): Promise<Result<ReplaysPage>> {
  const limit = limits.replaysOpenMax;
  const page = await record.search(newestFirst({ kind: replayKind, all: [], newestBy: "asked", limit }));
  if (!page.ok) return page;
  return ok({ replays: page.value.versions.map((version) => replayView(knownReplay(version))) });
}

export async function fetchReplay({ record }: Context, id: string): Promise<Result<ReplayView>> {
  const known = await readReplay(record, id);
  return known.ok ? ok(replayView(known.value)) : known;
}

/** What the preview has found; empty until it is through. */
export async function fetchPreview({ record }: Context, id: string): Promise<Result<ReplayPreview>> {
  const known = await readReplay(record, id);
  if (!known.ok) return known;
  const { preview } = known.value.replay;
  return preview === undefined ? ok(noPreview) : readJsonBlob<ReplayPreview>(record, preview);
}

const noPreview: ReplayPreview = {
  record: { messages: 0, different: 0, groups: [], groupsLeftOut: 0 },
  destinations: [],
  duplicates: { messages: 0, examples: [] },
  left: [],
};

type ForeseeingNeeds = Pick<ReplayNeeds, "running" | "log" | "forLink">;

/** The messages of a replay, each with what it would do as things are now, field by field. */
export async function fetchReplayMessages(
  needs: ForeseeingNeeds,
  context: Context,
  { id, from = 0, count = messagesDefault }: { readonly id: string; readonly from?: number; readonly count?: number },
): Promise<Result<ReplayMessagesPage>> {
  const known = await readReplay(context.record, id);
  if (!known.ok) return known;
  const { messages } = known.value.replay;
  const ids = messages === undefined ? ok([]) : await readJsonBlob<readonly string[]>(context.record, messages);
  if (!ids.ok) return ids;
  const views: ReplayMessageView[] = [];
  const asLink = needs.forLink(context.actor);
  for (const message of ids.value.slice(from, from + count)) {
    const view = await messageView(needs, asLink, { known: known.value, message });
    if (!view.ok) return view;
    views.push(view.value);
  }
  const total = ids.value.length;
  const next = from + count;
  return ok({ messages: views, total, ...(next < total ? { next } : {}) });
}

async function messageView(
  { running: rules, log }: ForeseeingNeeds,
  context: Context,
  { known, message }: { readonly known: KnownReplay; readonly message: string },
): Promise<Result<ReplayMessageView>> {
  const stored = await readStored(context.record, message);
  if (!stored.ok)
    return stored.problems[0].category === "not-found" ? ok(goneView(message, stored.problems[0])) : stored;
  const { id: replayId, replay } = known;
  const foreseen = await foreseeReplay(stored.value, { context, rules, replay, replayId, log });
  return foreseen.ok ? ok(viewOf(stored.value, foreseen.value)) : foreseen;
}

function viewOf({ id, message }: StoredMessage, { plan, differences, isDuplicate }: ForeseenReplay): ReplayMessageView {
  const told = differences.slice(0, limits.replayDifferencesToldMax);
  return present<ReplayMessageView>({
    id,
    arrivedAt: message.arrivedAt,
    link: message.link,
    type: message.type,
    controlId: message.controlId,
    stateText: stateText(message.state),
    isDuplicate,
    differences: told.map((each) => ({ message: id, ...shortened(each) })),
    differencesLeftOut: differences.length - told.length,
    deliveries: plan.deliveries.map(({ destination, effect, isSent }) => ({ destination, effect, isSent })),
    left: plan.left,
  });
}

function goneView(id: string, problem: Problem): ReplayMessageView {
  const nothing = { differences: [], differencesLeftOut: 0, deliveries: [], isDuplicate: false };
  return { id, arrivedAt: "", link: "", stateText: "Gone", ...nothing, left: goneFor(problem) };
}
