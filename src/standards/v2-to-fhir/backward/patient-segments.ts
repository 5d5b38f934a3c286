import { nhsNumberSystem } from "#standards/fhir";
import { codeTableOf } from "../code-tables.ts";
import type { MessageWriter } from "./message-writer.ts";
import { codeText } from "./primitive-text.ts";
import { type FhirResource, listIn, objectIn } from "./resource-set.ts";
import { hasField, setText } from "./segment-draft.ts";
import { setVisitPlaces } from "./visit-place.ts";

/** PID, and PV1 where a visit is known. */
export function addPatient(writer: MessageWriter, patient: FhirResource, encounter: FhirResource | undefined): void {
  const pid = writer.start("PID");
  setText(pid, { field: 1 }, "1");
  writer.fill(pid, "PID[Patient]", withNumberTypes(patient));
  writer.add(pid);
  if (encounter === undefined) return;
  const pv1 = writer.start("PV1");
  setText(pv1, { field: 1 }, "1");
  setVisitPlaces(pv1, encounter, writer.set);
  setText(pv1, { field: 2 }, patientClass(encounter));
  writer.fill(pv1, "PV1[Encounter]", encounter);
  const number = objectIn(listIn(encounter.identifier)[0])?.value;
  if (!hasField(pv1, 19)) setText(pv1, { field: 19 }, typeof number === "string" ? number : undefined);
  writer.add(pv1);
}

/** PV1-2 is a code alone. */
function patientClass(encounter: FhirResource): string | undefined {
  const table = codeTableOf("PatientClass[EncounterClass]");
  return table === undefined ? undefined : codeText(table, "code", objectIn(encounter.class)?.code);
}

/** NHS numbers first, and named as such in CX.5. Source: table 0203, NH. */
function withNumberTypes(patient: FhirResource): FhirResource {
  const identifiers = listIn(patient.identifier).map((each) => objectIn(each) ?? {});
  const isNhs = ({ system }: { readonly system?: unknown }) => system === nhsNumberSystem;
  const nhs = identifiers.filter(isNhs).map((each) => ({ ...each, type: { coding: [{ code: "NH" }] } }));
  if (nhs.length === 0) return patient;
  return { ...patient, identifier: [...nhs, ...identifiers.filter((each) => !isNhs(each))] };
}
