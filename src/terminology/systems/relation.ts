import type { ConceptProperty } from "#standards/terminology";
import type { CodeSet } from "./code-set.ts";

/** What one relation of a concept to another must be: its name, its value, and how many there are of such. */
export interface Relation {
  readonly names: CodeSet;
  readonly value: RelatedValue;
  readonly min: number;
  /** Undefined: any number. */
  readonly max: number | undefined;
}

export type RelatedValue =
  | { readonly is: "codes"; readonly of: CodeSet }
  | { readonly is: "number"; readonly comparison: NumberComparison; readonly number: number }
  | { readonly is: "text"; readonly isNegated: boolean; readonly text: string };

export type NumberComparison = "=" | "!=" | "<" | "<=" | ">" | ">=";

/** What must hold of the relations of one group. */
export type GroupCondition =
  | { readonly is: "and" | "or"; readonly parts: readonly GroupCondition[] }
  | { readonly is: "relation"; readonly relation: Relation };

/** Whether a code, by itself or by its concept, is in a set. */
type IsIn = (code: string, set: CodeSet) => boolean;

export function isWithin(count: number, { min, max }: Pick<Relation, "min" | "max">): boolean {
  return count >= min && (max === undefined || count <= max);
}

export function isRelated(properties: readonly ConceptProperty[], relation: Relation, isIn: IsIn): boolean {
  return isWithin(properties.filter((property) => meets(property, relation, isIn)).length, relation);
}

/** How many groups meet the condition; what stands in no group, or in group 0, counts in none. */
export function groupsMeeting(properties: readonly ConceptProperty[], by: GroupCondition, isIn: IsIn): number {
  const groups = Map.groupBy(
    properties.filter(({ group = 0 }) => group > 0),
    ({ group }) => group,
  );
  return [...groups.values()].filter((group) => meetsAll(group, by, isIn)).length;
}

function meetsAll(group: readonly ConceptProperty[], by: GroupCondition, isIn: IsIn): boolean {
  switch (by.is) {
    case "and":
      return by.parts.every((part) => meetsAll(group, part, isIn));
    case "or":
      return by.parts.some((part) => meetsAll(group, part, isIn));
    case "relation":
      return isRelated(group, by.relation, isIn);
  }
}

function meets(property: ConceptProperty, { names, value }: Relation, isIn: IsIn): boolean {
  // Of any name, only relations are meant, and no other property.
  const isNamed = names.is === "all" ? property.group !== undefined : isIn(property.code, names);
  return isNamed && hasValue(property, value, isIn);
}

function hasValue({ valueCode, valueDecimal, valueString }: ConceptProperty, value: RelatedValue, isIn: IsIn): boolean {
  switch (value.is) {
    case "codes":
      return valueCode !== undefined && isIn(valueCode, value.of);
    case "number":
      return valueDecimal !== undefined && compares(valueDecimal, value.comparison, value.number);
    case "text":
      return valueString !== undefined && (valueString === value.text) !== value.isNegated;
  }
}

function compares(own: number, comparison: NumberComparison, number: number): boolean {
  switch (comparison) {
    case "=":
      return own === number;
    case "!=":
      return own !== number;
    case "<":
      return own < number;
    case "<=":
      return own <= number;
    case ">":
      return own > number;
    case ">=":
      return own >= number;
  }
}
