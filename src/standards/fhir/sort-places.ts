import { parseSearchExpression } from "./search-expression.ts";
import { searchParameterOf } from "./search-parameters.ts";
import { children, type Route, routesOf, type Step } from "./search-route.ts";

/** Names of members from the top of a resource to the text that it is sorted by; lists are gone through. */
export type SortPlace = readonly {
  readonly name: string;
  /** Only values of which this member has this value. */
  readonly where?: { readonly name: string; readonly value: string };
}[];

/** What a person reads first of a value: its code or number, its address, its text where it has neither. */
const ends: Readonly<Record<string, readonly string[]>> = {
  Coding: ["code"],
  CodeableConcept: ["coding.code", "text"],
  Identifier: ["value"],
  ContactPoint: ["value"],
  Reference: ["reference"],
  code: [""],
  id: [""],
  string: [""],
  uri: [""],
  url: [""],
  canonical: [""],
  oid: [""],
  uuid: [""],
};

/** Where the values of a token, reference or uri parameter stand; empty where they cannot be sorted by. */
export function sortPlaces(type: string, code: string): readonly SortPlace[] {
  const expression = parseSearchExpression(searchParameterOf(type, code)?.expression ?? "");
  if (expression === undefined || expression.kind === "exists-and-differs") return [];
  const routes = routesOf(expression, type).flatMap((route) =>
    route.type === "Extension" ? children(route, "value") : [route],
  );
  return routes.flatMap(placesOf);
}

function placesOf({ steps, type }: Route): readonly SortPlace[] {
  if (steps.some(({ index }) => index !== undefined)) return [];
  const place = steps.map(placeStep);
  if (place.includes(undefined)) return [];
  const names = place.filter((step) => step !== undefined);
  return (ends[type] ?? []).map((end) => [...names, ...(end === "" ? [] : end.split(".").map((name) => ({ name })))]);
}

/** Of references that must lead to one type, every reference counts: what they lead to is not known of the text alone. */
function placeStep({ key, conditions }: Step): SortPlace[number] | undefined {
  const equal = conditions.filter((condition) => condition.kind === "equals");
  if (equal.length > 1 || conditions.some(({ kind }) => kind === "has-extension")) return undefined;
  const [where] = equal;
  return where === undefined ? { name: key } : { name: key, where: { name: where.name, value: where.value } };
}

/** Whether the parameter says of every resource that something is so or not: `true` or `false`, as Patient's `deceased`. */
export function isTruth(type: string, code: string): boolean {
  return parseSearchExpression(searchParameterOf(type, code)?.expression ?? "")?.kind === "exists-and-differs";
}
