import type { Json, JsonObject } from "#kernel";
import { isJsonObject } from "#kernel";

/** Names what the record has and the document has not. */
export const recordSystem = "urn:corridor:record";

/**
 * The element with its references turned to the addresses in the document. What is not in it cannot be followed by the
 * reader: it is named by its identifier, else by its place in the record. References within the resource stay.
 */
export function withDocumentReferences<T extends Json>(element: T, addresses: ReadonlyMap<string, string>): T {
  return rewritten(element, addresses) as T;
}

function rewritten(element: Json, addresses: ReadonlyMap<string, string>): Json {
  if (Array.isArray(element)) return element.map((each: Json) => rewritten(each, addresses));
  if (!isJsonObject(element)) return element;
  // A copy by spreading keeps how numbers were written.
  const copy: Record<string, Json> = { ...element };
  for (const key of Object.keys(copy)) copy[key] = rewritten(copy[key] ?? null, addresses);
  return typeof copy.reference === "string" ? turned(copy, { reference: copy.reference, addresses }) : copy;
}

const recordPlace = /^([A-Z][A-Za-z]+)\/([A-Za-z0-9.-]{1,64})(?:\/_history\/[^/]+)?$/;

function turned(
  element: JsonObject,
  { reference, addresses }: { readonly reference: string; readonly addresses: ReadonlyMap<string, string> },
): JsonObject {
  const [, type, id] = recordPlace.exec(reference) ?? [];
  if (type === undefined || id === undefined) return element;
  const address = addresses.get(`${type}/${id}`);
  if (address !== undefined) return { ...element, reference: address };
  const { reference: _, ...rest } = element;
  return { type, identifier: { system: recordSystem, value: `${type}/${id}` }, ...rest };
}
