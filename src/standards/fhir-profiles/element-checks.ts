import { isJsonObject, type Json, type JsonObject } from "#kernel";
import { type BindingStrength, checkBinding } from "./binding.ts";
import { type ConstraintText, checkConstraints, compileConstraint, isBaseConstraint } from "./constraint.ts";
import type { Item } from "./element-item.ts";
import { type ElementNode, objects, valueUnder } from "./element-node.ts";
import { fitsPattern, isSame } from "./value-match.ts";
import { error, report, type Visit } from "./visit.ts";

/** Checks one value of an element; the visit's path is that of the value. */
export type ItemCheck = (item: Item, visit: Visit) => void;

/** What an ElementDefinition asks of each value by itself: fixed, pattern, limits, binding, invariants. */
export function valueChecks(node: ElementNode): readonly ItemCheck[] {
  const { element } = node;
  return [
    ...fixedCheck(element),
    ...patternCheck(element),
    ...limitChecks(element),
    ...bindingChecks(node),
    ...constraintChecks(element),
  ];
}

function fixedCheck(element: JsonObject): readonly ItemCheck[] {
  const fixed = valueUnder(element, "fixed");
  if (fixed === undefined) return [];
  const message = `The value must be exactly ${told(fixed)}.`;
  return [
    ({ value }, visit) => {
      if (value !== undefined && !isSame(value, fixed)) report(visit, error("value", "fixed-value", message));
    },
  ];
}

function patternCheck(element: JsonObject): readonly ItemCheck[] {
  const pattern = valueUnder(element, "pattern");
  if (pattern === undefined) return [];
  const message = `The value must have what this has: ${told(pattern)}.`;
  return [
    ({ value }, visit) => {
      if (value !== undefined && !fitsPattern(value, pattern)) report(visit, error("value", "pattern-value", message));
    },
  ];
}

const toldCharactersMax = 200;

function told(value: Json): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length <= toldCharactersMax ? text : `${text.slice(0, toldCharactersMax)}…`;
}

function limitChecks(element: JsonObject): readonly ItemCheck[] {
  const checks: ItemCheck[] = [];
  const { maxLength } = element;
  if (typeof maxLength === "number") {
    checks.push(({ value }, visit) => {
      if (typeof value === "string" && value.length > maxLength)
        report(visit, error("too-long", "max-length", `There may be ${maxLength} characters at most.`));
    });
  }
  for (const [end, isBeyond] of [
    ["minValue", (order: number) => order < 0],
    ["maxValue", (order: number) => order > 0],
  ] as const) {
    const limit = valueUnder(element, end);
    if (limit === undefined) continue;
    const message = `The value must be ${end === "minValue" ? "at least" : "at most"} ${told(limit)}.`;
    checks.push(({ value }, visit) => {
      const order = orderOf(value, limit);
      if (order !== undefined && isBeyond(order)) report(visit, error("value", end, message));
    });
  }
  return checks;
}

/** Below zero where the value is less; undefined where the two cannot be compared. */
function orderOf(value: Json | undefined, limit: Json): number | undefined {
  if (typeof value === "number" && typeof limit === "number") return value - limit;
  if (typeof value === "string" && typeof limit === "string") return timeOrder(value, limit);
  if (!isJsonObject(value) || !isJsonObject(limit)) return undefined;
  if (value.code !== limit.code || value.system !== limit.system) return undefined;
  return orderOf(value.value, limit.value ?? null);
}

/** Dates and times as far as the coarser of the two goes. */
function timeOrder(value: string, limit: string): number | undefined {
  if (value.includes("T") && limit.includes("T")) {
    const difference = Date.parse(value) - Date.parse(limit);
    return Number.isNaN(difference) ? undefined : difference;
  }
  const length = Math.min(value.length, limit.length, "2000-01-01".length);
  const [one, other] = [value.slice(0, length), limit.slice(0, length)];
  return one < other ? -1 : one > other ? 1 : 0;
}

function bindingChecks({ element }: ElementNode): readonly ItemCheck[] {
  const { binding } = element;
  if (!isJsonObject(binding) || typeof binding.valueSet !== "string") return [];
  const { strength, valueSet } = binding;
  if (strength !== "required" && strength !== "extensible" && strength !== "preferred") return [];
  const bound = { strength: strength as BindingStrength, valueSet };
  const [only] = objects(element.type);
  const declared = typeof only?.code === "string" ? only.code : "";
  return [
    ({ value, type }, visit) => {
      if (value !== undefined) checkBinding(value, { binding: bound, typeName: type ?? declared }, visit);
    },
  ];
}

function constraintChecks(element: JsonObject): readonly ItemCheck[] {
  const texts = objects(element.constraint).flatMap(constraintText);
  const path = typeof element.path === "string" ? element.path : "";
  const constraints = texts.filter((text) => !isBaseConstraint(text)).map((text) => compileConstraint(text, path));
  if (constraints.length === 0) return [];
  return [
    ({ value, beside }, visit) => {
      const input = value ?? beside;
      if (input !== undefined) checkConstraints(constraints, input, visit);
    },
  ];
}

function constraintText({ key, severity, expression, human }: JsonObject): readonly ConstraintText[] {
  if (typeof key !== "string" || typeof expression !== "string") return [];
  return [
    {
      key,
      severity: severity === "warning" ? "warning" : "error",
      expression,
      human: typeof human === "string" ? human : expression,
    },
  ];
}
