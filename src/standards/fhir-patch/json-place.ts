import {
  isJsonObject,
  type Json,
  type JsonObject,
  type WrittenNumbers,
  writtenNumbers,
  writtenNumbersOf,
} from "#kernel";

/** Member names and array indexes from the root. An index may be a text; where something is added, `-` is the end. */
export type Place = readonly (string | number)[];

/** A value, and its text where it is a number that was written in an unusual way (`5.0`). */
export interface Placed {
  readonly value: Json;
  readonly written?: string | undefined;
}

/** What stands at a place; undefined where nothing does. */
export function placedAt(document: Json, place: Place): Placed | undefined {
  let found: Placed | undefined = { value: document };
  for (const step of place) {
    if (found === undefined) return undefined;
    found = memberOf(found.value, step);
  }
  return found;
}

function memberOf(parent: Json, step: string | number): Placed | undefined {
  if (isArray(parent)) {
    const item = parent[indexIn(step, parent.length - 1) ?? -1];
    return item === undefined ? undefined : { value: item };
  }
  if (!isJsonObject(parent) || !Object.hasOwn(parent, step)) return undefined;
  return { value: parent[step] as Json, written: writtenNumbersOf(parent)?.[step] };
}

/** Puts a value in: a new item before the one that has the index, or a member, which replaces one of that name. */
export function addAt(document: Json, place: Place, placed: Placed): Json | undefined {
  return changeAt(document, place, {
    whole: () => placed.value,
    item: (items, step) => {
      const index = step === "-" ? items.length : indexIn(step, items.length);
      return index === undefined ? undefined : items.toSpliced(index, 0, placed.value);
    },
    member: (object, name) => withMember(object, name, placed),
  });
}

export function replaceAt(document: Json, place: Place, placed: Placed): Json | undefined {
  return changeAt(document, place, {
    whole: () => placed.value,
    item: (items, step) => {
      const index = indexIn(step, items.length - 1);
      return index === undefined ? undefined : items.with(index, placed.value);
    },
    member: (object, name) => (Object.hasOwn(object, name) ? withMember(object, name, placed) : undefined),
  });
}

/** The whole document cannot be removed. */
export function removeAt(document: Json, place: Place): Json | undefined {
  return changeAt(document, place, {
    whole: () => undefined,
    item: (items, step) => {
      const index = indexIn(step, items.length - 1);
      return index === undefined ? undefined : items.toSpliced(index, 1);
    },
    member: (object, name) => (Object.hasOwn(object, name) ? without(object, name) : undefined),
  });
}

/** Each gives undefined where the change cannot be made. */
interface Change {
  whole(): Json | undefined;
  item(items: readonly Json[], step: string | number): Json | undefined;
  member(object: JsonObject, name: string): Json | undefined;
}

/** A copy of the document with the change made at its place; what is not on the way there is shared. */
function changeAt(document: Json, place: Place, change: Change): Json | undefined {
  const [step, ...rest] = place;
  if (step === undefined) return change.whole();
  if (rest.length === 0) {
    if (isArray(document)) return change.item(document, step);
    return isJsonObject(document) ? change.member(document, String(step)) : undefined;
  }
  const inner = memberOf(document, step);
  const changed = inner === undefined ? undefined : changeAt(inner.value, rest, change);
  if (changed === undefined) return undefined;
  return isArray(document)
    ? document.with(Number(step), changed)
    : withMember(document as JsonObject, String(step), { value: changed });
}

function withMember(object: JsonObject, name: string, { value, written }: Placed): JsonObject {
  // A computed name makes a member of it also where it is `__proto__`.
  return marked({ ...object, [name]: value }, { old: writtenNumbersOf(object), name, written, value });
}

function without(object: JsonObject, name: string): JsonObject {
  const { [name]: value = null, ...rest } = object;
  return marked(rest, { old: writtenNumbersOf(object), name, written: undefined, value });
}

interface Marks extends Placed {
  readonly old: WrittenNumbers | undefined;
  readonly name: string;
}

function marked(object: JsonObject, { old, name, written, value }: Marks): JsonObject {
  if (old === undefined && written === undefined && !holdsUnusual(value)) return object;
  const { [name]: _replaced, ...kept } = old ?? {};
  const marks: WrittenNumbers = written === undefined ? kept : { ...kept, [name]: written };
  return Object.assign(object, { [writtenNumbers]: marks });
}

function holdsUnusual(value: Json): boolean {
  if (isArray(value)) return value.some(holdsUnusual);
  return isJsonObject(value) && writtenNumbersOf(value) !== undefined;
}

/** Undefined where the step is no index up to `max`. Source: RFC 6901 §4 (no leading zeros). */
function indexIn(step: string | number, max: number): number | undefined {
  const index = typeof step === "number" ? step : /^(?:0|[1-9][0-9]{0,9})$/.test(step) ? Number(step) : -1;
  return index >= 0 && index <= max ? index : undefined;
}

function isArray(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
