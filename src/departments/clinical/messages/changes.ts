import type { Extension, Identifier } from "#standards/fhir";
import type { SegmentReader } from "./message-reader.ts";

/**
 * How a resource that several systems speak of is changed element by element. Elements are named by their top level
 * (`gender`), a child of it (`period.end`), one use of a list (`telecom:work`), or one extension by its url
 * (`extension:http://…`).
 */
export type ElementName = string;

/** The elements that the message wants gone: each is named beside the field whose `""` says so. */
export function clearedBy(
  reader: SegmentReader | undefined,
  fields: readonly (readonly [field: number, element: ElementName])[],
): readonly ElementName[] {
  if (reader === undefined) return [];
  return fields.filter(([field]) => reader.isNull(field)).map(([, element]) => element);
}

type Elements = Readonly<Record<string, unknown>>;

/** What was sent replaces what was recorded, what was cleared goes, the rest stays. */
export function revised<T extends object>(recorded: T, sent: T, cleared: readonly ElementName[]): T {
  const named = cleared.reduce<Elements>(withoutElement, recorded as Elements);
  const kept = without(named, ...otherChoices(named, sent as Elements));
  const merged: Record<string, unknown> = { ...kept };
  for (const [name, value] of Object.entries(sent)) merged[name] = combined(name, kept[name], value);
  return merged as T;
}

/** Only what the record lacks is added. An identifier counts as lacking when none of its system is recorded. */
export function filled<T extends object>(recorded: T, sent: T): T {
  const merged: Record<string, unknown> = { ...(recorded as Elements) };
  const taken = otherChoices(sent as Elements, recorded as Elements);
  for (const [name, value] of Object.entries(without(sent as Elements, ...taken))) {
    const known = merged[name];
    if (known === undefined) merged[name] = value;
    else if (name === "identifier") merged[name] = added(known as Identifiers, value as Identifiers, systemOf);
    else if (name === "extension") merged[name] = added(known as Extensions, value as Extensions, urlOf);
  }
  return merged as T;
}

/** Elements of which a resource has one type at a time. */
const choices = ["deceased", "multipleBirth"];

/** What is in the one resource and is the same element, of another type, in the other. */
function otherChoices(of: Elements, than: Elements): readonly string[] {
  const taken = choices.filter((choice) => Object.keys(than).some((name) => name.startsWith(choice)));
  return Object.keys(of).filter((name) => !(name in than) && taken.some((choice) => name.startsWith(choice)));
}

type Identifiers = readonly Identifier[];
type Extensions = readonly Extension[];
type Used = { readonly use?: string };

/** Parts of these are changed one by one; all other elements are replaced as a whole. */
function combined(name: string, recorded: unknown, sent: unknown): unknown {
  if (recorded === undefined) return sent;
  switch (name) {
    case "identifier":
      return inPlace(recorded as Identifiers, sent as Identifiers, numberOf);
    case "extension":
      return inPlace(recorded as Extensions, sent as Extensions, urlOf);
    case "telecom":
      return inPlace(recorded as readonly Used[], sent as readonly Used[], usageOf);
    case "period":
    case "hospitalization":
      return { ...(recorded as Elements), ...(sent as Elements) };
    default:
      return sent;
  }
}

/** What was sent takes the place of what was recorded under the same key; the order changes only where it must. */
function inPlace<T>(recorded: readonly T[], sent: readonly T[], keyOf: (item: T) => string | undefined): readonly T[] {
  const sentKeys = new Set(sent.map(keyOf));
  const firstOfKey = (item: T, at: number) => recorded.findIndex((other) => keyOf(other) === keyOf(item)) === at;
  const kept = recorded.flatMap((item, at) => {
    if (!sentKeys.has(keyOf(item))) return [item];
    return firstOfKey(item, at) ? sent.filter((other) => keyOf(other) === keyOf(item)) : [];
  });
  return [...kept, ...missingFrom(recorded, sent, keyOf)];
}

function added<T>(recorded: readonly T[], sent: readonly T[], keyOf: (item: T) => string | undefined): readonly T[] {
  return [...recorded, ...missingFrom(recorded, sent, keyOf)];
}

function missingFrom<T>(recorded: readonly T[], sent: readonly T[], keyOf: (item: T) => string | undefined) {
  return sent.filter((item) => !recorded.some((known) => keyOf(known) === keyOf(item)));
}

const urlOf = ({ url }: Extension) => url;
const usageOf = ({ use }: Used) => use;
const systemOf = ({ system }: Identifier) => system;
const numberOf = ({ system, value }: Identifier) => `${system}|${value}`;

function withoutElement(resource: Elements, element: ElementName): Elements {
  const [list, part] = splitOnce(element, ":");
  if (part !== undefined) return withoutItems(resource, list, part);
  const [name, child] = splitOnce(element, ".");
  if (child === undefined) return without(resource, name, `_${name}`);
  const parent = resource[name];
  if (parent === undefined) return resource;
  const rest = without(parent as Elements, child);
  return Object.keys(rest).length === 0 ? without(resource, name) : { ...resource, [name]: rest };
}

function withoutItems(resource: Elements, name: string, part: string): Elements {
  const items = resource[name] as readonly (Used & { readonly url?: string })[] | undefined;
  const rest = items?.filter(({ use, url }) => use !== part && url !== part) ?? [];
  return rest.length === 0 ? without(resource, name) : { ...resource, [name]: rest };
}

function without(object: Elements, ...names: readonly string[]): Elements {
  return Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name)));
}

function splitOnce(text: string, separator: string): readonly [string, string?] {
  const at = text.indexOf(separator);
  return at === -1 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}
