import { isJsonObject, type Json, type JsonObject } from "#kernel";
import { containedOf } from "./reference-resolution.ts";
import type { Visit } from "./visit.ts";
import { xhtmlFlaws } from "./xhtml.ts";

type Roots = Pick<Visit, "rootResource">;

/** `ask` where the expression itself must be asked. */
type Holds = (value: Json, visit: Roots) => boolean | undefined | "ask";

function onObject(holds: (object: JsonObject, visit: Roots) => boolean | "ask"): Holds {
  return (value, visit) => (isJsonObject(value) ? holds(value, visit) : undefined);
}

/**
 * The invariants that nearly every resource meets, and those that FHIRPath cannot express, written by hand: they must say
 * what their expressions say (`native-constraints.test.ts`).
 */
export const nativeConstraints: ReadonlyMap<string, Holds> = new Map<string, Holds>([
  ["dom-2", onObject((resource) => containedIn(resource).every(({ contained }) => contained === undefined))],
  ["dom-3", onObject(everyContainedIsReferenced)],
  ["dom-4", onObject((resource) => containedIn(resource).every((each) => !hasMeta(each, "versionId", "lastUpdated")))],
  ["dom-5", onObject((resource) => containedIn(resource).every((each) => !hasMeta(each, "security")))],
  ["dom-6", onObject(({ text }) => isJsonObject(text) && has(text, "div"))],
  ["ext-1", onObject((extension) => (extension.extension !== undefined) !== hasValueX(extension))],
  ["ref-1", onObject(localReferenceIsContained)],
  ["qty-3", onObject((quantity) => !has(quantity, "code") || has(quantity, "system"))],
  ["cpt-2", onObject((point) => !has(point, "value") || has(point, "system"))],
  ["att-1", onObject((attachment) => !has(attachment, "data") || has(attachment, "contentType"))],
  ["per-1", onObject(startIsBeforeEnd)],
  ["obs-3", onObject((range) => has(range, "low") || has(range, "high") || has(range, "text"))],
  ["obs-6", onObject((observation) => !has(observation, "dataAbsentReason") || !hasValueX(observation))],
  ["txt-1", (div) => (typeof div === "string" ? !xhtmlFlaws(div).some(({ rule }) => rule === "txt-1") : undefined)],
  ["txt-2", (div) => (typeof div === "string" ? !xhtmlFlaws(div).some(({ rule }) => rule === "txt-2") : undefined)],
]);

/** A primitive element is there also where only its `_` sibling is. */
function has(object: JsonObject, name: string): boolean {
  return object[name] !== undefined || object[`_${name}`] !== undefined;
}

function hasValueX(object: JsonObject): boolean {
  for (const key in object) {
    if ((key.startsWith("value") && key.length > 5) || key.startsWith("_value")) return object[key] !== undefined;
  }
  return false;
}

const none: readonly JsonObject[] = [];

function containedIn({ contained }: JsonObject): readonly JsonObject[] {
  return Array.isArray(contained) ? contained.filter(isJsonObject) : none;
}

function hasMeta({ meta }: JsonObject, ...names: readonly string[]): boolean {
  return isJsonObject(meta) && names.some((name) => has(meta, name));
}

/** Source: invariant ref-1 of R4; a lone `#` is the container itself. */
function localReferenceIsContained({ reference }: JsonObject, { rootResource }: Roots): boolean {
  if (typeof reference !== "string" || !reference.startsWith("#")) return true;
  return reference === "#" || containedOf(rootResource, reference.slice(1)) !== undefined;
}

/** Two moments, or two dates of the same precision; whatever else there may be is for FHIRPath. */
function startIsBeforeEnd({ start, end }: JsonObject): boolean | "ask" {
  if (typeof start !== "string" || typeof end !== "string") return true;
  if (start.length <= dateLength && start.length === end.length) return start <= end;
  const order =
    start.length >= momentLength && end.length >= momentLength ? Date.parse(start) - Date.parse(end) : Number.NaN;
  return Number.isNaN(order) ? "ask" : order <= 0;
}

const dateLength = "2026-11-23".length;
const momentLength = "2026-11-23T09:30:00Z".length;

/** Source: invariant dom-3 of R4. */
function everyContainedIsReferenced(resource: JsonObject): boolean {
  const contained = containedIn(resource);
  if (contained.length === 0) return true;
  const fragments = new Set<string>();
  collectFragments(resource, fragments);
  return contained.every((each) => fragments.has(`#${String(each.id)}`) || pointsAtContainer(each));
}

function pointsAtContainer(contained: JsonObject): boolean {
  const fragments = new Set<string>();
  collectFragments(contained, fragments);
  return fragments.has("#");
}

function collectFragments(value: Json, fragments: Set<string>): void {
  if (typeof value === "string") {
    if (value.startsWith("#")) fragments.add(value);
  } else if (typeof value === "object" && value !== null) {
    for (const inner of Object.values(value)) collectFragments(inner as Json, fragments);
  }
}
