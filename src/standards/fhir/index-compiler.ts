import { isJsonObject, type Json, type JsonObject } from "#kernel";
import { compositeParts } from "./composite.ts";
import { type IndexSink, silentSink, type TupleValue } from "./index-sink.ts";
import { type Emit, emitFor, plainTokenTypes } from "./index-values.ts";
import { parseReference } from "./reference.ts";
import { type Condition, parseSearchExpression, type SearchExpression } from "./search-expression.ts";
import {
  type AddedSearchParameter,
  addedSearchParameterOf,
  type FoundValue,
  type SearchParameter,
  type SearchParameterType,
  searchParameterOf,
  searchParametersOf,
} from "./search-parameters.ts";
import { children, type Route, routesOf, type Step } from "./search-route.ts";

export type Indexer = (resource: JsonObject, sink: IndexSink) => void;

/**
 * One function that walks a resource of `type` once and puts what every parameter finds into a sink, or only those named.
 * Parameters that do not compile (see `unindexedParameters`) and unknown codes are passed over; so is a value of a wrong
 * form: the function never throws on one. Dates that state no offset are taken as wall-clock time `offsetMinutes` ahead
 * of UTC. Compiling costs about a millisecond: keep the result.
 */
export function compileIndexer(type: string, parameterCodes?: readonly string[], offsetMinutes = 0): Indexer {
  const parameters =
    parameterCodes?.map((code) => searchParameterOf(type, code)).filter((parameter) => parameter !== undefined) ??
    searchParametersOf(type);
  const root = newNode();
  const rules: Indexer[] = [];
  for (const parameter of parameters) {
    const plan = planOf(parameter, type, offsetMinutes);
    const param = addedSearchParameterOf(type, parameter.code)?.heldAs ?? parameter.code;
    for (const { route, emit } of plan?.routes ?? []) addRoute(root, route.steps, { param, emit });
    if (plan?.rule !== undefined) rules.push(plan.rule);
  }
  return (resource, sink) => {
    visitObject(root, resource, sink);
    for (const rule of rules) rule(resource, sink);
  };
}

/** Whether values of the parameter reach the index, under its own name or, of a composite, under those of its components. */
export function isIndexed(parameter: SearchParameter, type: string): boolean {
  if (parameter.type === "composite") return compositeParts(type, parameter) !== undefined;
  return planOf(parameter, type, 0) !== undefined;
}

/**
 * For a token parameter whose values never state a system: the systems that its codes are of, by the bindings of its
 * elements. Undefined for every other parameter.
 */
export function plainTokenOf(type: string, code: string): { readonly systems: readonly string[] } | undefined {
  const parameter = searchParameterOf(type, code);
  if (parameter?.type !== "token") return undefined;
  const expression = parameter.expression === undefined ? undefined : parseSearchExpression(parameter.expression);
  if (expression === undefined) return undefined;
  if (expression.kind === "exists-and-differs") return { systems: [] };
  const ends = endsOf(routesOf(expression, type));
  const isPlain = ends.length > 0 && ends.every((route) => plainTokenTypes.has(route.type));
  return isPlain ? { systems: [...new Set(ends.flatMap(({ codes }) => codes?.system ?? []))] } : undefined;
}

interface Plan {
  readonly routes: readonly { readonly route: Route; readonly emit: Emit }[];
  readonly rule?: Indexer;
}

function planOf(parameter: SearchParameter, type: string, offsetMinutes: number): Plan | undefined {
  if (parameter.type === "composite") return tuplePlan(parameter, type, offsetMinutes);
  const added = addedSearchParameterOf(type, parameter.code);
  if (added?.evaluate !== undefined) return { routes: [], rule: evaluating(added, added.evaluate, offsetMinutes) };
  const expression = parameter.expression === undefined ? undefined : parseSearchExpression(parameter.expression);
  if (expression === undefined) return undefined;
  const routes = routesOf(expression, type);
  if (expression.kind === "exists-and-differs") {
    return { routes: [], rule: existsAndDiffers(parameter.code, routes, expression) };
  }
  const ends = endsOf(routes);
  const isPlain = ends.every((route) => plainTokenTypes.has(route.type));
  const emits = ends.flatMap((route) => {
    const emit = emitFor(parameter.type, route.type, { codes: route.codes, offsetMinutes, isPlain });
    return emit === undefined ? [] : [{ route, emit }];
  });
  return emits.length === 0 ? undefined : { routes: emits };
}

/** Values that are found by evaluating, each as its type says; a type that means nothing to the parameter is passed over. */
function evaluating(
  { heldAs, type }: AddedSearchParameter,
  evaluate: (resource: JsonObject) => readonly FoundValue[],
  offsetMinutes: number,
): Indexer {
  return (resource, sink) => {
    for (const found of evaluate(resource)) {
      emitFor(type, found.type, { codes: undefined, offsetMinutes, isPlain: false })?.(found.value, heldAs, sink);
    }
  };
}

