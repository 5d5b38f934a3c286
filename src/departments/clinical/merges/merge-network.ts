import { conflict, failed, limits, ok, type Result } from "#kernel";
import { type HealthRecord, parseBody, type Version } from "#record";
import type { Patient } from "#standards/fhir";
import { type Forest, forestOf } from "./forest.ts";
import { counts, type PatientMerge, patientMergeKind } from "./patient-merge.ts";

export interface KnownMerge {
  readonly id: string;
  readonly version: number;
  readonly merge: PatientMerge;
}

export interface KnownPatient {
  readonly version: number;
  readonly patient: Patient;
}

/** Some patients, all whom merges connect them with, and those merges, those that count no more among them. */
export interface MergeNetwork {
  /** In the order of their record. */
  readonly merges: readonly KnownMerge[];
  readonly patients: ReadonlyMap<string, KnownPatient>;
}

/**
 * Follows merges from patient to patient until no more are found. Problems: conflict `merges-too-many` beyond
 * `limits.mergedPatientsMax`; those of the record.
 */
export async function readNetwork(record: HealthRecord, starts: readonly string[]): Promise<Result<MergeNetwork>> {
  const merges = new Map<string, KnownMerge>();
  const seen = new Set<string>();
  let open = [...new Set(starts)];
  while (open.length > 0) {
    for (const patient of open) seen.add(patient);
    const found = await mergesOf(record, open);
    if (!found.ok) return found;
    for (const known of found.value) merges.set(known.id, known);
    const named = found.value.flatMap(({ merge }) => [merge.discarded.reference, merge.survivor.reference]);
    open = [...new Set(named)].filter((patient) => !seen.has(patient));
    if (seen.size + open.length > limits.mergedPatientsMax) return failed(tooMany);
  }
  const patients = await readPatients(record, [...seen]);
  if (!patients.ok) return patients;
  const inOrder = [...merges.values()].sort((a, b) => Date.parse(a.merge.recordedAt) - Date.parse(b.merge.recordedAt));
  return ok({ merges: inOrder, patients: patients.value });
}

const tooMany = conflict("merges-too-many", "Merges connect more patients than can be looked at together.");

/** Of the merges that count. */
export function forestIn({ merges }: Pick<MergeNetwork, "merges">): Forest {
  return forestOf(merges.filter(({ merge }) => counts(merge)).map(({ merge }) => edgeOf(merge)));
}

export function edgeOf({ discarded, survivor }: PatientMerge) {
  return { discarded: discarded.reference, survivor: survivor.reference };
}

async function mergesOf(record: HealthRecord, patients: readonly string[]): Promise<Result<readonly KnownMerge[]>> {
  const page = await record.search({
    kind: patientMergeKind,
    all: [{ is: "key", any: patients.map((patient) => `patient=${patient}`) }],
    sort: { by: "updated", descending: false },
    limit: limits.pageSizeMax,
  });
  if (!page.ok) return page;
  return page.value.next === undefined ? ok(page.value.versions.map(knownMerge)) : failed(tooMany);
}

export function knownMerge(version: Version): KnownMerge {
  return { id: version.id, version: version.version, merge: parseBody<PatientMerge>(version) };
}

async function readPatients(
  record: HealthRecord,
  references: readonly string[],
): Promise<Result<ReadonlyMap<string, KnownPatient>>> {
  const keys = references.map((reference) => ({ kind: "Patient", id: reference.slice("Patient/".length) }));
  const read = await record.readMany(keys);
  if (!read.ok) return read;
  return ok(
    new Map(
      read.value.map((version) => [
        `Patient/${version.id}`,
        { version: version.version, patient: parseBody<Patient>(version) },
      ]),
    ),
  );
}
