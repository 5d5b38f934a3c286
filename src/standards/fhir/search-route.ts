import { type CodeList, jsonKey, shapeOf } from "./definitions.ts";
import type { Condition, SearchExpression } from "./search-expression.ts";

/** A way through the JSON of a resource to values of one type. */
export interface Route {
  readonly steps: readonly Step[];
  /** The FHIR type of what lies at the end. */
  readonly type: string;
  /** The required binding of the element at the end. */
  readonly codes: CodeList | undefined;
}

export interface Step {
  readonly key: string;
  /** All of these must hold of a value under the key. */
  readonly conditions: readonly Condition[];
  /** Only the item at this place of an array. */
  readonly index: number | undefined;
}

/**
 * The routes that an expression over resources of `type` takes; a choice of types has one for each. Empty where a name is not
 * that of an element. The comparison of Patient-deceased has the routes of what it compares.
 */
export function routesOf(expression: SearchExpression, type: string): readonly Route[] {
  switch (expression.kind) {
    case "root":
      return isA(type, expression.type) ? [{ steps: [], type, codes: undefined }] : [];
    case "child":
      return routesOf(expression.of, type).flatMap((route) => children(route, expression.name));
    case "item":
      return withLastStep(routesOf(expression.of, type), (step) => ({ ...step, index: expression.index }));
    case "cast":
      return routesOf(expression.of, type).filter((route) => route.type === expression.type);
    case "where":
      return where(routesOf(expression.of, type), expression.condition);
    case "extension":
      return where(
        routesOf(expression.of, type).flatMap((route) => children(route, "extension")),
        { kind: "equals", name: "url", value: expression.url },
      );
    case "union":
      return expression.parts.flatMap((part) => routesOf(part, type));
    case "exists-and-differs":
      return routesOf(expression.of, type);
  }
}

function isA(type: string, base: string): boolean {
  for (let name: string | undefined = type; name !== undefined; name = shapeOf(name)?.base) {
    if (name === base) return true;
  }
  return false;
}

/** The routes one element further. */
export function children(route: Route, name: string): readonly Route[] {
  const element = shapeOf(route.type)?.elements.find((candidate) => candidate.name === name);
  if (element === undefined) return [];
  return element.types.map((type) => ({
    steps: [...route.steps, { key: jsonKey(element, type.name), conditions: [], index: undefined }],
    type: type.name,
    codes: element.codes,
  }));
}

function where(routes: readonly Route[], condition: Condition): readonly Route[] {
  return withLastStep(routes, (step) => ({ ...step, conditions: [...step.conditions, condition] }));
}

function withLastStep(routes: readonly Route[], change: (step: Step) => Step): readonly Route[] {
  return routes.flatMap((route) => {
    const last = route.steps.at(-1);
    return last === undefined ? [] : [{ ...route, steps: [...route.steps.slice(0, -1), change(last)] }];
  });
}
