import type { Context } from "#access";
import { limits, ok, type Result } from "#kernel";
import {
  type Clause,
  type Cursor,
  type HealthRecord,
  type Operation,
  parseBody,
  tokenKey,
  type Version,
} from "#record";
import { anyKey } from "../clauses.ts";
import { byArrival, heldMessage } from "../gates/waiting-orders.ts";
import { unknownUnitKey, waitsForKey } from "../holds/held-keys.ts";
import { type HoldNeeds, receiveAgain } from "../holds/hold-needs.ts";
import { releaseBehind } from "../holds/release-behind.ts";
import { type LinkMessage, linkMessageKind } from "../messages/link-message.ts";
import type { Planned } from "../messages/plan.ts";
import type { CodeMap } from "./code-map.ts";
import { codedPlan } from "./coded-plan.ts";
import type { UnknownCode } from "./unknown-code.ts";
import { unknownCodeKind } from "./unknown-code-id.ts";

export interface ApplyNeeds extends HoldNeeds {
  /** With the rights of a link. */
  readonly context: Context;
  readonly look: Pick<HealthRecord, "search">;
}

interface Applying {
  readonly id: string;
  readonly unknown: UnknownCode;
  readonly map: CodeMap | undefined;
}

/**
 * Does what an approval asks for: messages that waited for the code go, in the order in which they came, and what was
 * recorded with it gets a version with the added coding. It may stop anywhere and be done again. Returns the number of
 * codes that were finished. Problems: those of the record.
 */
export async function applyApproved(needs: ApplyNeeds): Promise<Result<number>> {
  const approved = await needs.look.search({
    kind: unknownCodeKind,
    all: [anyKey("state=approved", "state=aside")],
    sort: { by: "updated", descending: false },
    limit: limits.pageSizeMax,
  });
  if (!approved.ok) return approved;
  let finished = 0;
  for (const version of approved.value.versions) {
    const unknown = parseBody<UnknownCode>(version);
    if (unknown.applied !== undefined && unknown.state === "aside") continue;
    const done = await applyOne(needs, version, unknown);
    if (!done.ok) return done;
    finished += 1;
  }
  return ok(finished);
}

async function applyOne(needs: ApplyNeeds, { id }: Version, unknown: UnknownCode): Promise<Result<undefined>> {
  const map = needs.safeguardsOf("").maps?.of(unknown.sender);
  const applying = { id, unknown, map };
  for (let after: Cursor | undefined, isLast = false; !isLast; ) {
    const released = await releaseSome(needs, applying, after);
    if (!released.ok) return released;
    after = released.value.next;
    isLast = after === undefined;
    const noted = await note(needs, id, { released: released.value.count, recoded: 0 });
    if (!noted.ok) return noted;
  }
  const recoded = await recode(needs, applying);
  return recoded.ok ? note(needs, id, { released: 0, recoded: recoded.value, isDone: true }) : recoded;
}

interface Done {
  readonly released: number;
  readonly recoded: number;
  readonly isDone?: true;
}

/** What has been done so far is seen while the rest is still being done. */
async function note(
  { context: { record } }: ApplyNeeds,
  id: string,
  { released, recoded, isDone }: Done,
): Promise<Result<undefined>> {
  const read = await record.read(unknownCodeKind, id);
  if (!read.ok) return read;
  const unknown = parseBody<UnknownCode>(read.value);
  const before = unknown.applied ?? { released: 0, recoded: 0 };
  if (isDone === undefined && released === 0) return ok(undefined);
  const applied = { released: before.released + released, recoded: before.recoded + recoded };
  const state = isDone === true && unknown.state === "approved" ? "mapped" : unknown.state;
  const body: UnknownCode = { ...unknown, state, applied };
  const written = await record.transact({
    operations: [{ action: "update", kind: unknownCodeKind, id, body, ifMatch: read.value.version }],
  });
  // Counted once more meanwhile: the next round sees to it.
  return written.ok || written.problems[0].category === "conflict" ? ok(undefined) : written;
}

interface Released {
  readonly count: number;
  /** Where the next look begins; absent after the last. */
  readonly next?: Cursor | undefined;
}

