import { compareValues } from "./comparison.ts";
import type { Collection, Node } from "./node.ts";
import { type Evaluate, fail, type Run, spend } from "./run.ts";
import type { SystemValue } from "./system-value.ts";
import { singleValue } from "./values.ts";

export interface SortKey {
  readonly evaluate: Evaluate;
  readonly isDescending: boolean;
}

interface Keyed {
  readonly node: Node;
  readonly values: readonly (SystemValue | undefined)[];
}

/** By the first key, then the next; items without a key come first, whichever way. Source: FHIRPath 3.0 (ballot), sort. */
export function sortedBy(run: Run, input: Collection, keys: readonly SortKey[]): Collection {
  const keyed: Keyed[] = [];
  for (const node of input) {
    if (!spend(run, keys.length)) return input;
    keyed.push({ node, values: keys.map(({ evaluate }) => singleValue(run, evaluate(run, [node]))) });
  }
  return keyed.sort((left, right) => orderOf(run, { left, right, keys })).map(({ node }) => node);
}

interface Pair {
  readonly left: Keyed;
  readonly right: Keyed;
  readonly keys: readonly SortKey[];
}

function orderOf(run: Run, { left, right, keys }: Pair): number {
  for (let at = 0; at < keys.length; at += 1) {
    const [first, second] = [left.values[at], right.values[at]];
    if (first === undefined || second === undefined) {
      if (first !== second) return first === undefined ? -1 : 1;
    } else {
      const order = orderOfValues(run, first, second);
      if (order !== 0) return keys[at]?.isDescending === true ? -order : order;
    }
  }
  return 0;
}

function orderOfValues(run: Run, left: SystemValue, right: SystemValue): number {
  const order = compareValues(left, right);
  if (order === "incomparable") {
    fail(run, "fhirpath-wrong-type", "Only numbers, strings, dates, times and quantities can be sorted.");
    return 0;
  }
  return order ?? 0;
}
