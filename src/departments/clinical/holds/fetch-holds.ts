import type { z } from "zod";
import { type Context, placeInRecord, readCursor, writeCursor } from "#access";
import { type Instant, ok, type Result } from "#kernel";
import { type HealthRecord, parseBody, type Version } from "#record";
import type { DecisionView, HoldsPage, HoldView, holdsQuery } from "../api/holds.ts";
import { messageRow } from "../browser/message-row.ts";
import { anyKey } from "../clauses.ts";
import { type GateRow, gates } from "../gates/gate-table.ts";
import { type LinkMessage, linkMessageKind, type MessageDecision } from "../messages/link-message.ts";
import { present } from "../messages/present.ts";
import { proposalOf } from "./decide-hold.ts";
import { heldProposalKey, heldReasonKey } from "./held-keys.ts";
import { releaseChoices } from "./release-choices.ts";

const holdsDefault = 50;

/** Messages that are held, oldest first, and how many there are for each reason. */
export async function fetchHolds(context: Context, query: z.infer<typeof holdsQuery>): Promise<Result<HoldsPage>> {
  const { record, clock } = context;
  const { reason, link, proposed, cursor, count = holdsDefault } = query;
  const after = readCursor(cursor, placeInRecord);
  if (!after.ok) return after;
  const position = await record.position();
  const page = await record.search({
    kind: linkMessageKind,
    all: [
      anyKey("state=held"),
      ...(reason === undefined ? [] : [anyKey(heldReasonKey(reason))]),
      ...(link === undefined ? [] : [anyKey(`link=${link}`)]),
      ...(proposed === undefined ? [] : [anyKey(heldProposalKey)]),
    ],
    sort: { by: { date: "arrived" }, descending: false },
    limit: count,
    ...(after.value === undefined ? {} : { after: after.value }),
  });
  if (!page.ok) return page;
  const reasons = await countReasons(context);
  if (!reasons.ok) return reasons;
  const proposals = await countProposals(record);
  if (!proposals.ok) return proposals;
  const { versions, next } = page.value;
  const now = clock.now();
  return ok(
    present<HoldsPage>({
      holds: versions.map((version) => holdView(version, now)),
      next: next === undefined ? undefined : writeCursor(next),
      reasons: reasons.value,
      proposed: proposals.value,
      position,
    }),
  );
}

/** Of how many held messages a release waits for a second person. */
export function countProposals(record: Pick<HealthRecord, "count">): Promise<Result<number>> {
  const sort = { by: "updated", descending: false } as const;
  return record.count({ kind: linkMessageKind, all: [anyKey(heldProposalKey)], sort, limit: 1 });
}

async function countReasons({ record }: Context): Promise<Result<HoldsPage["reasons"]>> {
  const holding = (Object.entries(gates) as readonly (readonly [string, GateRow])[]).filter(([, { choices }]) =>
    choices.includes("hold"),
  );
  const sort = { by: "updated", descending: false } as const;
  const counts = await Promise.all(
    holding.map(async ([code, { title }]) => {
      const count = await record.count({ kind: linkMessageKind, all: [anyKey(heldReasonKey(code))], sort, limit: 1 });
      return count.ok ? ok({ code, title, count: count.value }) : count;
    }),
  );
  const broken = counts.find((count) => !count.ok);
  if (broken !== undefined && !broken.ok) return broken;
  return ok(counts.flatMap((count) => (count.ok && count.value.count > 0 ? [count.value] : [])));
}

/** A message with how long it waits, what may be done with it and what was decided. */
export function holdView(version: Version, now: Instant): HoldView {
  const message = parseBody<LinkMessage>(version);
  const proposal = proposalOf(message);
  return present<HoldView>({
    ...messageRow(version.id, message),
    ageMinutes: Math.max(0, Math.floor((now - Date.parse(message.arrivedAt)) / 60_000)),
    release: releaseChoices(message),
    proposal: proposal && decisionView(proposal),
    decisions: (message.decisions ?? []).map(decisionView),
  });
}

function decisionView({ isProposal: _, ...decision }: MessageDecision): DecisionView {
  return decision;
}