/** Of those that wait for this code, the next; one that waits for another too stays, and so does what is behind it. */
async function releaseSome(needs: ApplyNeeds, { id }: Applying, after: Cursor | undefined): Promise<Result<Released>> {
  const { context } = needs;
  const found = await context.record.search({
    kind: linkMessageKind,
    all: [anyKey(waitsForKey(id))],
    sort: { by: { date: "arrived" }, descending: false },
    limit: limits.heldReleasedTogetherMax,
    ...(after === undefined ? {} : { after }),
  });
  if (!found.ok) return found;
  let count = 0;
  for (const held of found.value.versions.map(heldMessage).toSorted(byArrival)) {
    const ruling = { waived: new Set<string>(), decisions: held.message.decisions ?? [] };
    const again = await receiveAgain(needs, { context, held, ruling });
    // A person was faster, and it is decided.
    if (!again.ok && again.problems[0].code === "message-changed") continue;
    if (!again.ok) return again;
    if (again.value.state === "held") continue;
    const behind = await releaseBehind(needs, { context, message: again.value });
    if (!behind.ok) return behind;
    count += 1 + behind.value.length;
  }
  return ok({ count, next: found.value.next });
}

/** Where resources with the code are, besides the messages that brought a unit. */
const placesOf: Readonly<Record<UnknownCode["field"], readonly (readonly [kind: string, parameter: string])[]>> = {
  "OBR-4": [
    ["DiagnosticReport", "code"],
    ["ServiceRequest", "code"],
  ],
  "OBX-3": [["Observation", "code"]],
  "OBX-5": [["Observation", "value-concept"]],
  "OBX-6": [],
};

async function recode(needs: ApplyNeeds, applying: Applying): Promise<Result<number>> {
  const { unknown, id } = applying;
  if (applying.map === undefined || unknown.state === "aside") return ok(0);
  let recoded = 0;
  const searches = placesOf[unknown.field].map(
    ([kind, parameter]) => [kind, anyKey(tokenKey(parameter, unknown.system, unknown.code))] as const,
  );
  if (unknown.field === "OBX-6") searches.push([linkMessageKind, anyKey(unknownUnitKey(id))]);
  for (const [kind, clause] of searches) {
    const done = await recodeFound(needs, applying, { kind, clause });
    if (!done.ok) return done;
    recoded += done.value;
  }
  return ok(recoded);
}

async function recodeFound(
  { context: { record } }: ApplyNeeds,
  applying: Applying,
  { kind, clause }: { readonly kind: string; readonly clause: Clause },
): Promise<Result<number>> {
  let recoded = 0;
  let after: Cursor | undefined;
  do {
    const page = await record.search({
      kind,
      all: [clause],
      sort: { by: "updated", descending: false },
      limit: limits.recodedTogetherMax,
      ...(after === undefined ? {} : { after }),
    });
    if (!page.ok) return page;
    const resources = kind === linkMessageKind ? await writtenBy(record, page.value.versions) : ok(page.value.versions);
    if (!resources.ok) return resources;
    const operations = resources.value.flatMap((version) => recoding(version, applying));
    const written = operations.length === 0 ? ok([]) : await record.transact({ operations });
    // Another message has changed one of them: it is coded by then, or the next round finds it.
    if (!written.ok && written.problems[0].category !== "conflict") return written;
    recoded += written.ok ? operations.length : 0;
    after = page.value.next;
  } while (after !== undefined);
  return ok(recoded);
}

async function writtenBy(record: Context["record"], messages: readonly Version[]): Promise<Result<readonly Version[]>> {
  const ids = new Set(messages.flatMap((version) => observationsOf(parseBody<LinkMessage>(version))));
  return ids.size === 0 ? ok([]) : record.readMany([...ids].map((id) => ({ kind: "Observation", id })));
}

function observationsOf({ resources }: LinkMessage): readonly string[] {
  return resources.flatMap(({ kind, id }) => (kind === "Observation" ? [id] : []));
}

function recoding({ kind, id, version, body }: Version, { unknown, map }: Applying): readonly Operation[] {
  const resource = JSON.parse(body) as Planned["resource"];
  const planned = { rule: "result", id, where: "", resource, isReportTimeStated: false } as unknown as Planned;
  const [coded] = codedPlan([planned], { sender: unknown.sender, map }).plan;
  if (coded === undefined || coded.resource === resource) return [];
  const { id: _, ...changed } = coded.resource as typeof coded.resource & { readonly id?: string };
  return [
    { action: "update", kind, id, body: changed as Operation extends { body: infer B } ? B : never, ifMatch: version },
  ];
}
