import type { Json } from "#kernel";
import { shapeOf } from "#standards/fhir";
import { segmentLeaves } from "#standards/hl7v2";
import { type DraftResource, markOf, type ReadyMaps } from "#standards/v2-to-fhir";
import type { SegmentReader } from "../message-reader.ts";
import { rowsOfSegments } from "../rows/index.ts";
import { type Copying, copied } from "./copying.ts";
import type { Drafted } from "./drafted.ts";
import type { Target } from "./join.ts";
import { makeSound } from "./soundness.ts";
import type { JsonObject } from "./sources.ts";

/**
 * What no layer may change of what the typed mapping makes: who is meant, which document a message is about and which
 * version of it counts, whether it stands, and how resources hang together. Gates and joins go by these.
 */
const ownDecision =
  /^(?:resourceType|id|meta|status|docStatus|intent|subject|patient|encounter|active|link|identifier|component|hasMember|result|basedOn|text|contained|presentedForm|content)$/;

/** Of the member of a resource: `status`. */
export function isOwnDecision(member: string): boolean {
  return ownDecision.test(member);
}

export interface Overruling {
  readonly readers: readonly SegmentReader[];
  readonly maps: ReadyMaps;
  /** Drafts of the whole message by some maps, with what copying parts of them takes. */
  draft(maps: ReadyMaps): Drafted;
}

/**
 * A target as the sender's own layers have it: the elements that a row of theirs names are what the row makes of the
 * message, and those whose rows they have taken away are gone. The values behind what is replaced or taken away count as
 * not read. Undefined where nothing changes, or R4 has no room for what the rows make.
 */
export function overruled(target: Target, { readers, maps, draft }: Overruling): JsonObject | undefined {
  const resource = structuredClone(target.resource) as JsonObject;
  const isOf = ({ type, segments }: DraftResource) => resource.resourceType === type && segments.has(target.where);
  const change: Change = { resource, readers, changed: new Set() };
  if (maps.without !== undefined) {
    const { drafted } = draft(maps.without);
    for (const without of drafted.drafts.filter(isOf)) takeAway(without, change);
  }
  if (maps.above !== undefined) {
    const { drafted, copyingInto } = draft(maps.above);
    const wholes = wholeElements(maps.above, String(resource.resourceType));
    const contained = [...((resource.contained ?? []) as readonly JsonObject[])];
    const copying = copyingInto(target.isWhole ? contained : undefined);
    for (const above of drafted.drafts.filter(isOf)) putAbove(above, change, { wholes, copying });
    if (contained.length > 0) resource.contained = contained;
    if (change.changed.size > 0) markRead(readers, { drafted, type: String(resource.resourceType), change });
  }
  return change.changed.size > 0 && makeSound(resource) ? resource : undefined;
}

interface Change {
  readonly resource: JsonObject;
  readonly readers: readonly SegmentReader[];
  /** Members of the resource. */
  readonly changed: Set<string>;
}

/** Paths of elements that a row makes as a whole: `address`, and not `address.district` alone. */
function wholeElements({ segments }: ReadyMaps, type: string): ReadonlySet<string> {
  const maps = [...segments.values()].filter(({ made }) => made === type);
  return new Set(maps.flatMap(({ rows }) => rows.map(({ element }) => element)));
}

function putAbove(
  above: DraftResource,
  change: Change,
  { wholes, copying }: { readonly wholes: ReadonlySet<string>; readonly copying: Copying },
): void {
  const { resource, changed } = change;
  for (const key of Object.keys(above.json)) {
    const value = ownDecision.test(key) ? undefined : copied(above.json[key] ?? null, copying);
    if (value === undefined || value === null) continue;
    const has = resource[key];
    const merged = mergedPart({ has, value, path: key, wholes });
    if (has !== undefined && JSON.stringify(has) === JSON.stringify(merged)) continue;
    const others = choicesBeside(String(resource.resourceType), key).filter((other) => resource[other] !== undefined);
    for (const other of others) delete resource[other];
    resource[key] = merged;
    changed.add(key);
    if (wholes.has(key) || others.length > 0) forget(above, change, key);
  }
}

