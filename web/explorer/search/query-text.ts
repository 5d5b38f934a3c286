/** One `name=value` of a search; the value is not escaped for addresses, but still for FHIR (`\,`). */
export interface Pair {
  readonly name: string;
  readonly value: string;
}

/** The pairs of what stands behind a `?`, in their order. */
export function readQuery(query: string): readonly Pair[] {
  return [...new URLSearchParams(query)].map(([name, value]) => ({ name, value }));
}

/** The query as a person can read it: only what would be read otherwise is escaped. */
export function writeQuery(pairs: readonly Pair[]): string {
  return pairs.map(({ name, value }) => `${escaped(name)}=${escaped(value)}`).join("&");
}

const readable: Readonly<Record<string, string>> = {
  "%3A": ":",
  "%2C": ",",
  "%7C": "|",
  "%2F": "/",
  "%24": "$",
  "%40": "@",
};

function escaped(text: string): string {
  return encodeURIComponent(text).replaceAll(/%(?:3A|2C|7C|2F|24|40)/g, (found) => readable[found] ?? found);
}

export interface Address {
  readonly type: string;
  readonly query: string;
}

/** Reads `/fhir/Patient?name=osei`, with or without the host and `/fhir`. Undefined for what names no type. */
export function readAddress(text: string): Address | undefined {
  const match = /^(?:https?:\/\/[^/?]+)?(?:\/?fhir)?\/?([A-Z][A-Za-z]+)\/?(?:\?(.*))?$/.exec(text.trim());
  return match?.[1] === undefined ? undefined : { type: match[1], query: writeQuery(readQuery(match[2] ?? "")) };
}

export function writeAddress({ type, query }: Address): string {
  return `/fhir/${type}${query === "" ? "" : `?${query}`}`;
}

/** What a person fills in, apart from how it is answered. */
export interface Draft {
  readonly conditions: readonly Pair[];
  /** `-date`; empty for the server's own order. */
  readonly sort: string;
  readonly count: string;
}

export const usualCount = "20";

/** Where a page begins is no part of what is asked. */
const ofPages: ReadonlySet<string> = new Set(["_cursor"]);

export function draftFrom(query: string): Draft {
  const pairs = readQuery(query).filter(({ name }) => !ofPages.has(name));
  const lastOf = (name: string) => pairs.findLast((pair) => pair.name === name)?.value;
  return {
    conditions: pairs.filter(({ name }) => name !== "_sort" && name !== "_count"),
    sort: lastOf("_sort") ?? "",
    count: lastOf("_count") ?? usualCount,
  };
}

/** Conditions without a value are not yet filled in, and left out. */
export function queryOf({ conditions, sort, count }: Draft): string {
  return writeQuery([
    ...conditions.filter(({ name, value }) => name !== "" && value !== ""),
    ...(sort === "" ? [] : [{ name: "_sort", value: sort }]),
    ...(count === usualCount ? [] : [{ name: "_count", value: count }]),
  ]);
}
