/**
 * Makes `src/standards/terminology/generated/r4.json`: the code systems, value sets and concept maps that FHIR R4 itself brings,
 * v2 and v3 tables included, without narrative, definitions and who published them. Run: `node tools/terminology-tables.ts`
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { resourcesOf } from "./fhir-package.ts";

export const tablesFile = join(import.meta.dirname, "../src/standards/terminology/generated/r4.json");

type Json = Readonly<Record<string, unknown>>;

interface Concept extends Json {
  readonly code: string;
  readonly display?: string;
  readonly designation?: readonly { readonly language?: string; readonly value: string }[];
  readonly property?: readonly Json[];
  readonly concept?: readonly Concept[];
}

/** `[code, display, more]`; display is 0 where it is the code, null where there is none. Of designations, language and value. */
function conceptRow({ code, display, designation, property, concept }: Concept): readonly unknown[] {
  const more = {
    ...(designation === undefined ? {} : { d: designation.map(({ language, value }) => [language ?? 0, value]) }),
    ...(property === undefined ? {} : { p: property.map(propertyRow) }),
    ...(concept === undefined ? {} : { c: concept.map(conceptRow) }),
  };
  const shown = display === code ? 0 : (display ?? null);
  if (Object.keys(more).length > 0) return [code, shown, more];
  return shown === 0 ? [code] : [code, shown];
}

/** `["status", "valueCode", "retired"]` */
function propertyRow({ code, ...rest }: Json): readonly unknown[] {
  const [[type, value] = []] = Object.entries(rest);
  return [code, type, value];
}

function head(resource: Json, kept: readonly string[]): Json {
  const names = ["url", "version", "name", "title", "status", "language", ...kept];
  return Object.fromEntries(names.filter((name) => resource[name] !== undefined).map((name) => [name, resource[name]]));
}

function codeSystemRow(resource: Json): Json {
  const kept = ["id", "content", "caseSensitive", "hierarchyMeaning", "valueSet", "supplements", "property"];
  const concepts = (resource.concept ?? []) as readonly Concept[];
  const { property, ...rest } = head(resource, kept);
  const types = ((property ?? []) as readonly Json[]).map(({ code, uri, type }) => ({ code, uri, type }));
  return { ...rest, ...(types.length === 0 ? {} : { property: types }), concept: concepts.map(conceptRow) };
}

function valueSetRow(resource: Json): Json {
  return { ...head(resource, ["id", "immutable"]), compose: plain(resource.compose) };
}

function conceptMapRow(resource: Json): Json {
  const kept = ["id", "sourceUri", "sourceCanonical", "targetUri", "targetCanonical"];
  return { ...head(resource, kept), group: plain(resource.group) };
}

/** Without extensions and definitions. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value ?? {}, (key, inner) => (key === "extension" ? undefined : inner)));
}

/** A line a resource, so that a change is a readable difference. */
export function tablesText(): string {
  const lines = (type: string, row: (resource: Json) => Json) =>
    resourcesOf<Json>(type)
      .filter((resource) => resource.url !== undefined)
      .map((resource) => JSON.stringify(row(resource)))
      .join(",\n");
  return `{
"madeBy": "node tools/terminology-tables.ts, from npm hl7.fhir.r4.examples 4.0.1 (FHIR R4, CC0)",
"codeSystems": [
${lines("CodeSystem", codeSystemRow)}
],
"valueSets": [
${lines("ValueSet", valueSetRow)}
],
"conceptMaps": [
${lines("ConceptMap", conceptMapRow)}
]
}
`;
}

if (import.meta.main) writeFileSync(tablesFile, tablesText());
