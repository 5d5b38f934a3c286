import { isDeepStrictEqual } from "node:util";
import type { JsonObject } from "#kernel";
import type { Operation } from "#record";
import type { Patient } from "#standards/fhir";
import type { Forest } from "./forest.ts";
import type { KnownPatient } from "./merge-network.ts";
import { placedPatient } from "./placed-patient.ts";

export interface PatientsBefore {
  readonly forest: Forest;
  /** Every patient whom merges concern, as in the record; version 0 for one that is yet to be made. */
  readonly patients: ReadonlyMap<string, KnownPatient>;
  readonly released: ReadonlyMap<string, boolean | null>;
}

export interface PatientWrite {
  readonly reference: string;
  /** The version that it is then; as before where it stays as it is. */
  readonly version: number;
  readonly isChanged: boolean;
  readonly operation: Operation;
}

/**
 * The patients as merges now have them. All are named, also those that stay as they are: so whatever was decided on one of
 * them meanwhile fails, and is decided anew.
 */
export function patientWrites({ forest, patients, released }: PatientsBefore): readonly PatientWrite[] {
  const bodies = new Map([...patients].map(([reference, { patient }]) => [reference, patient]));
  const placement = { forest, known: new Set(patients.keys()), patients: bodies, released };
  return [...patients].map(([reference, { version, patient }]) => {
    const placed = placedPatient(reference, placement);
    const isChanged = version === 0 || !isDeepStrictEqual(placed, patient);
    const body = (isChanged ? placed : patient) as Patient & JsonObject;
    const id = reference.slice("Patient/".length);
    const operation: Operation = { action: "update", kind: "Patient", id, body, ifMatch: version };
    return { reference, version: isChanged ? version + 1 : version, isChanged, operation };
  });
}

/** Those that become another version, as a Provenance names them. */
export function patientTargets(writes: readonly PatientWrite[]) {
  return writes
    .filter(({ isChanged }) => isChanged)
    .map(({ reference, version }) => ({ kind: "Patient", id: reference.slice("Patient/".length), version }));
}
