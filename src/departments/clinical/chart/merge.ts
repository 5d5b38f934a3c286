export interface MergeOptions<T> {
  /** Undefined for items without a time, which come last. */
  timeOf(item: T): number | undefined;
  readonly limit: number;
}

export interface Merged<T> {
  readonly items: readonly T[];
  /** How many of each list were taken, always from its start. */
  readonly taken: readonly number[];
}

/** The newest of several lists, each newest first, up to a limit. */
export function mergeNewestFirst<T>(lists: readonly (readonly T[])[], { timeOf, limit }: MergeOptions<T>): Merged<T> {
  const taken = lists.map(() => 0);
  const items: T[] = [];
  while (items.length < limit) {
    const at = newestHead(lists, taken, timeOf);
    const head = at === undefined ? undefined : lists[at]?.[taken[at] ?? 0];
    if (at === undefined || head === undefined) break;
    items.push(head);
    taken[at] = (taken[at] ?? 0) + 1;
  }
  return { items, taken };
}

function newestHead<T>(
  lists: readonly (readonly T[])[],
  taken: readonly number[],
  timeOf: (item: T) => number | undefined,
): number | undefined {
  let newest: { readonly at: number; readonly time: number } | undefined;
  for (const [at, list] of lists.entries()) {
    const head = list[taken[at] ?? 0];
    if (head === undefined) continue;
    const time = timeOf(head) ?? Number.NEGATIVE_INFINITY;
    if (newest === undefined || time > newest.time) newest = { at, time };
  }
  return newest?.at;
}
