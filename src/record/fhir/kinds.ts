import type { JsonObject } from "#kernel";
import {
  checkResource,
  compileIndexer,
  type Indexer,
  type IndexSink,
  normaliseText,
  resourceTypes,
} from "#standards/fhir";
import type { IndexEntries, KindDefinition } from "../documents/index-entries.ts";

/** Every FHIR R4 resource type, checked against its structure and found by every parameter that the index holds. */
export const fhirKinds: readonly KindDefinition[] = resourceTypes
  // The audit log has a store of its own, because it is chained and only ever appended to.
  .filter((type) => type !== "AuditEvent")
  .map(fhirKind);

function fhirKind(type: string): KindDefinition {
  // Compiled at the first use: a hospital writes a few dozen of the 146 types.
  let indexer: Indexer | undefined;
  return {
    kind: type,
    check: (body) => checkResource(body.resourceType === undefined ? { ...body, resourceType: type } : body),
    index: (body) => {
      indexer ??= compileIndexer(type);
      return entriesOf(indexer, body);
    },
  };
}

function entriesOf(indexer: Indexer, body: JsonObject): IndexEntries {
  const keys = new Set<string>();
  const dates: { parameter: string; fromMs: number; toMs: number }[] = [];
  const texts: { parameter: string; text: string }[] = [];
  const sink: IndexSink = {
    token: (parameter, system, code) => {
      keys.add(`${parameter}=${code}`);
      keys.add(`${parameter}=${system ?? ""}|${code}`);
    },
    reference: (parameter, target) => keys.add(`${parameter}=${target}`),
    uri: (parameter, value) => keys.add(`${parameter}=${value}`),
    text: (parameter, value) => texts.push({ parameter, text: normaliseText(value) }),
    date: (parameter, fromMs, toMs) => dates.push({ parameter, fromMs, toMs }),
    // Searches by number and quantity are refused as unsupported until their index exists.
    number: () => {},
    quantity: () => {},
  };
  indexer(body, sink);
  return { keys: [...keys], dates, texts };
}