interface Merging {
  readonly has: Json | undefined;
  readonly value: Json;
  readonly path: string;
  readonly wholes: ReadonlySet<string>;
}

/** A part that rows make as a whole takes the place of the other; else its members do, entries of lists by their places. */
function mergedPart({ has, value, path, wholes }: Merging): Json {
  if (path.endsWith("extension") && Array.isArray(value) && Array.isArray(has)) return withExtensions(has, value);
  if (has === undefined || wholes.has(path) || typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) {
    if (!Array.isArray(has)) return value;
    const merged = value.map((each, at) => mergedPart({ has: has[at], value: each, path, wholes }));
    return [...merged, ...has.slice(value.length)];
  }
  const merged = { ...(has as JsonObject) };
  for (const [key, part] of Object.entries(value as JsonObject))
    merged[key] = mergedPart({ has: merged[key], value: part, path: `${path}.${key}`, wholes });
  return merged;
}

function withExtensions(has: readonly Json[], value: readonly Json[]): readonly Json[] {
  const urls = new Set(value.map((each) => (each as JsonObject).url));
  return [...has.filter((each) => !urls.has((each as JsonObject).url)), ...value];
}

/** `deceasedBoolean` beside `deceasedDateTime`. Source: FHIR R4 §2.1.15 (choice of data types). */
function choicesBeside(type: string, key: string): readonly string[] {
  const choice = shapeOf(type)?.elements.find(({ choice, name }) => choice && key.startsWith(name));
  if (choice === undefined) return [];
  const names = choice.types.map(({ name }) => `${choice.name}${name.charAt(0).toUpperCase()}${name.slice(1)}`);
  return names.includes(key) ? names.filter((name) => name !== key) : [];
}

/** What rows that were taken away would have made, and the typed mapping has made by itself. */
function takeAway(without: DraftResource, change: Change): void {
  const { resource, changed } = change;
  for (const key of Object.keys(without.json)) {
    if (ownDecision.test(key)) continue;
    const has = [key, ...choicesBeside(without.type, key)].filter((each) => resource[each] !== undefined);
    const value = without.json[key];
    // A list may hold what other fields have given.
    if (Array.isArray(value) && (resource[key] as readonly Json[] | undefined)?.length !== value.length) continue;
    for (const each of has) {
      delete resource[each];
      changed.add(each);
    }
    if (has.length > 0) forget(without, change, key);
  }
}

/** The values that the typed mapping had put into an element are carried by whoever comes next. */
function forget({ type, segments }: DraftResource, { readers }: Change, key: string): void {
  for (const reader of readers) {
    const rows = rowsOfSegments[reader.name];
    if (rows === undefined || !segments.has(reader.where)) continue;
    for (const { place } of segmentLeaves(reader.segment)) {
      const [resource, element = ""] = String(rows[place.field] ?? "").split(".");
      const isSame =
        element === key || (element !== "" && choicesBeside(type, key).length > 0 && key.startsWith(element));
      if (resource === type && isSame) reader.withdraw(place);
    }
  }
}

interface Marking {
  readonly drafted: Drafted["drafted"];
  readonly type: string;
  readonly change: Change;
}

function markRead(readers: readonly SegmentReader[], { drafted, type, change }: Marking): void {
  for (const reader of readers) {
    for (const leaf of segmentLeaves(reader.segment)) {
      const mark = markOf(leaf, drafted.marks);
      const [member = ""] = (mark?.element ?? "").split(".");
      if (mark !== undefined && [...change.changed].some((key) => key === member || key.startsWith(member)))
        reader.join(leaf, `${type}.${mark.element}`);
    }
  }
}
