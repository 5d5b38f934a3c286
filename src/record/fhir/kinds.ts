import type { JsonObject } from "#kernel";
import {
  checkResource,
  compileIndexer,
  type Indexer,
  type IndexSink,
  normaliseText,
  resourceTypes,
  searchParametersOf,
} from "#standards/fhir";
import { type IndexEntries, type KindDefinition, noEntries } from "../documents/index-entries.ts";

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
  // Compiled at the first use: a hospital writes a few dozen of the 146 types.
  let indexer: Indexer | undefined;
  return {
    kind: type,
    check: (body) => checkResource(body.resourceType === undefined ? { ...body, resourceType: type } : body),
    index: (body) => {
      indexer ??= compileIndexer(type, indexedCodes(type));
      return entriesOf(indexer, body);
    },
  };
}

/** What the record itself knows of a document, whatever its body says. */
const ownParameters = ["_id", "_lastUpdated"];

function indexedCodes(type: string): readonly string[] {
  return searchParametersOf(type)
    .map(({ code }) => code)
    .filter((code) => !ownParameters.includes(code));
}

/**
 * The key of a code; `system` undefined: of any system, empty: of none. A bar in a code is escaped, so that nobody can make
 * an identifier that is found as another's.
 */
export function tokenKey(parameter: string, system: string | undefined, code: string): string {
  const plain = code.includes("|") ? code.replaceAll("|", "\\|") : code;
  return system === undefined ? `${parameter}=${plain}` : `${parameter}=${system}|${plain}`;
}

/** The key by which `:exact` finds a text as it was written. */
export function exactKey(parameter: string, text: string): string {
  return `${parameter}:exact=${text}`;
}

function entriesOf(indexer: Indexer, body: JsonObject): IndexEntries {
  const keys = new Set<string>();
  const dates: { parameter: string; fromMs: number; toMs: number }[] = [];
  const texts: { parameter: string; text: string }[] = [];
  const sink: IndexSink = {
    token: (parameter, system, code) => {
      keys.add(tokenKey(parameter, undefined, code));
      keys.add(tokenKey(parameter, system ?? "", code));
    },
    reference: (parameter, target) => {
      keys.add(`${parameter}=${target}`);
      // A canonical is found with its version and without.
      const bar = target.indexOf("|");
      if (bar !== -1) keys.add(`${parameter}=${target.slice(0, bar)}`);
    },
    uri: (parameter, value) => keys.add(`${parameter}=${value}`),
    text: (parameter, value) => {
      keys.add(exactKey(parameter, value));
      texts.push({ parameter, text: normaliseText(value) });
    },
    date: (parameter, fromMs, toMs) => dates.push({ parameter, fromMs, toMs }),
    // Searches by number and quantity are refused as unsupported until their index exists.
    number: () => {},
    quantity: () => {},
  };
  indexer(body, sink);
  return { keys: [...keys], dates, texts };
}
