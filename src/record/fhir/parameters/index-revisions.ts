import type { JsonObject } from "#kernel";
import { refersByUrl, resourceTypes, searchParameterOf, standardSearchParametersOf } from "#standards/fhir";
import { type IndexEntries, noEntries } from "../../documents/index-entries.ts";
import { containedIn, containedKeys } from "../contained/contained-keys.ts";
import { isNamedReference, positionParameters } from "../fhir-entries.ts";
import { indexEntriesOf } from "../kinds.ts";
import type { IndexingJob } from "./indexing.ts";

const recordTypes = resourceTypes.filter((type) => type !== "AuditEvent");

const near = positionParameters("near");

/** Of a Location, where it stands. */
const positions: IndexingJob = {
  name: "index revision positions",
  types: ["Location"],
  entriesOf: (type) => (body) => {
    const { numbers } = indexEntriesOf(type, body);
    return { ...noEntries, numbers: numbers.filter(({ parameter }) => near.includes(parameter)) };
  },
  parametersOf: () => near,
};

/** How a canonical is written, with the version that is below another, and what a definition is called by. */
const canonicals: IndexingJob = {
  name: "index revision canonicals",
  types: recordTypes.filter((type) => searchParameterOf(type, "url")?.type === "uri" || byUrlOf(type).length > 0),
  entriesOf: (type) => {
    const parameters = byUrlOf(type);
    return (body) => {
      const { references, texts } = indexEntriesOf(type, body);
      return {
        ...noEntries,
        references: references.filter(isNamedReference),
        texts: texts.filter(({ parameter }) => parameters.includes(parameter)),
      };
    };
  },
  parametersOf: byUrlOf,
};

function byUrlOf(type: string): readonly string[] {
  const references = standardSearchParametersOf(type).filter((parameter) => parameter.type === "reference");
  return references.map(({ code }) => code).filter((code) => refersByUrl(type, code));
}

/** What resources contain. */
const contained: IndexingJob = {
  name: "index revision contained",
  types: recordTypes,
  entriesOf: () => containedEntries,
  parametersOf: () => [],
};

function containedEntries(body: JsonObject): IndexEntries {
  const found = containedIn(body);
  return found.length === 0 ? noEntries : { ...noEntries, keys: containedKeys(found, indexEntriesOf) };
}

/**
 * What Corridor's own index has gained since its first release, in that order. Documents that were written before are given
 * it at the next start. A change of what is indexed is a further one here; none is taken away, and no name is used again.
 */
export const indexRevisions: readonly IndexingJob[] = [positions, canonicals, contained];
