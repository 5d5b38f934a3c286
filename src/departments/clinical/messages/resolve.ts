import { ok, type Result } from "#kernel";
import { type HealthRecord, keyText, type Query, type Version } from "#record";
import type { Patient, Resource } from "#standards/fhir";
import { identifierKey, matchPatient, type PatientMatch } from "../patients/match.ts";
import type { ReadMessage } from "./mapping.ts";
import type { Plan } from "./plan.ts";
import type { Recorded, RecordedResources } from "./settle.ts";

/** More matches than two tell nothing more. */
const candidatesMax = 2;

/** The patient that a message is about, by one search. Problems: those of the record. */
export async function findPatient(
  record: HealthRecord,
  { identifiers, patient }: ReadMessage,
): Promise<Result<PatientMatch<Patient>>> {
  const { lookup, nhsNumber } = identifiers;
  const query: Query = {
    kind: "Patient",
    all: [{ is: "key", any: lookup.map(identifierKey) }],
    sort: { by: "updated", descending: false },
    limit: candidatesMax,
  };
  const found = await record.search(query);
  if (!found.ok) return found;
  const candidates = found.value.versions.map((version) => JSON.parse(version.body) as Patient);
  const sent = { lookup, patient: patient?.resource ?? {}, ...(nhsNumber === undefined ? {} : { nhsNumber }) };
  return ok(matchPatient(sent, candidates));
}

/** What the record holds of everything that a plan names, by one read. */
export async function readRecorded(record: HealthRecord, plan: Plan): Promise<Result<RecordedResources>> {
  const keys = plan.map((planned) => ({ kind: planned.resource.resourceType, id: planned.id }));
  const read = await record.readMany(keys);
  return read.ok ? ok(new Map(read.value.map((version) => [keyText(version), recordedOf(version)]))) : read;
}

function recordedOf(version: Version): Recorded {
  return { version: version.version, resource: JSON.parse(version.body) as Resource };
}
