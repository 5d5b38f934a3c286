import type { Result } from "#kernel";
import type { HealthRecord, Key } from "#record";
import { may } from "./actor.ts";
import { FollowedFeed } from "./narrow/followed-feed.ts";
import { kindsHolding } from "./narrow/kinds-holding.ts";
import { count, history, look, read, readBlob, readMany, readVersion, search } from "./narrow/reads.ts";
import { Shown } from "./narrow/shown.ts";
import type { View } from "./narrow/view.ts";
import { agentOf } from "./narrow/witness.ts";
import { transact } from "./narrow/writes.ts";
import { seenKeys } from "./visibility/judge.ts";
import { visibilityRules } from "./visibility/rules.ts";
import { Visibility, type VisibilityRule } from "./visibility/visibility.ts";

export interface NarrowNeeds extends Omit<View, "agent" | "shown" | "visibility"> {
  /** Which documents of a kind an actor may see; left out, `visibilityRules`, looked up for this view alone. */
  readonly rules?: readonly VisibilityRule[];
}

/**
 * The record as one actor may see it, for as long as one request or one worker lasts. The same interface, and:
 *
 * - an action on a kind that no policy grants is forbidden, and a document of such a kind among others is not found;
 * - every read, write and refusal is in the audit log, durably, before it is answered;
 * - FHIR documents that are written without a Provenance get one;
 * - documents of kind `AuditEvent` come from the log and go to it;
 * - a blob is read after a document that names it.
 *
 * - of a kind that is granted, only those documents are found, counted, sorted by, shown and changed that meet the
 *   conditions of every rule (see `visibility/`): every path to a document passes `reads.ts`, `followed-feed.ts` or
 *   `writes.ts`.
 */
export function narrow(needs: NarrowNeeds): HealthRecord {
  const view = viewOf(needs);
  const feed = new FollowedFeed(view);
  return {
    transact: (transaction) => transact(view, transaction),
    read: (kind, id) => read(view, kind, id),
    readMany: (keys) => readMany(view, keys),
    look: (question) => look(view, question),
    readVersion: (kind, id, version) => readVersion(view, { kind, id }, version),
    history: (query) => history(view, query),
    search: (query) => search(view, query),
    count: (query) => count(view, query),
    kindsHolding: (kinds, key) => kindsHolding(view, kinds, key),
    readBlob: (hash, day) => readBlob(view, hash, day),
    changes: (after, limit) => feed.changes(after, limit),
    position: () => view.record.position(),
    changed: (after, signal) => feed.changed(after, signal),
  };
}

/** Which of the documents the actor may see now. It leaves no entry in the log (see `Context.sees`). */
export async function seenNow(needs: NarrowNeeds, keys: readonly Key[]): Promise<Result<readonly Key[]>> {
  const open = keys.filter(({ kind }) => may(needs.actor, kind, "read"));
  return seenKeys(viewOf(needs), open, "read");
}

/** What one actor may see, for as long as one request or one worker lasts. */
export function viewOf(needs: NarrowNeeds): View {
  const visibility = new Visibility({ ...needs, rules: needs.rules ?? visibilityRules() });
  return { ...needs, visibility, agent: agentOf(needs.actor), shown: new Shown() };
}
