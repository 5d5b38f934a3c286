import { dataSetOf } from "#standards/dicom";
import type { Identifier, Patient } from "#standards/fhir";

/** Source: PS3.3 Table C.2-2, C.2-3 (Patient Identification and Demographic Modules). */
export function patientValues(patient: Patient) {
  const { birthDate = "" } = patient;
  const [first, ...others] = inOrder(patient.identifier ?? []);
  return {
    PatientName: nameText(patient),
    PatientID: (first?.value ?? "").slice(0, 64),
    IssuerOfPatientID: issuerOf(first),
    OtherPatientIDsSequence: others.map((each) =>
      dataSetOf({ PatientID: each.value ?? "", IssuerOfPatientID: issuerOf(each), TypeOfPatientID: "TEXT" }),
    ),
    PatientBirthDate: /^\d{4}-\d{2}-\d{2}$/.test(birthDate) ? birthDate.replaceAll("-", "") : "",
    PatientSex: patient.gender === undefined ? "" : sexes[patient.gender],
    PatientState: "",
    MedicalAlerts: "",
    Allergies: "",
    PregnancyStatus: "",
    SpecialNeeds: "",
    ConfidentialityConstraintOnPatientDataDescription: "",
  };
}

const sexes = { female: "F", male: "M", other: "O", unknown: "" } as const;

/** The hospital's own number first, which is what modalities have shown ever since. */
function inOrder(identifiers: readonly Identifier[]): readonly Identifier[] {
  const isOwn = ({ type }: Identifier) => type?.coding?.some(({ code }) => code === "MR") === true;
  const usable = identifiers.filter(({ value, use }) => value !== undefined && use !== "old");
  return [...usable.filter(isOwn), ...usable.filter((each) => !isOwn(each))];
}

/** The name of the authority, as it stands at the end of the system. */
function issuerOf(identifier: Identifier | undefined): string {
  return (identifier?.assigner?.display ?? identifier?.system?.split(/[:/]/).at(-1) ?? "").slice(0, 64);
}

/** PN. Source: PS3.5 §6.2.1. */
export function nameText({ name = [] }: Patient): string {
  const official = name.find(({ use }) => use === "official") ?? name.find(({ use }) => use !== "old") ?? name[0];
  if (official === undefined) return "";
  const { family = official.text ?? "", given = [], prefix = [], suffix = [] } = official;
  const [first = "", ...middle] = given;
  const parts = [family, first, middle.join(" "), prefix.join(" "), suffix.join(" ")].map((part) =>
    part.replace(/[\^=\\]/g, " "),
  );
  return parts.join("^").replace(/\^+$/, "");
}
