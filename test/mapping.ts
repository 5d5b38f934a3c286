/** Messages mapped without a record, for tests: what a message says, as resources. */
import { type LedgerEntry, type Plan, previewMessage } from "#departments/clinical";
import { expectOk, hospitalTime } from "#kernel";
import type { Patient, Resource } from "#standards/fhir";

export interface MappedText {
  readonly plan: Plan;
  readonly patient: Patient;
  readonly ledger: readonly LedgerEntry[];
  /** The planned resources of a type, in order. */
  of<T extends Resource["resourceType"]>(
    type: T,
  ): readonly (Extract<Plan[number]["resource"], { resourceType: T }> & Resource)[];
}

/** About `Patient/osei`. Throws where the type is not mapped or there is no PID: a mistake in the test. */
export function mapText(text: string): MappedText {
  const raw = new TextEncoder().encode(text);
  const patientReference = "Patient/osei";
  const { offsetMinutesAt } = hospitalTime("Europe/London");
  const { plan, patient, ledger } = expectOk(previewMessage({ raw, patientReference, offsetMinutesAt }));
  if (patient === undefined) throw new Error("This message has no PID.");
  return {
    plan,
    patient: patient as unknown as Patient,
    ledger,
    of: (type) => plan.flatMap(({ resource }) => (resource.resourceType === type ? [resource as never] : [])),
  };
}
