import { type Context, may } from "#access";
import { limits, ok, type Result } from "#kernel";
import { type Clause, parseBody, type Query } from "#record";
import { addMonths } from "../clock/civil-day.ts";
import { rowOf } from "../items/fetch-items.ts";
import { type GovernanceItem, itemKind } from "../items/item.ts";
import { clockNeeds, knownItem } from "../items/item-store.ts";
import { lists } from "../lists/lists.ts";
import type { GovernanceHome, ListStand, MonthStand, UnusualStand } from "./home-view.ts";

const weekMs = 7 * 24 * 60 * 60_000;
const dueShown = 8;

/**
 * How many of those who broke the glass, or said that they care for a patient, wait for review. Access shows whose they are
 * by its own routes; here only their number is told.
 */
export type OpenReviews = () => Promise<Result<number>>;

/** What is due, what is unusual, how well we did. */
export async function fetchHome(context: Context, reviews: OpenReviews): Promise<Result<GovernanceHome>> {
  const needs = await clockNeeds(context);
  if (!needs.ok) return needs;
  const open = await itemsOf(context, [key("stage=open")], { by: { date: "due", isSingle: true }, descending: false });
  if (!open.ok) return open;
  const months = await monthsOf(context);
  if (!months.ok) return months;
  const unusual = await unusualOf(context, reviews);
  if (!unusual.ok) return unusual;
  const known = open.value.versions.flatMap((version) => {
    const item = knownItem(version);
    return item.ok ? [item.value] : [];
  });
  const soon = known.filter(({ item }) => item.dueAt !== undefined).slice(0, dueShown);
  return ok({
    stands: standsOf(
      known.map(({ item }) => item),
      needs.value.now,
    ),
    due: soon.map((each) => rowOf(each, needs.value)),
    unusual: unusual.value,
    months: months.value,
  });
}

function key(text: string): Clause {
  return { is: "key", any: [text] };
}

/** As many as `limits.governanceOpenMax`: a home page counts no further. */
async function itemsOf({ record }: Context, all: readonly Clause[], sort: Query["sort"]) {
  const versions = [];
  let after: Query["after"];
  do {
    const page = await record.search({
      kind: itemKind,
      all,
      sort,
      limit: limits.pageSizeMax,
      ...(after === undefined ? {} : { after }),
    });
    if (!page.ok) return page;
    versions.push(...page.value.versions);
    after = page.value.next;
  } while (after !== undefined && versions.length < limits.governanceOpenMax);
  return ok({ versions });
}

function standsOf(items: readonly GovernanceItem[], nowMs: number): readonly ListStand[] {
  return lists.map(({ name }) => {
    const of = items.filter(({ list }) => list === name);
    const dueBefore = (ms: number) => of.filter(({ dueAt }) => dueAt !== undefined && Date.parse(dueAt) <= ms).length;
    const overdue = dueBefore(nowMs);
    return {
      list: name,
      open: of.length,
      overdue,
      week: dueBefore(nowMs + weekMs) - overdue,
      waiting: of.filter(({ state }) => state === "waiting").length,
    };
  });
}

/** Requests that were closed in each of the last twelve months. */
async function monthsOf(context: Context): Promise<Result<readonly MonthStand[]>> {
  const { clock, hospitalTime } = context;
  const today = hospitalTime.day(clock.now());
  const firstMonth = addMonths(`${today.slice(0, 7)}-01`, -11);
  const closed = await itemsOf(
    context,
    [
      key("area=requests"),
      key("stage=closed"),
      { is: "date", parameter: "closed", any: [{ fromMinMs: hospitalTime.startOfDay(firstMonth) }] },
    ],
    { by: { date: "closed", isSingle: true }, descending: false },
  );
  if (!closed.ok) return closed;
  const items = closed.value.versions.map((version) => parseBody<GovernanceItem>(version));
  return ok(
    Array.from({ length: 12 }, (_, at) => {
      const month = addMonths(firstMonth, at).slice(0, 7);
      const of = items.filter(({ marks }) => hospitalTime.local(Date.parse(marks.closed ?? "")).date.startsWith(month));
      return { month, closed: of.length, onTime: of.filter(({ onTime }) => onTime).length };
    }),
  );
}

const finding = "AuditFinding";

/** What other parts of Corridor find; findings are counted where the reader may search them. */
async function unusualOf({ record, actor }: Context, reviews: OpenReviews): Promise<Result<readonly UnusualStand[]>> {
  const sort = { by: "updated", descending: true } as const;
  const findings = may(actor, finding, "search")
    ? await record.count({ kind: finding, all: [key("outcome=open")], sort, limit: 1 })
    : ok(0);
  if (!findings.ok) return findings;
  const open = await reviews();
  if (!open.ok) return open;
  return ok([
    {
      name: "findings",
      title: "Looks at records to be explained",
      path: "/governance/findings",
      count: findings.value,
    },
    {
      name: "reviews",
      title: "Broken glasses and claimed care to be reviewed",
      path: "/governance/reviews",
      count: open.value,
    },
  ]);
}
