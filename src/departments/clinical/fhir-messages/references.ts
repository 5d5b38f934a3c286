import { isJsonObject, type Json, type JsonObject, withMembers } from "#kernel";
import { absolute, type FhirEntry, isRelative } from "./fhir-bundle.ts";
import type { Scope } from "./scope.ts";

/**
 * A resource as the record is to have it: what it refers to is named as the record knows it; people, places and things that
 * the message only names are contained. Source: FHIR R4 §2.1.5.4 (contained resources).
 */
export function withReferences(entry: FhirEntry, scope: Scope): JsonObject {
  const toContain: FhirEntry[] = [];
  const within = (reference: JsonObject, target: FhirEntry): JsonObject => {
    const place = scope.placeOf(target);
    if (place !== undefined) return { ...reference, reference: place };
    if (!toContain.includes(target)) toContain.push(target);
    return { ...reference, reference: `#${containedId(target)}` };
  };
  const own = rewritten(withoutEnvelope(entry.resource), { from: entry, scope, within }) as JsonObject;
  const contained: JsonObject[] = [];
  for (const target of toContain) {
    const { text: _, ...told } = withoutEnvelope(target.resource);
    const resource = rewritten(told, { from: target, scope, within }) as JsonObject;
    contained.push({ ...resource, id: containedId(target) });
  }
  if (contained.length === 0) return own;
  const before: readonly Json[] = Array.isArray(own.contained) ? own.contained : [];
  return { ...own, contained: [...before, ...contained] };
}

/** The same where what is named is told by number and name alone, as in what is changed element by element. */
export function byName(
  resource: JsonObject,
  from: FhirEntry,
  scope: Partial<Scope> & Pick<Scope, "entryAt">,
): JsonObject {
  const within = (reference: JsonObject, target: FhirEntry): JsonObject => {
    const place = scope.placeOf?.(target);
    if (place !== undefined) return { ...reference, reference: place };
    const { reference: _, ...rest } = reference;
    const { identifier, type } =
      target.resource.identifier === undefined ? rest : { type: target.type, ...identityOf(target) };
    return {
      ...rest,
      type: type ?? target.type,
      ...(identifier === undefined ? {} : { identifier }),
      display: rest.display ?? displayOf(target),
    };
  };
  return rewritten(withoutEnvelope(resource), { from, scope, within }) as JsonObject;
}

function identityOf({ resource: { identifier } }: FhirEntry): { readonly identifier?: Json } {
  const [first] = (Array.isArray(identifier) ? identifier : [identifier]).filter(isJsonObject);
  return first === undefined ? {} : { identifier: first };
}

/** A name for people, of whoever or whatever it is. */
export function displayOf({ type, resource }: FhirEntry): string {
  const { name, code } = resource;
  if (typeof name === "string") return name;
  const [human] = Array.isArray(name) ? name.filter(isJsonObject) : [];
  if (human === undefined) return isJsonObject(code) && typeof code.text === "string" ? code.text : type;
  if (typeof human.text === "string") return human.text;
  const texts = (value: Json | undefined) =>
    (Array.isArray(value) ? value : [value]).filter((each) => typeof each === "string");
  return [...texts(human.prefix), ...texts(human.given), ...texts(human.family)].join(" ") || type;
}

/** What the sender's server says of its own copy. */
function withoutEnvelope(resource: JsonObject): JsonObject {
  const { id: _, meta, implicitRules: __, ...told } = resource;
  if (!isJsonObject(meta)) return told;
  const { profile, security, tag } = meta;
  const kept = Object.fromEntries(
    Object.entries({ profile, security, tag }).filter(([, value]) => value !== undefined),
  );
  return Object.keys(kept).length === 0 ? told : ({ ...told, meta: kept } as JsonObject);
}

function containedId({ at }: FhirEntry): string {
  return `entry-${at}`;
}

interface Rewriting {
  readonly from: FhirEntry;
  readonly scope: Pick<Scope, "entryAt"> & Partial<Scope>;
  within(reference: JsonObject, target: FhirEntry): JsonObject;
}

function rewritten(value: Json, rewriting: Rewriting): Json {
  if (Array.isArray(value)) return value.map((item: Json) => rewritten(item, rewriting));
  if (!isJsonObject(value)) return value;
  const copy = withMembers(value, (member) => rewritten(member, rewriting));
  if (typeof copy.reference === "string") return referenceTo(copy, copy.reference, rewriting);
  return typeof copy.url === "string" ? { ...copy, url: urlOf(copy.url, rewriting) } : copy;
}

function referenceTo(reference: JsonObject, text: string, { from, scope, within }: Rewriting): JsonObject {
  if (text.startsWith("#")) return reference;
  const target = scope.entryAt(text, from);
  if (target !== undefined) return within(reference, target);
  if (!isRelative(text)) return reference;
  const elsewhere = absolute(text, from);
  if (elsewhere !== undefined) return { ...reference, reference: elsewhere };
  const { reference: _, ...rest } = reference;
  return { ...rest, display: rest.display ?? text };
}

/** An attachment may be another entry: a Binary. */
function urlOf(url: string, { from, scope }: Rewriting): string {
  const target = scope.entryAt(url, from);
  return (target === undefined ? undefined : scope.placeOf?.(target)) ?? url;
}
