import type { Json, JsonObject } from "#kernel";
import { readAttributePath } from "./filter/attribute-path.ts";
import type { AttributePath } from "./filter/filter.ts";
import { asObject } from "./filter/located.ts";

/** Which attributes are asked for, or asked to be left out. Source: RFC 7644 §3.4.2.5. */
export interface Wanted {
  readonly attributes?: string | undefined;
  readonly excludedAttributes?: string | undefined;
}

/** Always shown, whatever is asked for. */
const always: ReadonlySet<string> = new Set(["schemas", "id", "meta"]);

/** The resource with what is wanted of it. Names that there are not are passed over. */
export function shownOf(resource: JsonObject, { attributes, excludedAttributes }: Wanted): JsonObject {
  if (attributes !== undefined) return picked(resource, pathsIn(attributes));
  if (excludedAttributes !== undefined) return without(resource, pathsIn(excludedAttributes));
  return resource;
}

/** Whether the members of a group need be looked up at all. */
export function wantsMembers({ attributes, excludedAttributes }: Wanted): boolean {
  const names = (text: string) => pathsIn(text).map(({ name }) => name?.toLowerCase());
  if (attributes !== undefined) return names(attributes).includes("members");
  return excludedAttributes === undefined || !names(excludedAttributes).includes("members");
}

function pathsIn(text: string): readonly AttributePath[] {
  return text.split(",").flatMap((each) => readAttributePath(each.trim()) ?? []);
}

function picked(resource: JsonObject, paths: readonly AttributePath[]): JsonObject {
  const entries = Object.entries(resource).flatMap(([key, value]): [string, Json][] => {
    if (always.has(key)) return [[key, value]];
    const asked = paths.filter((path) => topOf(path) === key.toLowerCase());
    if (asked.length === 0) return [];
    if (asked.some((path) => partOf(path) === undefined)) return [[key, value]];
    const parts = new Set(asked.map((path) => partOf(path)?.toLowerCase()));
    return [[key, keepParts(value, (part) => parts.has(part.toLowerCase()))]];
  });
  return Object.fromEntries(entries);
}

function without(resource: JsonObject, paths: readonly AttributePath[]): JsonObject {
  const entries = Object.entries(resource).flatMap(([key, value]): [string, Json][] => {
    if (always.has(key)) return [[key, value]];
    const asked = paths.filter((path) => topOf(path) === key.toLowerCase());
    if (asked.some((path) => partOf(path) === undefined)) return [];
    const parts = new Set(asked.map((path) => partOf(path)?.toLowerCase()));
    return [[key, asked.length === 0 ? value : keepParts(value, (part) => !parts.has(part.toLowerCase()))]];
  });
  return Object.fromEntries(entries);
}

/** What stands at the top of a resource: an attribute, or the URN of an extension. */
function topOf({ schema, name }: AttributePath): string | undefined {
  return (schema?.includes(":extension:") ? schema : name)?.toLowerCase();
}

function partOf({ schema, name, sub }: AttributePath): string | undefined {
  return schema?.includes(":extension:") ? name : sub;
}

function keepParts(value: Json, keeps: (part: string) => boolean): Json {
  if (Array.isArray(value)) return value.map((each: Json) => keepParts(each, keeps));
  const object = asObject(value);
  return object === undefined ? value : Object.fromEntries(Object.entries(object).filter(([part]) => keeps(part)));
}
