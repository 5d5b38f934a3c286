import { isSingleValued, searchParameterOf } from "#standards/fhir";
import type { Clause, DateBounds } from "../../documents/clause.ts";

type DateClause = Clause & { readonly is: "date" };

/**
 * Bounds from both sides, `date=ge2026&date=lt2027`, as one: by a parameter that has one value at most they are about the
 * same value, and only together do they say where to look.
 */
export function mergedDates(type: string, clauses: readonly Clause[]): readonly Clause[] {
  const merged: Clause[] = [];
  for (const clause of clauses) {
    const at = clause.is === "date" ? merged.findIndex((other) => isSame(type, clause, other)) : -1;
    const other = merged[at];
    if (clause.is === "date" && other?.is === "date") merged[at] = together(other, clause);
    else merged.push(clause);
  }
  return merged;
}

/** More pairs of bounds than this are not worth it. */
const pairsMax = 16;

function isSame(type: string, one: DateClause, other: Clause): boolean {
  if (other.is !== "date" || other.parameter !== one.parameter) return false;
  const parameter = searchParameterOf(type, one.parameter);
  return one.any.length * other.any.length <= pairsMax && parameter !== undefined && isSingleValued(type, parameter);
}

function together(one: DateClause, other: DateClause): DateClause {
  return { ...one, any: one.any.flatMap((bounds) => other.any.map((more) => within(bounds, more))) };
}

function within(one: DateBounds, other: DateBounds): DateBounds {
  return {
    ...bound("fromMinMs", Math.max, one, other),
    ...bound("fromMaxMs", Math.min, one, other),
    ...bound("toMinMs", Math.max, one, other),
    ...bound("toMaxMs", Math.min, one, other),
  };
}

function bound(
  name: keyof DateBounds,
  narrower: (...values: number[]) => number,
  one: DateBounds,
  other: DateBounds,
): DateBounds {
  const values = [one[name], other[name]].filter((value) => value !== undefined);
  return values.length === 0 ? {} : { [name]: narrower(...values) };
}
