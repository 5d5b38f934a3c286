import { limits, ok, type Result } from "#kernel";
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
  const match = await matchOf(record, message, carriers);
  return match.ok ? ok({ match: match.value, recorded: recordedIn(versions), seen }) : match;
}

/** The patient alone. */
export async function findPatient(record: HealthRecord, message: ReadMessage): Promise<Result<PatientMatch<Patient>>> {
  const sight = await record.look({ keys: [], carriers: numbersOf(message) });
  return sight.ok ? matchOf(record, message, sight.value.carriers) : sight;
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

/** Whoever was merged into another is that other: a message may still have the name and date of birth from before. */
async function matchOf(
  record: HealthRecord,
  { identifiers, patient }: ReadMessage,
  carriers: readonly Version[],
): Promise<Result<PatientMatch<Patient>>> {
  const { lookup, nhsNumber } = identifiers;
  const sent = { lookup, patient: patient?.resource ?? {}, ...(nhsNumber === undefined ? {} : { nhsNumber }) };
  const candidates = carriers.map((version) => JSON.parse(version.body) as Patient);
  const standing = await standingFor(record, candidates);
  if (!standing.ok) return standing;
  const match = matchPatient(sent, standing.value);
  const [standsFor, other] = standing.value;
  if (match.is !== "conflict" || standsFor === undefined || other !== undefined) return ok(match);
  const fitsMerged = candidates.some((each) => each.id !== standsFor.id && matchPatient(sent, [each]).is === "known");
  return ok(fitsMerged ? { is: "known", patient: standsFor } : match);
}

/** Those who stand for these patients by now, each once. Most were never merged, and nothing is read for them. */
async function standingFor(record: HealthRecord, patients: readonly Patient[]): Promise<Result<readonly Patient[]>> {
  const standing = new Map<string, Patient>();
  for (const patient of patients) if (replacementOf(patient) === undefined) standing.set(patient.id ?? "", patient);
  for (const patient of patients) {
    let next = replacementOf(patient);
    for (let hops = 0; next !== undefined && !standing.has(next) && hops < limits.mergedPatientsMax; hops += 1) {
      const read = await record.read("Patient", next);
      if (!read.ok) return read;
      const found = JSON.parse(read.value.body) as Patient;
      next = replacementOf(found);
      if (next === undefined) standing.set(found.id ?? "", found);
    }
  }
  return ok([...standing.values()]);
}

/** Id of the patient that one was merged into. */
function replacementOf({ link, active }: Patient): string | undefined {
  const replacement = active === false ? link?.find(({ type }) => type === "replaced-by") : undefined;
  return replacement?.other.reference?.split("/").at(-1);
}

function recordedOf(version: Version): Recorded {
  return { version: version.version, resource: JSON.parse(version.body) as Resource };
}
