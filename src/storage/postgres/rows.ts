import type { Kind, SortThrough } from "#record";
import type { KindNumbers } from "./kinds.ts";
import type { ResolvedClause } from "./resolved-clause.ts";
import type { SqlText } from "./sql-text.ts";

/** The rows of `document` that a condition is about. */
export interface Rows {
  readonly sql: SqlText;
  readonly kinds: KindNumbers;
  readonly kind: Kind;
  /** The name of the row: `d`; those inside chains are deeper, `d1`, `d2`. */
  readonly depth: number;
  /** The condition is what must not hold. */
  readonly isNegated?: boolean;
  /** What must hold of the documents that others are sorted by. */
  readonly sortedBy?: ReadonlyMap<SortThrough, readonly ResolvedClause[]>;
}

export function rowName({ depth }: Pick<Rows, "depth">): string {
  return depth === 0 ? "d" : `d${depth}`;
}

export function anyOf(conditions: readonly string[]): string {
  return conditions.length === 0 ? "false" : `(${conditions.join(" or ")})`;
}

export function allOf(conditions: readonly (string | false)[]): string {
  const present = conditions.filter((condition) => condition !== false);
  return present.length === 0 ? "true" : `(${present.join(" and ")})`;
}
