import type { GroupCondition, Relation } from "./relation.ts";

/** Some of the codes of one code system, as an expression: evaluated in memory or turned into SQL. */
export type CodeSet =
  | { readonly is: "all" }
  | { readonly is: "codes"; readonly codes: ReadonlySet<string> }
  /** Those under a code, and itself where `self`. */
  | { readonly is: "below"; readonly code: string; readonly self: boolean }
  | { readonly is: "above"; readonly code: string; readonly self: boolean }
  /** Those with one of these values of a property. */
  | { readonly is: "value"; readonly property: string; readonly any: readonly string[] }
  | { readonly is: "present"; readonly property: string }
  /** `code` or `display` or another property matches as a whole; the pattern has been checked. */
  | { readonly is: "matches"; readonly property: string; readonly pattern: RegExp }
  /** Those under (`over`: above) any code of a set, directly or however far; with `isSelf` the set itself too. */
  | { readonly is: "under" | "over"; readonly of: CodeSet; readonly isSelf: boolean; readonly isDirect: boolean }
  | { readonly is: "related"; readonly relation: Relation }
  /** Those of which so many groups of relations meet a condition. */
  | { readonly is: "grouped"; readonly by: GroupCondition; readonly min: number; readonly max: number | undefined }
  /** What those of a set have as values of their relations of these names. */
  | { readonly is: "valueOf"; readonly names: CodeSet; readonly of: CodeSet }
  | { readonly is: "and"; readonly parts: readonly CodeSet[] }
  | { readonly is: "or"; readonly parts: readonly CodeSet[] }
  | { readonly is: "not"; readonly part: CodeSet };

export const allCodes: CodeSet = { is: "all" };

export function codes(list: Iterable<string>): CodeSet {
  return { is: "codes", codes: new Set(list) };
}

export function and(...parts: readonly CodeSet[]): CodeSet {
  const needed = parts.filter(({ is }) => is !== "all");
  const [only] = needed;
  if (needed.length <= 1) return only ?? allCodes;
  return { is: "and", parts: needed };
}

export function or(a: CodeSet, b: CodeSet): CodeSet {
  if (a.is === "all" || b.is === "all") return allCodes;
  if (a.is === "codes" && b.is === "codes") return codes([...a.codes, ...b.codes]);
  return { is: "or", parts: a.is === "or" ? [...a.parts, b] : [a, b] };
}

export function minus(a: CodeSet, b: CodeSet): CodeSet {
  if (a.is === "codes" && b.is === "codes") return codes([...a.codes].filter((code) => !b.codes.has(code)));
  return and(a, { is: "not", part: b });
}

/** The codes that are named, in order, where nothing but names decides; undefined where the code system must be asked. */
export function namedCodes(set: CodeSet): readonly string[] | undefined {
  if (set.is === "codes") return [...set.codes];
  if (set.is === "or") {
    const parts = set.parts.map(namedCodes);
    return parts.every((part) => part !== undefined) ? [...new Set(parts.flat())] : undefined;
  }
  if (set.is !== "and") return undefined;
  const names = set.parts.map(namedCodes).find((part) => part !== undefined);
  return names?.every((code) => isNamed(set, code) !== undefined)
    ? names.filter((code) => isNamed(set, code) === true)
    : undefined;
}

/** Whether a code is in the set by its name alone; undefined where the code system must be asked. */
export function isNamed(set: CodeSet, code: string): boolean | undefined {
  switch (set.is) {
    case "codes":
      return set.codes.has(code);
    case "and":
      return joined(set.parts, code, false);
    case "or":
      return joined(set.parts, code, true);
    case "not": {
      const inner = isNamed(set.part, code);
      return inner === undefined ? undefined : !inner;
    }
    default:
      return undefined;
  }
}

/** One part that is `decisive` decides; one that is not known leaves the whole unknown. */
function joined(parts: readonly CodeSet[], code: string, decisive: boolean): boolean | undefined {
  let answer: boolean | undefined = !decisive;
  for (const part of parts) {
    const one = isNamed(part, code);
    if (one === decisive) return decisive;
    if (one === undefined) answer = undefined;
  }
  return answer;
}
