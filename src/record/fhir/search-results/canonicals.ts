import type { JsonObject } from "#kernel";
import { parseReference, searchParameterOf } from "#standards/fhir";
import { parseBody, type Version } from "../../documents/document.ts";
import type { WrittenReference } from "./references.ts";

/** Definitions of one type that canonicals name. */
export interface CanonicalSearch {
  readonly type: string;
  /** Without their versions. */
  readonly urls: readonly string[];
  /** As they are written: `url` or `url|version`. */
  readonly canonicals: ReadonlySet<string>;
}

/** References that an include follows. */
export interface Followed {
  /** Only to this type. */
  readonly target: string | undefined;
  readonly references: readonly WrittenReference[];
}

/**
 * What is named by canonical, in types that are found by their url. What lies below `base` is this server's own, and read,
 * not searched for. Source: FHIR R4 §2.3.0.2 (canonical URLs).
 */
export function canonicalSearches(followed: readonly Followed[], base: string): readonly CanonicalSearch[] {
  const byType = new Map<string, Set<string>>();
  for (const { target, references } of followed) {
    for (const reference of references) {
      const { text } = reference;
      if (!/^(https?|urn):/.test(text) || text.startsWith(`${base}/`)) continue;
      for (const type of typesOf(reference)) {
        if (target !== undefined && target !== type) continue;
        byType.set(type, (byType.get(type) ?? new Set()).add(text));
      }
    }
  }
  return [...byType].map(([type, canonicals]) => ({
    type,
    urls: [...new Set([...canonicals].map(urlOf))],
    canonicals,
  }));
}

/** Types that a canonical of the parameter may be of; the one it says itself, where it ends in a type and an id. */
function typesOf({ type, parameter, text }: WrittenReference): readonly string[] {
  const targets = searchParameterOf(type, parameter)?.targets ?? [];
  const stated = parseReference(urlOf(text))?.type;
  const named = targets.filter((target) => searchParameterOf(target, "url")?.type === "uri");
  return stated !== undefined && named.includes(stated) ? [stated] : named;
}

function urlOf(canonical: string): string {
  return canonical.split("|")[0] ?? canonical;
}

/** Whether a definition is one that was named: of its version, where a version was. */
export function isNamed(definition: Version, searches: readonly CanonicalSearch[]): boolean {
  const { url, version } = parseBody<JsonObject>(definition);
  const canonicals = searches.find(({ type }) => type === definition.kind)?.canonicals;
  return canonicals?.has(String(url)) === true || canonicals?.has(`${String(url)}|${String(version)}`) === true;
}
