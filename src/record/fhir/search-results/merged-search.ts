import { ok, type Result } from "#kernel";
import type { Cursor, Page, Query } from "../../documents/query.ts";
import type { HealthRecord } from "../../health-record.ts";
import { inParallel } from "../bundle/in-parallel.ts";

export interface MergedSearch {
  /** At least one; of several, all in the order of the last change, with the same limit and place to go on from. */
  readonly queries: readonly Query[];
  /** What the actor may not search is passed over. */
  readonly isOpen: boolean;
}

/**
 * One page of what several searches find together. Positions in the feed order all kinds, so the place where a page ended
 * is the same for each of them.
 */
export async function mergedPage(record: HealthRecord, { queries, isOpen }: MergedSearch): Promise<Result<Page>> {
  const [only] = queries;
  if (only !== undefined && queries.length === 1 && !isOpen) return record.search(only);
  const pages = permitted(await inParallel(queries, (query) => record.search(query)), isOpen);
  return pages.ok ? ok(merged(pages.value, queries[0])) : pages;
}

/** How many several searches find together. */
export async function mergedCount(record: HealthRecord, { queries, isOpen }: MergedSearch): Promise<Result<number>> {
  const counts = permitted(await inParallel(queries, (query) => record.count(query)), isOpen);
  return counts.ok ? ok(counts.value.reduce((sum, count) => sum + count, 0)) : counts;
}

function permitted<T>(results: readonly Result<T>[], isOpen: boolean): Result<readonly T[]> {
  const values: T[] = [];
  for (const result of results) {
    if (result.ok) values.push(result.value);
    else if (!isOpen || result.problems[0].category !== "forbidden") return result;
  }
  return ok(values);
}

function merged(pages: readonly Page[], query: Query | undefined): Page {
  if (query === undefined) return { versions: [] };
  const { sort, limit, after } = query;
  const direction = sort.descending ? -1 : 1;
  const all = pages.flatMap(({ versions }) => versions);
  all.sort((one, other) => direction * (one.position - other.position));
  const isBackward = after?.isBackward === true;
  // Backwards, what is nearest to the place that was left is at the end.
  const versions = isBackward ? all.slice(-limit) : all.slice(0, limit);
  const isMore = all.length > limit || pages.some((page) => (isBackward ? page.previous : page.next) !== undefined);
  const [first, last] = [versions[0], versions.at(-1)];
  if (first === undefined || last === undefined) return { versions };
  const previous: Cursor = { position: first.position, isBackward: true };
  return {
    versions,
    ...(isBackward || isMore ? { next: { position: last.position } } : {}),
    ...((isBackward ? isMore : after !== undefined) ? { previous } : {}),
  };
}
