import type { Json } from "#kernel";
import type { DraftResource } from "#standards/v2-to-fhir";
import { deterministicId } from "../deterministic-id.ts";
import { type JsonObject, type Sources, supporting } from "./sources.ts";

/** Where the values of drafts have been copied to. */
export class Copies {
  readonly #of = new Map<object, { readonly object: JsonObject; readonly key: string }[]>();

  note(from: object, object: JsonObject, key: string): void {
    const known = this.#of.get(from);
    if (known === undefined) this.#of.set(from, [{ object, key }]);
    else known.push({ object, key });
  }

  /** The type of the resource that has a copy. */
  typeIn(types: ReadonlyMap<object, string>, holder: object): string {
    const found = (this.#of.get(holder) ?? []).find(({ object }) => types.has(object));
    return found === undefined ? "" : (types.get(found.object) ?? "");
  }

  /** Whether one of the copies is still there. */
  isIn(living: ReadonlySet<object>, holder: object, member: string): boolean {
    return (this.#of.get(holder) ?? []).some(
      ({ object, key }) => key === member && object[key] !== undefined && living.has(object),
    );
  }
}

export interface Copying {
  readonly sources: Sources;
  readonly copies: Copies;
  /** The resources of the record that drafts stand for: `Patient/7c…`. */
  readonly known: ReadonlyMap<DraftResource, string>;
  /** Where resources go that are part of another; absent: they are told of by number and name. */
  readonly contained: JsonObject[] | undefined;
}

/** A part of a draft as R4 has it: nothing empty, references to what there is. Undefined when nothing is left. */
export function copied(json: Json, copying: Copying): Json | undefined {
  if (typeof json !== "object" || json === null) return json;
  if (Array.isArray(json)) {
    const items = json.flatMap((each) => copied(each, copying) ?? []);
    return items.length === 0 ? undefined : items;
  }
  const object = json as JsonObject;
  const copy: JsonObject = {};
  for (const key of Object.keys(object)) {
    const value = key === "reference" ? referenceIn(object, copy, copying) : copied(object[key] as Json, copying);
    if (value === undefined) continue;
    copy[key] = value;
    copying.copies.note(object, copy, key);
  }
  return saysNothing(copy) ? undefined : copy;
}

function saysNothing(copy: JsonObject): boolean {
  const keys = Object.keys(copy);
  const [only = ""] = keys;
  return keys.length === 0 || (keys.length === 1 && ["url", "system", "type"].includes(only));
}

/** The reference itself; where there can be none, what is known of the other is written beside it. */
function referenceIn(object: JsonObject, copy: JsonObject, copying: Copying): string | undefined {
  const pointed = copying.sources.pointed(object.reference);
  if (pointed === undefined) return object.reference as string;
  const known = copying.known.get(pointed);
  if (known !== undefined) return known;
  if (!supporting.has(pointed.type)) return undefined;
  if (copying.contained !== undefined) return containedReference(pointed, copying.contained, copying);
  describe(pointed, copy, copying);
  return undefined;
}

function containedReference(pointed: DraftResource, contained: JsonObject[], copying: Copying): string | undefined {
  const { id: _, resourceType, ...content } = pointed.json;
  const inner: JsonObject = { resourceType: resourceType as string };
  for (const key of Object.keys(content)) {
    const value = copied(content[key] as Json, copying);
    if (value === undefined) continue;
    inner[key] = value;
    copying.copies.note(pointed.json, inner, key);
  }
  if (Object.keys(inner).length === 1) return undefined;
  const id = `${pointed.type.toLowerCase()}-${deterministicId(JSON.stringify(inner)).slice(0, 12)}`;
  const same = contained.find((each) => each.id === id);
  if (same === undefined) contained.push(Object.assign(inner, { id }));
  else for (const key of Object.keys(inner)) copying.copies.note(pointed.json, same, key);
  return `#${id}`;
}

/** By its first number and its name. */
function describe({ type, json }: DraftResource, copy: JsonObject, copying: Copying): void {
  const [identifier] = (json.identifier ?? []) as readonly JsonObject[];
  if (typeof json.name === "string") {
    copy.display ??= json.name;
    copying.copies.note(json, copy, "display");
  }
  const number = identifier && copied(identifier, copying);
  if (number !== undefined) copy.identifier ??= number;
  if (copy.display !== undefined || copy.identifier !== undefined) copy.type ??= type;
}
