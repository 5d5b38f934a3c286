import { ok, type Result } from "#kernel";
import { type HealthRecord, type Key, keyText, type Sighting, type Version } from "#record";
import type { Patient, Resource } from "#standards/fhir";
import { identifierKey, matchPatient, type PatientMatch } from "../patients/match.ts";
import type { ReadMessage } from "./mapping.ts";
import type { Plan } from "./plan.ts";
import type { Recorded, RecordedResources } from "./settle.ts";

/** What the record holds of everything that a message concerns. */
export interface Found {
  readonly match: PatientMatch<Patient>;
  readonly recorded: RecordedResources;
  readonly seen: Sighting;
}

export interface Finding {
  readonly plan: Plan;
  /** What will be written besides the plan. */
  readonly beside: readonly Key[];
}

/** The patient that a message is about, and the resources that a plan names, in one round trip. Problems: those of the record. */
export async function find(
  record: HealthRecord,
  message: ReadMessage,
  { plan, beside }: Finding,
): Promise<Result<Found>> {
  const sight = await record.look({ keys: [...keysOf(plan), ...beside], carriers: numbersOf(message) });
  if (!sight.ok) return sight;
  const { versions, carriers, seen } = sight.value;
  return ok({ match: matchOf(message, carriers), recorded: recordedIn(versions), seen });
}

/** The patient alone. */
export async function findPatient(record: HealthRecord, message: ReadMessage): Promise<Result<PatientMatch<Patient>>> {
  const sight = await record.look({ keys: [], carriers: numbersOf(message) });
  return sight.ok ? ok(matchOf(message, sight.value.carriers)) : sight;
}

/** What the record holds of everything that a plan names, by one read. */
export async function readRecorded(record: HealthRecord, plan: Plan): Promise<Result<RecordedResources>> {
  const read = await record.readMany(keysOf(plan));
  return read.ok ? ok(recordedIn(read.value)) : read;
}

function keysOf(plan: Plan): readonly Key[] {
  return plan.map((planned) => ({ kind: planned.resource.resourceType, id: planned.id }));
}

function recordedIn(versions: readonly Version[]): RecordedResources {
  return new Map(versions.map((version) => [keyText(version), recordedOf(version)]));
}

function numbersOf({ identifiers }: ReadMessage) {
  return { kind: "Patient", keys: identifiers.lookup.map(identifierKey) };
}

function matchOf({ identifiers, patient }: ReadMessage, carriers: readonly Version[]): PatientMatch<Patient> {
  const { lookup, nhsNumber } = identifiers;
  const sent = { lookup, patient: patient?.resource ?? {}, ...(nhsNumber === undefined ? {} : { nhsNumber }) };
  return matchPatient(
    sent,
    carriers.map((version) => JSON.parse(version.body) as Patient),
  );
}

function recordedOf(version: Version): Recorded {
  return { version: version.version, resource: JSON.parse(version.body) as Resource };
}
