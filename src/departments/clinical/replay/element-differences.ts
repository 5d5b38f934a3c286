import { isJsonObject, type Json, type JsonObject } from "#kernel";

/** One value that differs between two documents. */
export interface ElementDifference {
  /** `code.coding[1].code`, items counted from 0 in the later document, or in the earlier where they are gone. */
  readonly where: string;
  /** As text; absent: it was not there. */
  readonly before?: string;
  readonly after?: string;
}

/**
 * The values that differ between two bodies of one resource, in their order. What the record itself adds does not count. Items
 * of a list that say what they are (a coding, an identifier, a reference, an extension) are compared with each other wherever
 * they stand; all others by their place. Pure.
 */
export function elementDifferences(before: JsonObject, after: JsonObject): readonly ElementDifference[] {
  const found: ElementDifference[] = [];
  compare({ before: content(before), after: content(after), where: "" }, found);
  return found;
}

/** A body without what the record adds. */
function content({ resourceType: _type, id: _id, meta, ...rest }: JsonObject): JsonObject {
  if (!isJsonObject(meta)) return rest;
  const { versionId: _version, lastUpdated: _updated, ...kept } = meta;
  return Object.keys(kept).length === 0 ? rest : { meta: kept, ...rest };
}

interface Pair {
  readonly before: Json | undefined;
  readonly after: Json | undefined;
  readonly where: string;
}

function compare({ before, after, where }: Pair, found: ElementDifference[]): void {
  if (before === after) return;
  if (isList(before) || isList(after)) compareLists(listOf(before), { other: listOf(after), where }, found);
  else if (isJsonObject(before) || isJsonObject(after)) {
    const [one, other] = [objectOf(before), objectOf(after)];
    for (const name of new Set([...Object.keys(one), ...Object.keys(other)])) {
      compare({ before: one[name], after: other[name], where: where === "" ? name : `${where}.${name}` }, found);
    }
  }
  if (isLeaf(before) || isLeaf(after)) {
    const [one, other] = [leafText(before), leafText(after)];
    if (one === other) return;
    found.push({
      where,
      ...(one === undefined ? {} : { before: one }),
      ...(other === undefined ? {} : { after: other }),
    });
  }
}

interface Other {
  readonly other: readonly Json[];
  readonly where: string;
}

function compareLists(before: readonly Json[], { other: after, where }: Other, found: ElementDifference[]): void {
  const [known, sent] = [keysOf(before), keysOf(after)];
  if (known === undefined || sent === undefined) {
    for (let at = 0; at < Math.max(before.length, after.length); at += 1) {
      compare({ before: before[at], after: after[at], where: `${where}[${at}]` }, found);
    }
    return;
  }
  for (const [at, key] of sent.entries()) {
    compare({ before: before[known.indexOf(key)], after: after[at], where: `${where}[${at}]` }, found);
  }
  for (const [at, key] of known.entries()) {
    if (!sent.includes(key)) compare({ before: before[at], after: undefined, where: `${where}[${at}]` }, found);
  }
}

/** What each item says it is; undefined where one does not say, or two say the same. */
function keysOf(items: readonly Json[]): readonly string[] | undefined {
  const keys = items.map(keyOf);
  const isWhole = keys.every((key) => key !== undefined) && new Set(keys).size === keys.length;
  return isWhole ? (keys as readonly string[]) : undefined;
}

function keyOf(item: Json): string | undefined {
  if (!isJsonObject(item)) return undefined;
  const { url, reference, system, code, value } = item;
  if (typeof url === "string") return `url ${url}`;
  if (typeof reference === "string") return `reference ${reference}`;
  const name = typeof code === "string" ? code : value;
  return typeof name === "string" ? `${typeof system === "string" ? system : ""}|${name}` : undefined;
}

function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

function listOf(value: Json | undefined): readonly Json[] {
  return isList(value) ? value : [];
}

function objectOf(value: Json | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}

function isLeaf(value: Json | undefined): boolean {
  return value !== undefined && !isList(value) && !isJsonObject(value);
}

function leafText(value: Json | undefined): string | undefined {
  return isLeaf(value) ? String(value) : undefined;
}
