import { jsonKey, shapeOf } from "./definitions.ts";
import { emitFor } from "./index-values.ts";
import { parseSearchExpression, type SearchExpression } from "./search-expression.ts";
import { type SearchParameter, searchParametersOf } from "./search-parameters.ts";
import { type Route, routesOf } from "./search-route.ts";

/**
 * How a composite is searched. Where its element can only be there once (the resource itself), its components stand on it
 * by themselves under the parameters named; otherwise they are kept together, as tuples under the composite's own name.
 */
export type CompositePart =
  | { readonly kind: "single"; readonly parameters: readonly string[] }
  | { readonly kind: "tuple"; readonly base: Route; readonly components: readonly (readonly Route[])[] };

const known = new Map<string, readonly CompositePart[] | undefined>();

/** The parts, of which any may match; undefined for what is no composite, or one whose components are not on one element. */
export function compositeParts(type: string, parameter: SearchParameter): readonly CompositePart[] | undefined {
  const name = `${type}?${parameter.code}`;
  if (!known.has(name)) known.set(name, partsOf(type, parameter));
  return known.get(name);
}

function partsOf(type: string, parameter: SearchParameter): readonly CompositePart[] | undefined {
  if (parameter.type !== "composite" || parameter.expression === undefined) return undefined;
  const expression = parseSearchExpression(parameter.expression);
  if (expression === undefined) return undefined;
  const bases = expression.kind === "union" ? expression.parts : [expression];
  const parts = bases.map((base) => partOf(type, parameter, base));
  return parts.every((part) => part !== undefined) ? parts : undefined;
}

function partOf(type: string, parameter: SearchParameter, base: SearchExpression): CompositePart | undefined {
  const [route, ...others] = routesOf(base, type);
  if (route === undefined || others.length > 0) return undefined;
  const components = parameter.components.map(({ expression }) => routesWithin(route, expression));
  if (components.some((routes) => routes === undefined || routes.length === 0)) return undefined;
  const found = components.filter((routes) => routes !== undefined);
  if (!found.every((routes, at) => isIndexable(type, parameter.components[at]?.url, routes))) return undefined;
  const single = isSingle(type, route) ? singleOf(type, parameter, route, found) : undefined;
  return single ?? { kind: "tuple", base: route, components: found };
}

/** Whether the parameter that defines the component can have values of these types. */
function isIndexable(type: string, url: string | undefined, routes: readonly Route[]): boolean {
  const defined = searchParametersOf(type).find((candidate) => candidate.url === url);
  if (defined === undefined) return false;
  return routes.some(({ type: of, codes }) => emitFor(defined.type, of, { codes, isPlain: false, offsetMinutes: 0 }));
}

/** The routes of a component from the element of the composite; `%resource` leads out of it. */
function routesWithin(base: Route, expression: string): readonly Route[] | undefined {
  const rooted = expression
    .split("|")
    .map((part) => `Element.${part.trim()}`.replace("as(DateTime)", "as(dateTime)"))
    .join(" | ");
  const parsed = expression.includes("%") ? undefined : parseSearchExpression(rooted);
  return parsed && routesOf(withRoot(parsed, base.type), base.type);
}

/** The expression with another root; the type of an inner element (`Observation.component`) cannot be written in one. */
function withRoot(expression: SearchExpression, type: string): SearchExpression {
  if (expression.kind === "root") return { kind: "root", type };
  if (expression.kind === "union")
    return { ...expression, parts: expression.parts.map((part) => withRoot(part, type)) };
  return { ...expression, of: withRoot(expression.of, type) };
}

function isSingle(type: string, { steps }: Route): boolean {
  let shape = shapeOf(type);
  return steps.every(({ key }) => {
    const element = shape?.elements.find((candidate) =>
      candidate.types.some(({ name }) => jsonKey(candidate, name) === key),
    );
    shape = shapeOf(element?.types[0]?.name ?? "");
    return element?.max === 1;
  });
}

/** Whether a resource has one value of the parameter at most. */
export function isSingleValued(type: string, parameter: SearchParameter): boolean {
  const expression = parameter.expression === undefined ? undefined : parseSearchExpression(parameter.expression);
  const routes = expression === undefined ? [] : routesOf(expression, type);
  const elements = new Set(routes.map(({ steps }) => steps.map(({ key }) => elementOf(type, key)).join(".")));
  return routes.length > 0 && elements.size === 1 && routes.every((route) => isSingle(type, route));
}

/** `effective` for `effectivePeriod`: of a choice there is one. */
function elementOf(type: string, key: string): string {
  const elements = shapeOf(type)?.elements ?? [];
  return elements.find((element) => element.types.some(({ name }) => jsonKey(element, name) === key))?.name ?? key;
}

/** The parameters that find exactly what the components do, or else those that the components are defined by. */
function singleOf(
  type: string,
  composite: SearchParameter,
  base: Route,
  components: readonly (readonly Route[])[],
): CompositePart | undefined {
  const all = searchParametersOf(type);
  const parameters = components.map((routes, at) => {
    const defined = all.find(({ url }) => url === composite.components[at]?.url);
    const wanted = new Set(routes.map((route) => JSON.stringify([...base.steps, ...route.steps])));
    const exact = all.find((candidate) => {
      const expression = candidate.expression === undefined ? undefined : parseSearchExpression(candidate.expression);
      if (candidate.type !== defined?.type || expression === undefined) return false;
      const own = routesOf(expression, type).filter((route) => route.type !== "SampledData");
      return own.length === wanted.size && own.every(({ steps }) => wanted.has(JSON.stringify(steps)));
    });
    return (exact ?? (base.steps.length === 0 ? widerThan(composite, defined) : undefined))?.code;
  });
  const found = parameters.filter((code) => code !== undefined);
  return found.length === components.length ? { kind: "single", parameters: found } : undefined;
}

/** Of a composite over the resource and its inner elements, the component's own parameter is about all of them. */
function widerThan({ expression }: SearchParameter, defined: SearchParameter | undefined): SearchParameter | undefined {
  return expression?.includes("|") ? undefined : defined;
}
