import { failed, incorrect, limits, ok, type Problem, type Result, unsupported } from "#kernel";
import type { ComposeFilter } from "#standards/terminology";
import { allCodes, type CodeSet, codes } from "../systems/code-set.ts";
import { eclSet } from "./ecl-set.ts";

const incomplete = incorrect("value-set-incorrect", "A filter needs a property, an operator and a value.", {
  where: "ValueSet.compose.include.filter",
});
const snomed = "http://snomed.info/sct";
const onCode: ReadonlySet<string> = new Set(["concept", "code"]);

/**
 * The codes that one filter of a value set lets through. Problems: incorrect `value-set-incorrect`; unsupported `filter-unsupported`, `filter-pattern-unsupported`; of a
 * SNOMED CT `constraint` those of `eclSet`.
 * Source: FHIR R4, value set filter-operator; §4.3.1 (SNOMED CT: `concept in` is a reference set).
 */
export function filterSet(system: string, { property, op, value }: ComposeFilter): Result<CodeSet> {
  if (!property || !op || !value) return failed(incomplete);
  switch (op) {
    case "is-a":
      return ok({ is: "below", code: value, self: true });
    case "descendent-of":
      return ok({ is: "below", code: value, self: false });
    case "is-not-a":
      return ok({ is: "not", part: { is: "below", code: value, self: true } });
    case "generalizes":
      return ok({ is: "above", code: value, self: true });
    case "child-of":
      return ok({ is: "value", property: "parent", any: [value] });
    case "=":
      return equal(system, property, value);
    case "in":
      return ok(anyOf(system, property, listed(value)));
    case "not-in":
      return ok({ is: "not", part: anyOf(system, property, listed(value)) });
    case "exists":
      return ok(value === "false" ? { is: "not", part: { is: "present", property } } : { is: "present", property });
    case "regex":
      return matching(property, value);
    default:
      return failed(notSupported(property, op));
  }
}

function equal(system: string, property: string, value: string): Result<CodeSet> {
  if (system === snomed && property === "constraint") return eclSet(value);
  if (system === snomed && (property === "expression" || property === "expressions")) return ok(allCodes);
  if (property === "ancestor") return ok({ is: "below", code: value, self: false });
  return ok(onCode.has(property) ? codes([value]) : { is: "value", property, any: [value] });
}

function anyOf(system: string, property: string, values: readonly string[]): CodeSet {
  if (system === snomed && property === "concept") return { is: "value", property: "memberOf", any: values };
  return onCode.has(property) ? codes(values) : { is: "value", property, any: values };
}

function listed(value: string): readonly string[] {
  return value.split(",").map((part) => part.trim());
}

/** Repetitions of what may itself repeat could take for ever on a text made for it, and so could many of them. */
const repeatedGroup = /\)[*+{]/;
const unbounded = /[*+]|\{\d+,\}/g;
const unboundedMax = 3;
const notPlain = /\(\?|\\[1-9k]/;

function matching(property: string, value: string): Result<CodeSet> {
  const isBounded =
    value.length <= limits.terminologyPatternCharactersMax &&
    !repeatedGroup.test(value) &&
    !notPlain.test(value) &&
    (value.match(unbounded) ?? []).length <= unboundedMax;
  try {
    if (isBounded)
      return ok({ is: "matches", property: property === "concept" ? "code" : property, pattern: whole(value) });
  } catch {
    // Not a pattern that JavaScript reads: told below.
  }
  return failed(patternUnsupported);
}

function whole(pattern: string): RegExp {
  return new RegExp(`^(?:${pattern})$`, "u");
}

const patternUnsupported: Problem = unsupported(
  "filter-pattern-unsupported",
  "A filter's regular expression is not one that Corridor evaluates: no repeated groups, at most three open repetitions.",
);

function notSupported(property: string, op: string): Problem {
  return unsupported("filter-unsupported", `Corridor does not evaluate the filter ${op} on ${property}.`);
}
