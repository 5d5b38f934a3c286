import type { JsonObject } from "#kernel";
import {
  checkResource,
  compileIndexer,
  indexedParameterCodes,
  rememberByType,
  resourceTypes,
  searchParameterOf,
} from "#standards/fhir";
import { type IndexEntries, type KindDefinition, noEntries } from "../documents/index-entries.ts";
import { containedIn, containedKeys } from "./contained/contained-keys.ts";
import { FhirEntries } from "./fhir-entries.ts";

/** Every FHIR R4 resource type, checked against its structure and found by every parameter that the index holds. */
export const fhirKinds: readonly KindDefinition[] = resourceTypes
  // The audit log has a store of its own, because it is chained and only ever appended to.
  .filter((type) => type !== "AuditEvent")
  .map(fhirKind);

let kindsByType: ReadonlyMap<string, KindDefinition> | undefined;

/** What a resource of the type is found by. */
export function indexEntriesOf(type: string, body: JsonObject): IndexEntries {
  kindsByType ??= new Map(fhirKinds.map((definition) => [definition.kind, definition]));
  return kindsByType.get(type)?.index(body) ?? noEntries;
}

function fhirKind(type: string): KindDefinition {
  return {
    kind: type,
    check: (body) => checkResource(body.resourceType === undefined ? { ...body, resourceType: type } : body),
    // Compiled at the first use: a hospital writes a few dozen of the 146 types.
    index: (body) => entriesFor(type)(body),
  };
}

/** What the record itself knows of a document, whatever its body says. */
const ownParameters = ["_id", "_lastUpdated"];

const entriesFor = rememberByType((type): ((body: JsonObject) => IndexEntries) => {
  const codes = indexedParameterCodes(type).filter((code) => !ownParameters.includes(code));
  const indexer = compileIndexer(type, codes);
  const isDefinition = searchParameterOf(type, "url")?.type === "uri";
  return (body) => {
    const entries = new FhirEntries(type);
    indexer(body, entries);
    if (isDefinition) nameIn(entries, body);
    const contained = containedIn(body);
    if (contained.length > 0) entries.besides(containedKeys(contained, indexEntriesOf));
    return entries.done();
  };
});

function nameIn(entries: FhirEntries, { url, version }: JsonObject): void {
  if (typeof url === "string") entries.named(url, typeof version === "string" ? version : undefined);
}
