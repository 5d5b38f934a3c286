import { type JsonObject, ok, type Result } from "#kernel";
import { type HealthRecord, keyText, parseBody, type Version } from "#record";
import { packKind, sheetKind } from "../pack/disclosure.ts";
import { named, searched, searchedInParts } from "./searched.ts";

/** What has been found to go; `keptBesideOf` adds to it. */
export interface Gathering {
  readonly patients: ReadonlySet<string>;
  /** By `Kind/id`. */
  readonly documents: Map<string, Version>;
  readonly shared: Map<string, Set<string>>;
}

type Finder = (record: HealthRecord, gathering: Gathering) => Promise<Result<readonly Version[]>>;

/**
 * What is no part of what is held about a patient and yet says something of them: messages that were matched to nobody, their
 * deliveries, what is waited for, images on their way, packs that were made, where documents came from. What a finder adds the
 * next ones see. Problems: those of the record.
 */
export async function keptBesideOf(record: HealthRecord, gathering: Gathering): Promise<Result<void>> {
  for (const find of finders) {
    const found = await find(record, gathering);
    if (!found.ok) return found;
    for (const version of found.value) gathering.documents.set(keyText(version), version);
  }
  return ok(undefined);
}

/** A number of ten digits with a check digit is nobody else's; a hospital's number may be. */
const unmatchedMessages: Finder = async (record, { patients }) => {
  const people = await record.readMany([...patients].map((each) => ({ kind: "Patient", id: each.slice(8) })));
  if (!people.ok) return people;
  const numbers = people.value.flatMap((version) => nhsNumbersOf(parseBody(version)));
  const found = await searchedInParts(
    record,
    "LinkMessage",
    numbers.map((number) => `nhs-number=${number}`),
  );
  if (!found.ok) return found;
  return ok(
    found.value.filter((version) => {
      const { patientReference } = parseBody<{ readonly patientReference?: string }>(version);
      return patientReference === undefined || patients.has(patientReference);
    }),
  );
};

const nhsNumberSystem = "https://fhir.nhs.uk/Id/nhs-number";

function nhsNumbersOf({ identifier }: { readonly identifier?: readonly JsonObject[] }): readonly string[] {
  return (identifier ?? []).flatMap(({ system, value }) =>
    system === nhsNumberSystem && typeof value === "string" ? [value.replaceAll(" ", "")] : [],
  );
}

function idsOf({ documents }: Gathering, kind: string): readonly string[] {
  return [...documents.values()].flatMap((version) => (version.kind === kind ? [version.id] : []));
}

/** Documents of a kind whose ids are those of others. */
function underIdsOf(kind: string, of: string): Finder {
  return (record, gathering) => record.readMany(idsOf(gathering, of).map((id) => ({ kind, id })));
}

/** Documents of a kind that carry a key for each of others. */
function carrying(kind: string, of: string, key: (id: string) => string): Finder {
  return (record, gathering) => searchedInParts(record, kind, idsOf(gathering, of).map(key));
}

function ofPatients(kind: string): Finder {
  return (record, { patients }) =>
    searchedInParts(
      record,
      kind,
      [...patients].map((each) => `patient=${each}`),
    );
}

const disclosureSheets: Finder = async (record, { patients }) => {
  const items = await searchedInParts(
    record,
    "GovernanceItem",
    [...patients].map((each) => `patient=${each}`),
  );
  if (!items.ok) return items;
  return searchedInParts(
    record,
    sheetKind,
    items.value.map(({ id }) => `item=${id}`),
  );
};

function studiesOf(gathering: Gathering): readonly string[] {
  const studies = idsOf(gathering, "ImagingStudy").map((id) => gathering.documents.get(`ImagingStudy/${id}`));
  return studies.flatMap((version) => {
    const { identifier = [] } = version === undefined ? {} : parseBody<{ identifier?: readonly JsonObject[] }>(version);
    return identifier.flatMap(({ value }) => (typeof value === "string" ? [value.replace(/^urn:oid:/, "")] : []));
  });
}

function carryingStudies(kind: string): Finder {
  return (record, gathering) =>
    searchedInParts(
      record,
      kind,
      studiesOf(gathering).map((study) => `study=${study}`),
    );
}

/** They are in no index, and there are few. */
function ofStudies(kind: string): Finder {
  return async (record, gathering) => {
    const studies = new Set(studiesOf(gathering));
    if (studies.size === 0) return ok([]);
    const all = await searched(record, kind);
    return all.ok ? ok(all.value.filter((version) => studies.has(parseBody<{ study: string }>(version).study))) : all;
  };
}

/** One that says of a document that stays too where it came from stays. */
const provenances: Finder = async (record, { documents, patients }) => {
  const targets = [...documents.keys(), ...patients];
  const found = await searchedInParts(
    record,
    "Provenance",
    targets.map((target) => `target=${target}`),
  );
  if (!found.ok) return found;
  const going = new Set(targets);
  return ok(
    found.value.filter((version) => {
      const { target = [] } = parseBody<{ readonly target?: readonly JsonObject[] }>(version);
      return target.every((each) => going.has(named(each) ?? ""));
    }),
  );
};

const finders: readonly Finder[] = [
  unmatchedMessages,
  carrying("Delivery", "LinkMessage", (id) => `message=${id}`),
  underIdsOf("MappingDelay", "LinkMessage"),
  underIdsOf("AwaitedResult", "ServiceRequest"),
  carrying("PerformedStep", "ServiceRequest", (id) => `order=ServiceRequest/${id}`),
  ofPatients("PatientMerge"),
  ofPatients(packKind),
  disclosureSheets,
  carryingStudies("ImageSend"),
  carryingStudies("ImageDecision"),
  carryingStudies("ImageMark"),
  ofStudies("ImageEdit"),
  provenances,
];
