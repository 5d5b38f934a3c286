import { isJsonObject, type Json, type JsonObject, limits } from "#kernel";
import { isPrimitiveType, isResourceType, jsonKey, shapeOf } from "./definitions.ts";
import type { Resource } from "./generated/types.ts";

/** A place in a resource that points elsewhere. */
export interface Link {
  /** FHIRPath of the Reference (`Observation.subject`), or of the uri or narrative itself. */
  readonly where: string;
  /** What is written there; for a narrative, the value of one `href` or `src`. */
  readonly target: string;
  readonly kind: "reference" | "uri" | "narrative";
  /** For references: the types the definition allows; empty for any. */
  readonly types: readonly string[];
}

/**
 * The resource with what `change` returns in place of each link's target; undefined leaves it. The resource given is not
 * changed, and is returned itself where nothing is. Links are Reference.reference, values of type uri, url, canonical, oid
 * and uuid, and href and src in narratives, in contained resources and Bundle entries too. What has another form than
 * R4 gives it, or lies deeper than `limits.jsonDepthMax`, is passed over.
 */
export function changeLinks<T extends Resource>(resource: T, change: (link: Link) => string | undefined): T {
  return changedResource(resource, { change, path: [] }) as T;
}

interface Walk {
  readonly change: (link: Link) => string | undefined;
  readonly path: (string | number)[];
}

type Change = (value: Json, walk: Walk) => Json;

interface Member {
  /** As FHIRPath has it: `value.ofType(Reference)` for the key `valueReference`. */
  readonly pathName: string;
  readonly changed: Change;
}

const plans = new Map<string, ReadonlyMap<string, Member>>();

function changedResource(value: Json, walk: Walk): Json {
  const type = isJsonObject(value) ? value.resourceType : undefined;
  if (!isJsonObject(value) || typeof type !== "string" || !isResourceType(type)) return value;
  if (walk.path.length > 0) return changedObject(type, value, walk);
  return changedObject(type, value, { ...walk, path: [type] });
}

function changedObject(shapeName: string, object: JsonObject, walk: Walk): JsonObject {
  if (walk.path.length > limits.jsonDepthMax) return object;
  const members = membersOf(shapeName);
  let changed: Record<string, Json> | undefined;
  for (const key in object) {
    const member = members.get(key);
    const value = object[key];
    if (member === undefined || value === undefined) continue;
    walk.path.push(member.pathName);
    const next = changedValue(value, walk, member.changed);
    walk.path.pop();
    if (next === value) continue;
    changed ??= { ...object };
    changed[key] = next;
  }
  return changed ?? object;
}

function changedValue(value: Json, walk: Walk, changed: Change): Json {
  if (!Array.isArray(value)) return changed(value, walk);
  let isChanged = false;
  const items = value.map((item: Json, index) => {
    walk.path.push(index);
    const next = changed(item, walk);
    walk.path.pop();
    isChanged ||= next !== item;
    return next;
  });
  return isChanged ? items : value;
}

/** The keys of a shape under which links may lie. */
function membersOf(shapeName: string): ReadonlyMap<string, Member> {
  const known = plans.get(shapeName);
  if (known !== undefined) return known;
  const members = new Map<string, Member>();
  for (const element of shapeOf(shapeName)?.elements ?? []) {
    for (const { name: type, targets } of element.types) {
      const key = jsonKey(element, type);
      const pathName = element.choice ? `${element.name}.ofType(${type})` : element.name;
      const changed = changeOf(type, targets);
      if (changed !== undefined) members.set(key, { pathName, changed });
      if (isPrimitiveType(type)) members.set(`_${key}`, { pathName, changed: objectChange("Element") });
    }
  }
  plans.set(shapeName, members);
  return members;
}

const uriTypes: readonly string[] = ["uri", "url", "canonical", "oid", "uuid"];

function changeOf(type: string, targets: readonly string[]): Change | undefined {
  if (type === "Resource") return changedResource;
  if (type === "Reference") return referenceChange(targets);
  if (type === "xhtml") return changedNarrative;
  if (uriTypes.includes(type)) return changedUri;
  return isPrimitiveType(type) ? undefined : objectChange(type);
}

function objectChange(shapeName: string): Change {
  return (value, walk) => (isJsonObject(value) ? changedObject(shapeName, value, walk) : value);
}

function referenceChange(types: readonly string[]): Change {
  return (value, walk) => {
    if (!isJsonObject(value)) return value;
    const inner = changedObject("Reference", value, walk);
    const target = inner.reference;
    if (typeof target !== "string") return inner;
    const next = walk.change({ where: pathText(walk.path), target, kind: "reference", types });
    return next === undefined || next === target ? inner : { ...inner, reference: next };
  };
}

function changedUri(value: Json, walk: Walk): Json {
  if (typeof value !== "string") return value;
  return walk.change({ where: pathText(walk.path), target: value, kind: "uri", types: [] }) ?? value;
}

const narrativeLink = /(\s(?:href|src)\s*=\s*)("[^"<]*"|'[^'<]*')/g;

function changedNarrative(value: Json, walk: Walk): Json {
  if (typeof value !== "string") return value;
  return value.replace(narrativeLink, (whole, start: string, quoted: string) => {
    const target = quoted.slice(1, -1);
    const next = walk.change({ where: pathText(walk.path), target, kind: "narrative", types: [] });
    return next === undefined ? whole : `${start}${quoted[0]}${next}${quoted[0]}`;
  });
}

function pathText(path: readonly (string | number)[]): string {
  return path
    .map((part) => (typeof part === "number" ? `[${part}]` : `.${part}`))
    .join("")
    .slice(1);
}
