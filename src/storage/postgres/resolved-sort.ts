import type { Query, SortThrough, SortValue } from "#record";
import type { ReadNeeds } from "./read.ts";
import { looksUpPositions, resolveClauses } from "./resolve-clause.ts";
import type { ResolvedClause } from "./resolved-clause.ts";
import { sortKeys } from "./sort-order.ts";

/** The conditions on the documents that a search is sorted by, looked up as far as those of chains are. */
export async function resolvedSort(
  needs: ReadNeeds,
  query: Query,
): Promise<ReadonlyMap<SortThrough, readonly ResolvedClause[]>> {
  const found = new Map<SortThrough, readonly ResolvedClause[]>();
  for (const through of sortKeys(query).flatMap(({ by }) => throughs(by))) {
    if (through.all !== undefined) found.set(through, await resolveClauses(needs, through.to, through.all));
  }
  return found;
}

/** Whether that looks up where documents stand (see `looksUpPositions`). */
export function sortLooksUpPositions(query: Query): boolean {
  return sortKeys(query).some(({ by }) => throughs(by).some(({ all }) => all !== undefined && looksUpPositions(all)));
}

function throughs(value: SortValue): readonly SortThrough[] {
  if (typeof value === "string") return [];
  if ("to" in value) return [value, ...throughs(value.by)];
  return "leastOf" in value ? value.leastOf.flatMap(throughs) : [];
}
