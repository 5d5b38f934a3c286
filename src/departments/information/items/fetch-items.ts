import { type Context, placeInRecord, readCursor, writeCursor } from "#access";
import { limits, ok, type Result } from "#kernel";
import { type Clause, parseBody, type Query } from "#record";
import type { ClockNeeds } from "../clock/clock-view.ts";
import { type GovernanceItem, itemKind } from "./item.ts";
import { clocksOf } from "./item-clocks.ts";
import { plainText } from "./item-kind.ts";
import { clockNeeds, type KnownItem, knownItem, readItem } from "./item-store.ts";
import type { ItemRow, ItemsPage, ItemsQuery, ItemView, TimelineView } from "./item-view.ts";
import { possibleSteps } from "./take-step.ts";

const dayMs = 24 * 60 * 60_000;

/** Open ones with what is due first on top, closed ones newest first. Problems: incorrect `cursor-incorrect`. */
export async function fetchItems(context: Context, asked: ItemsQuery): Promise<Result<ItemsPage>> {
  const after = readCursor(asked.after, placeInRecord);
  if (!after.ok) return after;
  const needs = await clockNeeds(context);
  if (!needs.ok) return needs;
  const isClosed = asked.stage === "closed" || asked.state === "done" || asked.state === "refused";
  const query: Query = {
    kind: itemKind,
    all: clausesOf(asked, context, needs.value),
    sort: { by: { date: isClosed ? "closed" : "due", isSingle: true }, descending: isClosed },
    limit: limits.governancePageMax,
    ...(after.value === undefined ? {} : { after: after.value }),
  };
  const found = await context.record.search(query);
  if (!found.ok) return found;
  const { versions, next } = found.value;
  const items = versions.flatMap((version) => {
    const known = knownItem(version);
    return known.ok ? [rowOf(known.value, needs.value)] : [];
  });
  return ok({ items, ...(next === undefined ? {} : { next: writeCursor(next) }) });
}

function clausesOf(asked: ItemsQuery, { actor }: Context, { now }: ClockNeeds): readonly Clause[] {
  const key = (name: string, value: string | undefined): Clause[] =>
    value === undefined ? [] : [{ is: "key", any: [`${name}=${value}`] }];
  const words = (asked.q ?? "").split(/\s+/).filter((word) => word !== "");
  const aheadDays = { overdue: 0, week: 7, month: 31 } as const;
  return [
    ...key("list", asked.list),
    ...key("area", asked.area),
    ...key("state", asked.state),
    ...key("stage", asked.stage),
    ...key("patient", asked.patient),
    ...key("assignee", asked.mine === undefined ? undefined : actor.reference),
    ...(asked.due === undefined
      ? []
      : [{ is: "date", parameter: "due", any: [{ fromMaxMs: now + aheadDays[asked.due] * dayMs }] } as const]),
    ...words.map((word): Clause => ({ is: "text", parameter: "word", match: "prefix", any: [plainText(word)] })),
  ];
}

export function rowOf({ id, item, list }: KnownItem, needs: ClockNeeds): ItemRow {
  const { reference, title, state, assignee, tags, marks, patient, outcome, onTime } = item;
  return {
    id,
    list: list.name,
    reference,
    title,
    state,
    tags,
    marks,
    ...(assignee && { assignee }),
    ...(patient === undefined ? {} : { patient }),
    ...(outcome === undefined ? {} : { outcome }),
    ...(onTime === undefined ? {} : { onTime }),
    clocks: clocksOf(list, item, needs),
  };
}

/** Problems: not-found; those of the record. */
export async function fetchItem(context: Context, id: string): Promise<Result<ItemView>> {
  const known = await readItem(context, id);
  return known.ok ? viewOf(context, known.value) : known;
}

export async function viewOf(context: Context, known: KnownItem): Promise<Result<ItemView>> {
  const needs = await clockNeeds(context);
  if (!needs.ok) return needs;
  const { id, version, list, item } = known;
  return ok({ ...item, id, version, clocks: clocksOf(list, item, needs.value), possible: possibleSteps(list, item) });
}

/** Who did what with an item and why, newest first, from its versions. */
export async function fetchTimeline({ record }: Context, id: string): Promise<Result<TimelineView>> {
  const found = await record.history({ kind: itemKind, id, limit: limits.governanceTimelineMax });
  if (!found.ok) return found;
  const versions = found.value.versions.filter(({ action }) => action !== "delete");
  const items = versions.map((version) => ({ version: version.version, item: parseBody<GovernanceItem>(version) }));
  return ok({
    entries: items.map(({ version, item }, at) => ({
      ...item.changed,
      version,
      ...(items[at + 1]?.item.state === item.state ? {} : { state: item.state }),
    })),
  });
}
