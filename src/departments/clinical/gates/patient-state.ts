import { conflict, type Problem } from "#kernel";
import type { Patient } from "#standards/fhir";

/** What is to be noticed of the patient that results or orders are recorded for: `patient-deceased`, `patient-merged`. */
export function patientState({ deceasedBoolean, deceasedDateTime, link, active }: Patient): readonly Problem[] {
  const isDead = deceasedDateTime !== undefined || deceasedBoolean === true;
  const isReplaced = active === false && link?.some(({ type }) => type === "replaced-by") === true;
  return isDead || isReplaced ? [...(isDead ? [deceased] : []), ...(isReplaced ? [merged] : [])] : none;
}

const none: readonly Problem[] = [];
const where = "PID[1]-3";
const deceased = conflict("patient-deceased", "The record says that this patient has died.", { where });
const merged = conflict("patient-merged", "The record says that this patient was merged into another.", { where });
