import type { Patient, PatientContact, Period } from "#standards/fhir";
import { codeableConcept, codeOf } from "../messages/datatypes/cwe.ts";
import { dateTimeIn } from "../messages/datatypes/ts.ts";
import { address } from "../messages/datatypes/xad.ts";
import { organization } from "../messages/datatypes/xon.ts";
import { personName } from "../messages/datatypes/xpn.ts";
import { contactPoints } from "../messages/datatypes/xtn.ts";
import type { SegmentReader } from "../messages/message-reader.ts";
import { list, presentOrNone } from "../messages/present.ts";

/** Next of kin, kept with the patient. Source: v2-to-FHIR NK1[Patient], rows in their order. */
export function contact(nk1: SegmentReader): PatientContact | undefined {
  return presentOrNone<PatientContact>({
    name: personName(nk1.field(2)),
    relationship: list(codeableConcept(nk1.field(3), "Relationship"), codeableConcept(nk1.field(7), "ContactRole")),
    address: address(nk1.field(4)),
    telecom: list(
      ...(contactPoints(nk1.fields(5)) ?? []),
      ...(contactPoints(nk1.fields(6), "work") ?? []),
      ...(contactPoints(nk1.fields(40)) ?? []),
    ),
    period: presentOrNone<Period>({ start: dateTimeIn(nk1.field(8)), end: dateTimeIn(nk1.field(9)) }),
    organization: organization(nk1.field(13)),
    gender: codeOf(nk1.field(15), "AdministrativeSex") as Patient["gender"],
  });
}
