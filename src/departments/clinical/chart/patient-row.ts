import type { HospitalTime, Instant } from "#kernel";
import {
  checkNhsNumber,
  formatNhsNumber,
  type Identifier,
  nhsNumberSystem,
  type Patient,
  parseDateTime,
} from "#standards/fhir";
import type { Born, CodedText, Deceased, NhsNumber, PatientRow } from "../api.ts";
import { present } from "../messages/present.ts";
import { ageText, newbornAgeText } from "./age.ts";
import { codedText, hasCode } from "./coded-text.ts";
import { bannerName, displayName } from "./person-name.ts";
import { dateText, timeText } from "./time-text.ts";

/** When and where a patient is looked at: an age is that of the day it is in the hospital. */
export interface LookedAt {
  readonly now: Instant;
  readonly hospitalTime: HospitalTime;
}

/** A patient in one line. `ward` is where the stay that is open now takes place. */
export function patientRow(patient: Patient, at: LookedAt, ward?: string): PatientRow {
  const name = displayName(patient.name);
  return present<PatientRow>({
    id: patient.id ?? "",
    name: name === undefined ? "Name not recorded" : bannerName(name),
    born: bornOf(patient, at),
    gender: genderText(patient.gender),
    nhsNumber: nhsNumberOf(patient),
    hospitalNumber: hospitalNumberOf(patient.identifier)?.value,
    deceased: deceasedOf(patient, at),
    ward,
    active: patient.active !== false,
    replacedBy: replacedBy(patient),
  });
}

/** No more than who it is, of a patient whose chart the reader may not open. */
export function identityRow(patient: Patient, at: LookedAt): PatientRow {
  const { deceased: _, ...row } = patientRow(patient, at);
  return { ...row, isOutOfReach: true };
}

/** Source: NHS CUI Sex and Current Gender Display; FHIR R4 value set administrative-gender. */
function genderText(gender: Patient["gender"]): CodedText {
  switch (gender) {
    case "female":
      return { text: "Female", code: gender };
    case "male":
      return { text: "Male", code: gender };
    case "other":
      return { text: "Other", code: gender };
    case "unknown":
    case undefined:
      return present<CodedText>({ text: "Not known", code: gender });
  }
}

const birthTimeUrl = "http://hl7.org/fhir/StructureDefinition/patient-birthTime";

function bornOf(patient: Patient, { now, hospitalTime }: LookedAt): Born | undefined {
  const { birthDate: date } = patient;
  if (date === undefined) return undefined;
  const diedAt = patient.deceasedDateTime;
  const known = patient.deceasedBoolean !== true;
  const on = diedAt === undefined ? hospitalTime.day(now) : dayText(diedAt, hospitalTime);
  const byClock = newbornAgeText(birthTimeMs(patient), diedAt === undefined ? now : Date.parse(diedAt));
  return present<Born>({ date, text: dateText(date), age: known ? (byClock ?? ageText(date, on)) : undefined });
}

function dayText(time: string, { local }: HospitalTime): string {
  return time.includes("T") && !Number.isNaN(Date.parse(time)) ? local(Date.parse(time)).date : time;
}

function birthTimeMs(patient: Patient): number | undefined {
  const beside = patient._birthDate;
  const extensions = beside !== undefined && "extension" in beside ? beside.extension : undefined;
  const time = extensions?.find((each) => each.url === birthTimeUrl)?.valueDateTime;
  return time === undefined ? undefined : parseDateTime(time)?.fromMs;
}

function deceasedOf({ deceasedBoolean, deceasedDateTime }: Patient, { hospitalTime }: LookedAt): Deceased | undefined {
  if (deceasedDateTime !== undefined) return { text: timeText(deceasedDateTime, hospitalTime), date: deceasedDateTime };
  return deceasedBoolean === true ? {} : undefined;
}

/** Source: UK Core, extension NHS number verification status. */
const verificationUrl = /\/Extension-UKCore-NHSNumberVerificationStatus$/;

function nhsNumberOf(patient: Patient): NhsNumber | undefined {
  const current = (patient.identifier ?? []).filter(
    (each) => each.system === nhsNumberSystem && each.value !== undefined,
  );
  const identifier = current.find((each) => each.use !== "old" && each.period?.end === undefined) ?? current[0];
  if (identifier?.value === undefined) return undefined;
  const checked = checkNhsNumber(identifier.value);
  const digits = checked.ok ? checked.value : identifier.value;
  const status = identifier.extension?.find((each) => verificationUrl.test(each.url))?.valueCodeableConcept;
  return present<NhsNumber>({
    digits,
    text: formatNhsNumber(digits),
    verification: codedText(status)?.text,
    valid: checked.ok,
  });
}

const identifierTypes = "http://terminology.hl7.org/CodeSystem/v2-0203";

/** The number this hospital knows the patient by: of type medical record, else patient internal, else any other. */
export function hospitalNumberOf(identifiers: readonly Identifier[] | undefined): Identifier | undefined {
  const others = (identifiers ?? []).filter((each) => each.system !== nhsNumberSystem && each.use !== "old");
  return (
    others.find((each) => hasCode(each.type, identifierTypes, "MR")) ??
    others.find((each) => hasCode(each.type, identifierTypes, "PI")) ??
    others[0]
  );
}

function replacedBy(patient: Patient): string | undefined {
  const link = patient.link?.find((each) => each.type === "replaced-by");
  return link?.other.reference?.match(/Patient\/([A-Za-z0-9\-.]{1,64})$/)?.[1];
}
