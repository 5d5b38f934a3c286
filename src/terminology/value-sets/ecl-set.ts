import { ok, type Result } from "#kernel";
import {
  type EclAttribute,
  type EclExpression,
  type EclOperator,
  type EclRefinement,
  type EclValue,
  parseEcl,
} from "#standards/ecl";
import { allCodes, and, type CodeSet, codes, minus, or } from "../systems/code-set.ts";
import type { GroupCondition, RelatedValue, Relation } from "../systems/relation.ts";

/**
 * The codes of SNOMED CT that an expression constraint means, inactive ones among them where they fit. Problems: those of
 * `parseEcl`. Source: SNOMED CT Expression Constraint Language 2.
 */
export function eclSet(text: string): Result<CodeSet> {
  const parsed = parseEcl(text);
  return parsed.ok ? ok(setOf(parsed.value)) : parsed;
}

function setOf(expression: EclExpression): CodeSet {
  switch (expression.is) {
    case "any":
      return allCodes;
    case "concept":
      return codes([expression.code]);
    case "operator":
      return operated(expression.operator, setOf(expression.of));
    case "and":
      return and(...expression.of.map(setOf));
    case "or":
      return expression.of.map(setOf).reduce(or);
    case "minus":
      return minus(setOf(expression.from), setOf(expression.without));
    case "refined":
      return and(setOf(expression.of), refinedSet(expression.by));
    case "dotted":
      return { is: "valueOf", names: setOf(expression.attribute), of: setOf(expression.of) };
  }
}

/** Of few codes each has its own key; of all, what tells is whether anything stands above or below. */
const namedMax = 20;

function operated(operator: EclOperator, of: CodeSet): CodeSet {
  if (of.is === "all") return ofAll(operator);
  if (of.is === "codes" && of.codes.size > 0 && of.codes.size <= namedMax) return ofNamed(operator, [...of.codes]);
  const isSelf = operator.startsWith("<<") || operator.startsWith(">>");
  if (operator === "^") return { is: "related", relation: someOf(codes(["memberOf"]), of) };
  return { is: operator.startsWith("<") ? "under" : "over", of, isSelf, isDirect: operator.endsWith("!") };
}

function ofAll(operator: EclOperator): CodeSet {
  switch (operator) {
    case "^":
      return { is: "present", property: "memberOf" };
    case "<":
    case "<!":
      return { is: "present", property: "parent" };
    case ">":
    case ">!":
      return { is: "present", property: "child" };
    case "<<":
    case "<<!":
    case ">>":
    case ">>!":
      return allCodes;
  }
}

function ofNamed(operator: EclOperator, named: readonly string[]): CodeSet {
  const each = (is: "below" | "above", self: boolean) => named.map((code): CodeSet => ({ is, code, self })).reduce(or);
  switch (operator) {
    case "<<":
      return each("below", true);
    case "<":
      return each("below", false);
    case ">>":
      return each("above", true);
    case ">":
      return each("above", false);
    case "<!":
      return { is: "value", property: "parent", any: named };
    case ">!":
      return { is: "value", property: "child", any: named };
    case "<<!":
      return or({ is: "value", property: "parent", any: named }, codes(named));
    case ">>!":
      return or({ is: "value", property: "child", any: named }, codes(named));
    case "^":
      return { is: "value", property: "memberOf", any: named };
  }
}

function refinedSet(by: EclRefinement): CodeSet {
  switch (by.is) {
    case "and":
      return and(...by.of.map(refinedSet));
    case "or":
      return by.of.map(refinedSet).reduce(or);
    case "attribute":
      return attributeSet(by);
    case "group": {
      const grouped: CodeSet = { is: "grouped", by: conditionOf(by.of), ...by.cardinality };
      // What a group must have, the concept has: that is found by an index, and the groups are then looked at.
      return by.cardinality.min === 0 ? grouped : and(...leading(by.of), grouped);
    }
  }
}

function attributeSet(attribute: EclAttribute): CodeSet {
  const relation = relationOf(attribute);
  const { min, max, value, names } = relation;
  if (min === 0 && max === undefined) return allCodes;
  if (max === 0) return { is: "not", part: attributeSet({ ...attribute, cardinality: { min: 1, max: undefined } }) };
  if (attribute.isReversed && value.is === "codes") return { is: "valueOf", names, of: value.of };
  return { is: "related", relation };
}

function relationOf({ name, value, cardinality }: EclAttribute): Relation {
  return { names: setOf(name), value: relatedValue(value), ...cardinality };
}

function relatedValue(value: EclValue): RelatedValue {
  switch (value.is) {
    case "concepts": {
      const of = setOf(value.of);
      return { is: "codes", of: value.isNegated ? { is: "not", part: of } : of };
    }
    case "number":
      return value;
    case "text":
      return value;
    case "boolean":
      return { is: "text", isNegated: value.isNegated, text: String(value.boolean) };
  }
}

function conditionOf(by: EclRefinement): GroupCondition {
  switch (by.is) {
    case "and":
    case "or":
      return { is: by.is, parts: by.of.map(conditionOf) };
    case "attribute":
      return { is: "relation", relation: relationOf(by) };
    case "group":
      return conditionOf(by.of);
  }
}

function leading(by: EclRefinement): readonly CodeSet[] {
  const parts = by.is === "and" ? by.of : [by];
  return parts.flatMap((part) =>
    part.is === "attribute" && part.cardinality.min > 0
      ? [attributeSet({ ...part, cardinality: { min: 1, max: undefined } })]
      : [],
  );
}

function someOf(names: CodeSet, of: CodeSet): Relation {
  return { names, value: { is: "codes", of }, min: 1, max: undefined };
}
