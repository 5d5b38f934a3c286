import type { z } from "zod";
import { answersBody, answersQuery, type Context, placeInRecord, readCursor, writeCursor } from "#access";
import { conflict, failed, ok, type Result, type Route } from "#kernel";
import type { Clause } from "#record";
import { type MergesPage, type MergeView, mergesQuery, undoBody } from "../api.ts";
import { anyKey, newestFirst } from "../clauses.ts";
import { present } from "../messages/present.ts";
import { type KnownMerge, knownMerge } from "./merge-network.ts";
import { type MergedPatient, patientMergeKind } from "./patient-merge.ts";
import { mergeWrite } from "./take-step.ts";
import { undoAsked } from "./undo-step.ts";

const mergesDefault = 30;

/** Merges of patients, and undoing them. What is asked for is done by Corridor within seconds, step by step. */
export const mergeRoutes: readonly Route<Context>[] = [
  {
    method: "GET",
    path: "/api/clinical/merges",
    policy: "messages.read",
    summary: "Merges of two patients, how far they are, and what undoing them left for a person, newest first",
    handle: answersQuery(mergesQuery, (query, { context }) => fetchMerges(context, query)),
  },
  {
    method: "POST",
    path: "/api/clinical/merges/:id/undo",
    policy: "merges.undo",
    summary: "Undo a merge: each patient gets back what the merge moved",
    handle: answersBody(undoBody, ({ reason }, { context, id }) => askUndo(context, id, reason)),
  },
];

async function fetchMerges({ record }: Context, query: z.infer<typeof mergesQuery>): Promise<Result<MergesPage>> {
  const after = readCursor(query.cursor, placeInRecord);
  if (!after.ok) return after;
  const all: Clause[] = [
    ...(query.state === undefined ? [] : [anyKey(`state=${query.state}`)]),
    ...(query.patient === undefined ? [] : [anyKey(`patient=Patient/${query.patient}`)]),
  ];
  const limit = query.count ?? mergesDefault;
  const page = await record.search(newestFirst({ kind: patientMergeKind, all, limit, after: after.value }));
  if (!page.ok) return page;
  const { versions, next } = page.value;
  const merges = versions.map((version) => viewOf(knownMerge(version)));
  return ok(present<MergesPage>({ merges, next: next === undefined ? undefined : writeCursor(next) }));
}

/** Problems: not-found; conflict `merge-not-undoable` unless all of it is done and it counts; `version-conflict`. */
async function askUndo({ record, actor, clock }: Context, id: string, reason: string): Promise<Result<MergeView>> {
  const read = await record.read(patientMergeKind, id);
  if (!read.ok) return read;
  const known = knownMerge(read.value);
  if (known.merge.state !== "merged") return failed(notUndoable);
  const merge = undoAsked(known.merge, { by: actor.reference, display: actor.display, reason }, clock.now());
  const written = await record.transact({ operations: [mergeWrite({ ...known, merge })] });
  return written.ok ? ok(viewOf({ ...known, merge })) : written;
}

const notUndoable = conflict("merge-not-undoable", "Only a merge that is done, and was not undone, can be undone.");

function viewOf({ id, merge }: KnownMerge): MergeView {
  const { state, discarded, survivor, effectiveAt, recordedAt, event, message, moved, undo } = merge;
  return present<MergeView>({
    id,
    state,
    discarded: patientView(discarded),
    survivor: patientView(survivor),
    effectiveAt,
    recordedAt,
    event,
    messageId: message.slice("LinkMessage/".length),
    moved,
    undo: undo && {
      by: undo.display,
      at: undo.at,
      reason: undo.reason,
      returned: undo.returned,
      review: undo.review,
    },
  });
}

function patientView({ reference, numbers }: MergedPatient) {
  return { id: reference.slice("Patient/".length), numbers: numbers.flatMap(({ value }) => value ?? []) };
}
