import type { Json } from "#kernel";
import type { Way } from "./target.ts";

/** A resource, or a part of one, while rows fill it. */
export interface Draft {
  readonly json: Record<string, Json>;
  /** Of the resource it is part of: `Patient-1`. */
  readonly resource: DraftResource;
  /** Entries of its lists and its parts, by key, index and scope. */
  readonly slots: Map<string, Draft>;
}

export interface DraftResource extends Draft {
  readonly type: string;
  readonly id: string;
  /** The segments that rows have filled it from, or would have: `OBX[3]`. */
  readonly segments: Set<string>;
}

/** The resources of one message. Made anew for each. */
export interface Drafts {
  readonly made: DraftResource[];
}

export function newResource(drafts: Drafts, type: string): DraftResource {
  const id = `${type.toLowerCase()}-${drafts.made.length + 1}`;
  const made = {
    json: { resourceType: type, id },
    slots: new Map(),
    type,
    id,
    segments: new Set(),
  } as unknown as DraftResource & {
    resource: DraftResource;
  };
  made.resource = made;
  drafts.made.push(made);
  return made;
}

/** The part that a way leads to, made when it is not there. `scope` tells apart the segments and repetitions. */
export function enter(
  drafts: Drafts,
  from: Draft,
  { way, scope }: { readonly way: Way; readonly scope: string },
): Draft {
  const kind = way.is === "resource" ? way.type : "";
  const key = way.isList ? `${way.key}#${way.index}#${scope}${kind}` : `${way.key}${kind}`;
  const known = from.slots.get(key);
  if (known !== undefined) return known;
  const made = way.is === "resource" ? newResource(drafts, way.type) : part(from.resource);
  if (way.is === "resource") attach(from, way, { reference: `${way.type}/${(made as DraftResource).id}` });
  else if (way.is === "beside") attachBeside(from, way, made.json);
  else attach(from, way, made.json);
  from.slots.set(key, made);
  return made;
}

function part(resource: DraftResource): Draft {
  return { json: {}, resource, slots: new Map() };
}

/** A single element that is there already stays. */
function attach(from: Draft, { key, isList }: Way, json: Json): void {
  if (!isList) from.json[key] ??= json;
  else from.json[key] = [...((from.json[key] as readonly Json[] | undefined) ?? []), json];
}

function attachBeside(from: Draft, { key, isList }: Way, json: Json): void {
  from.json[`_${key}`] = isList ? [json] : json;
}

/** Writes a value; false when the place is taken by another. */
export function put(draft: Draft, { key, isList }: Way, value: Json): boolean {
  if (isList) {
    const list = (draft.json[key] as readonly Json[] | undefined) ?? [];
    if (!list.includes(value)) draft.json[key] = [...list, value];
    return true;
  }
  draft.json[key] ??= value;
  return draft.json[key] === value;
}

/**
 * Without empty parts, extensions that say nothing, codings that have a system alone, and references to what is gone.
 * What there is nothing to take from is answered as it is.
 */
export function pruned(json: Json, gone: ReadonlySet<string> = new Set()): Json | undefined {
  if (typeof json !== "object" || json === null) return json;
  if (Array.isArray(json)) return prunedList(json, gone);
  const object = json as { readonly [key: string]: Json };
  if (gone.size > 0 && "reference" in object && gone.has(String(object.reference))) return undefined;
  let changed: Record<string, Json> | undefined;
  let count = 0;
  let last = "";
  for (const key in object) {
    const before = object[key] as Json;
    const after = pruned(key === "extension" ? withUrl(before) : before, gone);
    if (after !== before) changed ??= { ...object };
    if (after === undefined) delete changed?.[key];
    else {
      if (changed !== undefined) changed[key] = after;
      count += 1;
      last = key;
    }
  }
  if (count === 0 || (count === 1 && (last === "url" || last === "system" || last === "type"))) return undefined;
  return changed ?? json;
}

function prunedList(list: readonly Json[], gone: ReadonlySet<string>): readonly Json[] | undefined {
  const items: Json[] = [];
  let isSame = true;
  for (const item of list) {
    const kept = pruned(item, gone);
    if (kept !== item) isSame = false;
    if (kept !== undefined) items.push(kept);
  }
  if (items.length === 0) return undefined;
  return isSame ? list : items;
}

/** What has no url cannot be told what it is. */
function withUrl(extensions: Json): Json {
  if (!Array.isArray(extensions)) return extensions;
  const hasUrl = (each: Json) => typeof each === "object" && each !== null && "url" in each;
  return extensions.every(hasUrl) ? extensions : extensions.filter(hasUrl);
}
