import { isSingleValued, searchParameterOf } from "#standards/fhir";
import type { Clause, NumberBounds } from "../../documents/clause.ts";

type NumberClause = Clause & { readonly is: "number" };

/**
 * Bounds from both sides, `value-quantity=ge5|…|mg&value-quantity=lt6|…|mg`, as one: by a parameter that has one value at
 * most they are about the same value, and only together do they say where to look.
 */
export function mergedNumbers(type: string, clauses: readonly Clause[]): readonly Clause[] {
  const merged: Clause[] = [];
  for (const clause of clauses) {
    const at = merged.findIndex((other) => together(type, other, clause) !== undefined);
    const both = at === -1 ? undefined : together(type, merged[at], clause);
    if (both === undefined) merged.push(clause);
    else merged[at] = both;
  }
  return merged;
}

/** Undefined unless both are bounds on the one value of the same parameter, in the same unit. */
function together(type: string, one: Clause | undefined, other: Clause): NumberClause | undefined {
  if (one?.is !== "number" || other.is !== "number") return undefined;
  const [[first, ...more], [second, ...others]] = [one.any, other.any];
  if (first === undefined || second === undefined || more.length + others.length > 0) return undefined;
  if (!isOfOneValue(type, first) || placeOf(first) !== placeOf(second)) return undefined;
  return { is: "number", any: [{ ...first, where: [...first.where, ...second.where] }] };
}

function isOfOneValue(type: string, { parameter }: NumberBounds): boolean {
  // In canonical units a quantity stands under `parameter~unit`.
  const known = searchParameterOf(type, parameter.replace(/~.*$/, ""));
  return known !== undefined && isSingleValued(type, known);
}

function placeOf({ parameter, unit }: NumberBounds): string {
  return JSON.stringify([parameter, unit]);
}
