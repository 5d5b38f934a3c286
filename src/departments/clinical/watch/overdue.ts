import { limits, ok, type Result } from "#kernel";
import { type Cursor, type Operation, parseBody, type Query } from "#record";
import { type AwaitedResult, awaitedResultKind, awaitedWaiting } from "./awaited-result.ts";
import type { Finding } from "./link-alert.ts";
import type { WatchedRecord } from "./watch-needs.ts";

export interface OverdueResult {
  /** Id of the ServiceRequest. */
  readonly order: string;
  readonly version: number;
  readonly awaited: AwaitedResult;
}

export interface Overdue {
  readonly results: readonly OverdueResult[];
  /** There are more than `limits.watchOverdueMax`. */
  readonly isCutOff: boolean;
}

/** Orders whose result should have come by now. Problems: those of the record. */
export async function readOverdue(look: Pick<WatchedRecord, "search">, nowMs: number): Promise<Result<Overdue>> {
  const results: OverdueResult[] = [];
  let after: Cursor | undefined;
  do {
    const page = await look.search(overdueQuery(nowMs, after));
    if (!page.ok) return page;
    for (const version of page.value.versions)
      results.push({ order: version.id, version: version.version, awaited: parseBody<AwaitedResult>(version) });
    after = page.value.next;
  } while (after !== undefined && results.length < limits.watchOverdueMax);
  return ok({ results, isCutOff: after !== undefined });
}

function overdueQuery(nowMs: number, after: Cursor | undefined): Query {
  const due = { is: "date", parameter: "due", any: [{ fromMaxMs: nowMs }], under: awaitedWaiting } as const;
  return {
    kind: awaitedResultKind,
    all: [{ is: "key", any: [awaitedWaiting] }, due],
    sort: { by: "updated", descending: false },
    limit: limits.pageSizeMax,
    ...(after === undefined ? {} : { after }),
  };
}

/** One finding for each test of each link. */
export function overdueFindings({ results }: Overdue, nowMs: number): readonly Finding[] {
  const groups = Map.groupBy(
    results.filter((result) => !isGivenUp(result, nowMs)),
    ({ awaited }) => JSON.stringify([awaited.link, awaited.test]),
  );
  return [...groups.values()].flatMap((group): readonly Finding[] => {
    const [first, ...rest] = group.toSorted((a, b) => (a.awaited.dueAt < b.awaited.dueAt ? -1 : 1));
    if (first === undefined) return [];
    const { link, test, dueAt } = first.awaited;
    const examples = [first, ...rest].slice(0, limits.watchExamplesMax);
    const orders = group.length === 1 ? "One order of" : `${group.length} orders of`;
    return [
      {
        link,
        rule: "result-overdue",
        subject: test,
        since: dueAt,
        text: `${orders} ${test} without a result in the time set for it.`,
        count: group.length,
        examples: examples.map(({ order }) => `ServiceRequest/${order}`),
      },
    ];
  });
}

/** Orders so late that nobody waits for them any more: so an alert about them ends, and the next one is seen. */
export function givenUp({ results }: Overdue, nowMs: number): readonly Operation[] {
  return results
    .filter((result) => isGivenUp(result, nowMs))
    .map(({ order, version, awaited }): Operation => {
      const body: AwaitedResult = { ...awaited, state: "given-up" };
      return { action: "update", kind: awaitedResultKind, id: order, body, ifMatch: version };
    });
}

function isGivenUp({ awaited }: OverdueResult, nowMs: number): boolean {
  return nowMs - Date.parse(awaited.dueAt) >= limits.watchGiveUpMs;
}
