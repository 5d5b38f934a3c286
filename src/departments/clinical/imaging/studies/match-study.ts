import type { Patient, ServiceRequest } from "#standards/fhir";
import { normaliseText } from "#standards/fhir";
import type { DicomValues } from "./dicom-values.ts";

/** What the record holds that a study might be about. */
export interface StudyCandidates {
  /** Those that carry the study's patient id, whatever its system. */
  readonly patients: readonly Patient[];
  /** Orders with the study's accession number, and whom they are for. */
  readonly orders: readonly { readonly order: ServiceRequest; readonly patient: Patient | undefined }[];
}

export type StudyMatch =
  | { readonly is: "matched"; readonly patient: string; readonly order?: string }
  | { readonly is: "unmatched" }
  | { readonly is: "conflicting"; readonly why: ConflictReason; readonly patient?: string };

/** Why somebody has to say whom a study is about. */
export const conflictReasons = {
  "patients-differ": "Objects of the study name different patients.",
  "identity-differs": "The id is that of a patient with another name and another date of birth.",
  "several-patients": "The id belongs to several patients of the record.",
  "order-differs": "The order with this accession number is for somebody else.",
} as const;

export type ConflictReason = keyof typeof conflictReasons;

/**
 * By the patient's id first, then by the order. An id is believed over a name or a date of birth, but not over both; an order
 * alone only where name and date of birth agree.
 */
export function matchStudy(study: DicomValues, { patients, orders }: StudyCandidates): StudyMatch {
  const [known, second] = patients;
  const [first] = orders;
  if (second !== undefined) return matchSeveral(study, patients, first?.patient);
  if (known === undefined) return byOrder(study, orders);
  const patient = known.id ?? "";
  if (isOther(study, known)) return { is: "conflicting", why: "identity-differs", patient };
  if (first?.patient !== undefined && first.patient.id !== known.id)
    return { is: "conflicting", why: "order-differs", patient };
  const order = first?.order.id;
  return { is: "matched", patient, ...(order === undefined ? {} : { order }) };
}

/** The same number given by two hospitals is two patients': the order tells which, or name and date of birth together. */
function matchSeveral(study: DicomValues, patients: readonly Patient[], ordered: Patient | undefined): StudyMatch {
  const fitting = patients.filter((patient) => hasSame(study, patient));
  const [only, second] = fitting;
  if (only === undefined || second !== undefined) return { is: "conflicting", why: "several-patients" };
  if (ordered !== undefined && ordered.id !== only.id) return { is: "conflicting", why: "order-differs" };
  return { is: "matched", patient: only.id ?? "" };
}

function byOrder(study: DicomValues, orders: StudyCandidates["orders"]): StudyMatch {
  const [first, second] = orders;
  if (first?.patient === undefined || second !== undefined || !hasSame(study, first.patient))
    return { is: "unmatched" };
  const order = first.order.id;
  return { is: "matched", patient: first.patient.id ?? "", ...(order === undefined ? {} : { order }) };
}

function isOther(study: DicomValues, patient: Patient): boolean {
  return sameFamily(study, patient) === false && sameBirth(study, patient) === false;
}

function hasSame(study: DicomValues, patient: Patient): boolean {
  return sameFamily(study, patient) === true && sameBirth(study, patient) === true;
}

/** Undefined where one of them does not say. */
function sameFamily(study: DicomValues, { name = [] }: Patient): boolean | undefined {
  const [ours = ""] = (study.name("PatientName") ?? "").split("^");
  const theirs = name.flatMap(({ family }) => (family === undefined ? [] : [normaliseText(family)]));
  return ours === "" || theirs.length === 0 ? undefined : theirs.includes(normaliseText(ours));
}

function sameBirth(study: DicomValues, { birthDate }: Patient): boolean | undefined {
  const ours = study.text("PatientBirthDate");
  if (ours === undefined || birthDate === undefined) return undefined;
  const theirs = birthDate.replaceAll("-", "");
  return ours.startsWith(theirs) || theirs.startsWith(ours);
}
