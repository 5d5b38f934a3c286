import { isJsonObject, type Json, type JsonObject } from "#kernel";
import type { IndexEntries } from "../../documents/index-entries.ts";

/** A resource inside another. */
export interface ContainedResource {
  readonly type: string;
  readonly body: JsonObject;
}

export function containedIn({ contained }: JsonObject): readonly ContainedResource[] {
  if (!Array.isArray(contained)) return [];
  return (contained as readonly Json[]).flatMap((body) =>
    isJsonObject(body) && typeof body.resourceType === "string" ? [{ type: body.resourceType, body }] : [],
  );
}

/** The key of a document that contains a resource of the type. */
export function containsKey(type: string): string {
  return `_contained=${type}`;
}

/** The key under which a document is found that contains a resource of the type with this key. */
export function keyWithin(type: string, key: string): string {
  return `${type}#${key}`;
}

/**
 * The keys of a document for what it contains: they lead to the few documents of which the contained resources are then
 * looked at one by one (see `containedMatches`), as two of them may share the document.
 */
export function containedKeys(
  contained: readonly ContainedResource[],
  entriesOf: (type: string, body: JsonObject) => IndexEntries,
): readonly string[] {
  return contained.flatMap(({ type, body }) => {
    const { keys, references } = entriesOf(type, body);
    return [containsKey(type), ...[...keys, ...references].map((key) => keyWithin(type, key))];
  });
}