/** The components of a composite whose element repeats are gathered at each of its elements. */
function tuplePlan(parameter: SearchParameter, type: string, offsetMinutes: number): Plan | undefined {
  const defined = searchParametersOf(type);
  const routes = (compositeParts(type, parameter) ?? []).flatMap((part) => {
    if (part.kind === "single") return [];
    const nodes = part.components.map((component, at) => {
      const url = parameter.components[at]?.url;
      const kind = defined.find((candidate) => candidate.url === url)?.type ?? "token";
      return componentNode(kind, component, offsetMinutes);
    });
    return [{ route: part.base, emit: emitTuple(nodes) }];
  });
  return routes.length === 0 ? undefined : { routes };
}

function componentNode(kind: SearchParameterType, routes: readonly Route[], offsetMinutes: number): Node {
  const node = newNode();
  for (const route of routes) {
    const emit = emitFor(kind, route.type, { codes: route.codes, offsetMinutes, isPlain: false });
    if (emit !== undefined) addRoute(node, route.steps, { param: "", emit });
  }
  return node;
}

function emitTuple(nodes: readonly Node[]): Emit {
  return (value, param, sink) => {
    if (!isJsonObject(value)) return;
    const components = nodes.map((node) => {
      const found: TupleValue[] = [];
      visitObject(node, value, gathering(found));
      return found;
    });
    if (components.every((found) => found.length > 0)) sink.tuple(param, components);
  };
}

function gathering(found: TupleValue[]): IndexSink {
  return {
    ...silentSink,
    token: (_, system, code) => found.push({ kind: "token", system, code }),
    plain: (_, code) => found.push({ kind: "token", system: undefined, code }),
    reference: (_, target) => found.push({ kind: "reference", target }),
    quantity: (_, quantity) => found.push({ kind: "quantity", quantity }),
  };
}

/** An extension is found by its value. */
function endsOf(routes: readonly Route[]): readonly Route[] {
  return routes.flatMap((route) => (route.type === "Extension" ? children(route, "value") : [route]));
}

/** `X.exists() and X != false` as a token, `true` or `false`, of every resource. */
function existsAndDiffers(
  param: string,
  routes: readonly Route[],
  { from }: SearchExpression & { readonly kind: "exists-and-differs" },
): Indexer {
  const keys = routes.flatMap(({ steps: [step] }) => (step === undefined ? [] : [step.key]));
  return (resource, sink) => {
    const found = keys.map((key) => resource[key]).find((value) => value !== undefined);
    sink.plain(param, String(found !== undefined && found !== from));
  };
}

/** The routes of all parameters as one tree, so that what they share is walked once. */
interface Node {
  readonly emits: { readonly param: string; readonly emit: Emit }[];
  readonly edges: Edge[];
}

interface Edge {
  readonly step: Step;
  readonly node: Node;
}

function newNode(): Node {
  return { emits: [], edges: [] };
}

function addRoute(node: Node, [step, ...rest]: readonly Step[], end: Node["emits"][number]): void {
  if (step === undefined) {
    node.emits.push(end);
    return;
  }
  const name = JSON.stringify(step);
  let edge = node.edges.find((candidate) => JSON.stringify(candidate.step) === name);
  if (edge === undefined) {
    edge = { step, node: newNode() };
    node.edges.push(edge);
  }
  addRoute(edge.node, rest, end);
}

function visitObject(node: Node, object: JsonObject, sink: IndexSink): void {
  for (const { step, node: next } of node.edges) {
    const value = object[step.key];
    if (value === undefined) continue;
    if (!Array.isArray(value)) visitValue(next, value, step, sink);
    else if (step.index !== undefined) visitValue(next, value[step.index], step, sink);
    else for (const item of value) visitValue(next, item, step, sink);
  }
}

function visitValue(node: Node, value: Json | undefined, step: Step, sink: IndexSink): void {
  if (value === undefined || value === null) return;
  for (const condition of step.conditions) if (!holds(condition, value)) return;
  for (const { param, emit } of node.emits) emit(value, param, sink);
  if (node.edges.length > 0 && isJsonObject(value)) visitObject(node, value, sink);
}

function holds(condition: Condition, value: Json): boolean {
  if (!isJsonObject(value)) return false;
  switch (condition.kind) {
    case "equals":
      return value[condition.name] === condition.value;
    case "resolves-to":
      return refersTo(value, condition.type);
    case "has-extension":
      return (
        Array.isArray(value.extension) &&
        value.extension.some((item: Json) => isJsonObject(item) && item.url === condition.url)
      );
  }
}

/** By the text of the reference, or by its `type` where the text does not tell. */
function refersTo({ reference, type }: JsonObject, wanted: string): boolean {
  if (typeof reference !== "string") return type === wanted;
  return (parseReference(reference)?.type ?? type) === wanted;
}
