/** Messages mapped without a record, for tests: what a message says, as resources. */

import type { Resource } from "#standards/fhir";
import { offsetsOf, parseMessage, readHeader } from "#standards/hl7v2";
import { type LedgerEntry, ledgerOf } from "../src/departments/clinical/messages/ledger.ts";
import { mapFor, mappingFor, readForMapping } from "../src/departments/clinical/messages/mapping.ts";
import type { Plan } from "../src/departments/clinical/messages/plan.ts";
import type { SentPatient } from "../src/departments/clinical/patients/from-pid.ts";

export interface MappedText {
  readonly plan: Plan;
  readonly patient: SentPatient;
  readonly ledger: readonly LedgerEntry[];
  /** The planned resources of a type, in order. */
  of<T extends Resource["resourceType"]>(
    type: T,
  ): readonly (Extract<Plan[number]["resource"], { resourceType: T }> & Resource)[];
}

/** About `Patient/osei`. Throws where the type is not mapped or there is no PID: a mistake in the test. */
export function mapText(text: string): MappedText {
  const message = parseMessage(text);
  const { header } = readHeader(message);
  const mapping = header && mappingFor(header);
  if (header === undefined || mapping === undefined) throw new Error("This message is not mapped.");
  const read = readForMapping(message, { header, mapping, offsetMinutesAt: offsetsOf("Europe/London") });
  const plan = mapFor({ reference: "Patient/osei" }, read, mapping);
  if (read.patient === undefined) throw new Error("This message has no PID.");
  return {
    plan,
    patient: read.patient,
    ledger: ledgerOf(read.groups.readers),
    of: (type) => plan.flatMap(({ resource }) => (resource.resourceType === type ? [resource as never] : [])),
  };
}
