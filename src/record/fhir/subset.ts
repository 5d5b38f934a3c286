import { expectOk, isJsonObject, type Json, type JsonObject } from "#kernel";
import { type ElementDefinition, jsonKey, type SearchQuery, shapeOf, summarised } from "#standards/fhir";
import type { Version } from "../documents/document.ts";
import { jsonText, parseJson } from "../documents/json-text.ts";

/** Which part of a resource is asked for. */
export type Subset = Pick<SearchQuery, "elements" | "summary">;

/**
 * The JSON text of a version, or of the part that is asked for, which then says so by a tag. What R4 requires of every
 * resource of the type stays. Source: FHIR R4 §3.1.1.5.8 (_summary: true, text, data), §3.1.1.5.9 (_elements).
 */
export function subsetText({ kind, body }: Version, { elements, summary }: Subset): string {
  const keep = keeper(kind, { elements, summary });
  const isSummary = summary === "true" && elements.length === 0;
  if (keep === undefined && !isSummary) return body;
  const whole = expectOk(parseJson(body, Number.POSITIVE_INFINITY)) as JsonObject;
  const part: Record<string, Json> = isSummary ? { ...summarised(whole) } : { ...whole };
  if (keep !== undefined) for (const key of Object.keys(part)) if (!keep(key)) delete part[key];
  part.meta = subsetted(part.meta);
  return jsonText(part);
}

function keeper(kind: string, { elements, summary }: Subset): ((key: string) => boolean) | undefined {
  if (elements.length === 0 && summary === "data") return (key) => key !== "text";
  const named = elements.length > 0 ? elements : summary === "text" ? ["text"] : undefined;
  if (named === undefined) return undefined;
  const keys = new Set(["resourceType", "id", "meta", ...named]);
  for (const element of shapeOf(kind)?.elements ?? []) {
    if (element.min > 0 || named.includes(element.name)) for (const key of keysOf(element)) keys.add(key);
  }
  return (key) => keys.has(key) || keys.has(key.replace(/^_/, ""));
}

function keysOf(element: ElementDefinition): readonly string[] {
  return element.types.map(({ name }) => jsonKey(element, name));
}

const subsettedTag = {
  system: "http://terminology.hl7.org/CodeSystem/v3-ObservationValue",
  code: "SUBSETTED",
  display: "subsetted",
};

function subsetted(meta: Json | undefined): JsonObject {
  const given = isJsonObject(meta) ? meta : {};
  const tags = Array.isArray(given.tag) ? (given.tag as readonly Json[]) : [];
  return { ...given, tag: [...tags, subsettedTag] };
}
