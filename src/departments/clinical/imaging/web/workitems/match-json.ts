import { isJsonObject, type Json, type JsonObject } from "#kernel";
import { type Tag, tagKey } from "#standards/dicom";
import type { Match } from "#standards/dicomweb";

export interface PathMatch {
  readonly path: readonly Tag[];
  readonly test: Match;
}

/** Whether a DICOM JSON object has what is asked for; of several values or items, one is enough. Source: PS3.4 §C.2.2.2. */
export function matches(object: JsonObject, { path, test }: PathMatch): boolean {
  const values = valuesAt(object, path);
  if (test.is === "empty") return values.length === 0;
  return values.some((value) => meets(value, test));
}

function valuesAt(object: JsonObject, [tag = 0, ...inner]: readonly Tag[]): readonly string[] {
  const attribute = object[tagKey(tag)] ?? null;
  const values: readonly Json[] = isJsonObject(attribute) && Array.isArray(attribute.Value) ? attribute.Value : [];
  if (inner.length > 0) return values.flatMap((item) => (isJsonObject(item) ? valuesAt(item, inner) : []));
  return values.flatMap(textsOf).filter((text) => text !== "");
}

function textsOf(value: Json): readonly string[] {
  if (isJsonObject(value)) return Object.values(value).filter((group) => typeof group === "string");
  return value === null ? [] : [String(value)];
}

function meets(value: string, test: Exclude<Match, { readonly is: "empty" }>): boolean {
  switch (test.is) {
    case "one-of":
      return test.values.some((wanted) => folded(wanted) === folded(value));
    case "wildcard":
      return isLike(folded(value), folded(test.pattern));
    case "range":
      return (
        (test.from === undefined || value >= test.from) && (test.to === undefined || value <= `${test.to}\u{10FFFF}`)
      );
  }
}

function folded(text: string): string {
  return text.normalize("NFKD").replaceAll(/\p{M}/gu, "").toLowerCase().trim();
}

/** Step by step, so that no pattern takes long. */
function isLike(text: string, pattern: string): boolean {
  let reached = new Set([0]);
  for (const character of pattern) {
    const next = new Set<number>();
    for (const at of reached) {
      if (character === "*") for (let to = at; to <= text.length; to += 1) next.add(to);
      else if (at < text.length && (character === "?" || text[at] === character)) next.add(at + 1);
    }
    reached = next;
  }
  return reached.has(text.length);
}
