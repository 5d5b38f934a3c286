import type { JsonObject } from "#kernel";
import { type ElementDefinition, shapeOf } from "#standards/fhir";
import { objectText } from "../../bundle-text.ts";
import { type Instance, isSameInstance, objectIn } from "./instance.ts";
import { type GivenElement, givenAs, isWhole, valuePart } from "./value-part.ts";

/**
 * What makes one resource of another, as operations of a FHIRPath Patch, each a JSON text. What each version has of its own
 * (id, versionId, lastUpdated) is no difference. Deletions come last, so that nothing is empty on the way.
 * Source: FHIR R4 §3.1.0.6.1 (FHIRPath Patch).
 */
export function differences(type: string, before: JsonObject, after: JsonObject): readonly string[] {
  const found: Found = { changes: [], deletions: [] };
  compareObjects({ shape: type, path: type }, [ownless(before), ownless(after)], found);
  return [...found.changes, ...found.deletions];
}

interface Found {
  readonly changes: string[];
  readonly deletions: string[];
}

interface Place {
  readonly shape: string;
  readonly path: string;
}

function ownless({ id: _id, meta, ...rest }: JsonObject): JsonObject {
  const { versionId: _versionId, lastUpdated: _lastUpdated, ...kept } = (meta ?? {}) as JsonObject;
  return Object.keys(kept).length === 0 ? rest : { ...rest, meta: kept };
}

type Two<T> = readonly [before: T, after: T];

function compareObjects({ shape, path }: Place, [before, after]: Two<JsonObject>, found: Found): void {
  for (const element of shapeOf(shape)?.elements ?? []) {
    const [old] = givenAs(element, before);
    const [now] = givenAs(element, after);
    const at = `${path}.${element.name}`;
    if (now === undefined) deleteAll(element, at, old, found);
    else if (old === undefined) {
      found.changes.push(
        ...now.instances.map((instance) => added(path, element.name, valuePart("value", now.type, instance))),
      );
    } else if (element.max > 1) compareLists({ shape: now.type, path: at }, [old.instances, now.instances], found);
    else compareSingle({ path, name: element.name }, [old, now], found);
  }
}

function deleteAll(element: ElementDefinition, at: string, old: GivenElement | undefined, found: Found): void {
  const last = (old?.instances.length ?? 0) - 1;
  for (let index = last; index >= 0; index -= 1) {
    found.deletions.push(deleted(element.max > 1 ? `${at}[${index}]` : at, old?.type ?? "", old?.instances[index]));
  }
}

/** A value of another type is another element: the one goes, the other comes. */
function compareSingle({ path, name }: Member, [old, now]: Two<GivenElement>, found: Found): void {
  const [before, after] = [old.instances[0], now.instances[0]];
  if (before === undefined || after === undefined) return;
  const at = `${path}.${name}`;
  if (old.key === now.key) compareInstances({ shape: now.type, path: at }, [before, after], found);
  else found.changes.push(deleted(at, old.type, before), added(path, name, valuePart("value", now.type, after)));
}

interface Member {
  readonly path: string;
  readonly name: string;
}

/** Equal beginnings and ends stay; what is between is compared item by item, and what is over put in or taken out. */
function compareLists({ shape, path }: Place, [before, after]: Two<readonly Instance[]>, found: Found): void {
  const start = sharedLength(before, after);
  const end = sharedLength(before.slice(start).toReversed(), after.slice(start).toReversed());
  const [old, now] = [before.slice(start, before.length - end), after.slice(start, after.length - end)];
  for (const [at, item] of now.entries()) {
    const place = { shape, path: `${path}[${start + at}]` };
    const counterpart = old[at];
    if (counterpart !== undefined) compareInstances(place, [counterpart, item], found);
    else found.changes.push(inserted(path, start + at, valuePart("value", shape, item)));
  }
  for (let at = old.length - 1; at >= now.length; at -= 1) {
    found.deletions.push(deleted(`${path}[${start + at}]`, shape, old[at]));
  }
}

function sharedLength(one: readonly Instance[], other: readonly Instance[]): number {
  const length = one.findIndex((item, at) => other[at] === undefined || !isSameInstance(item, other[at]));
  return length === -1 ? one.length : length;
}

function compareInstances({ shape, path }: Place, [before, after]: Two<Instance>, found: Found): void {
  if (isSameInstance(before, after)) return;
  const [old, now] = [objectIn(before), objectIn(after)];
  const isOtherResource = shape === "Resource" && (old.resourceType !== now.resourceType || old.id !== now.id);
  if (isWhole(shape) || isOtherResource) {
    found.changes.push(replaced(path, valuePart("value", shape, after), valuePart("previousValue", shape, before)));
  } else compareObjects({ shape: shape === "Resource" ? String(now.resourceType) : shape, path }, [old, now], found);
}

function operation(type: string, path: string, more: readonly string[]): string {
  const parts = [
    `{"name":"type","valueCode":"${type}"}`,
    objectText({ name: '"path"', valueString: JSON.stringify(path) }),
    ...more,
  ];
  return `{"name":"operation","part":[${parts.join(",")}]}`;
}

function added(path: string, name: string, value: string): string {
  return operation("add", path, [`{"name":"name","valueString":"${name}"}`, value]);
}

function inserted(path: string, index: number, value: string): string {
  return operation("insert", path, [`{"name":"index","valueInteger":${index}}`, value]);
}

function replaced(path: string, value: string, previous: string): string {
  return operation("replace", path, [value, previous]);
}

function deleted(path: string, type: string, previous: Instance | undefined): string {
  return operation("delete", path, previous === undefined ? [] : [valuePart("previousValue", type, previous)]);
}
