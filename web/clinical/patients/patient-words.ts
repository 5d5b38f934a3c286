import type { Deceased, PatientRow } from "#departments/clinical/api";

/** `12-Mar-1961 (63y)`; `not known` when no date of birth is recorded. */
export function bornText(patient: Pick<PatientRow, "born">): string {
  if (patient.born === undefined) return "not known";
  return patient.born.age === undefined ? patient.born.text : `${patient.born.text} (${patient.born.age})`;
}

/** `999 123 4567`; `not known` when none is recorded. */
export function nhsNumberText(patient: Pick<PatientRow, "nhsNumber">): string {
  return patient.nhsNumber?.text ?? "not known";
}

/** `Died 03-Jan-2026`; the date is often not known. */
export function deceasedText(deceased: Deceased): string {
  return deceased.text === undefined ? "Died, date not known" : `Died ${deceased.text}`;
}

/** Of a patient whose chart opens only by a claim or by breaking the glass. */
export const outOfReachText = "Opens with a reason";

/** A whole patient in one sentence, for screen readers. */
export function patientSentence(patient: PatientRow): string {
  const parts = [
    patient.name,
    `born ${bornText(patient)}`,
    patient.gender.text,
    `NHS number ${nhsNumberText(patient)}`,
    patient.ward,
    patient.deceased === undefined ? undefined : deceasedText(patient.deceased),
    patient.isOutOfReach ? outOfReachText.toLowerCase() : undefined,
  ];
  return parts.filter((part) => part !== undefined).join(", ");
}
