import type { FieldView, MessageView, PatientRow } from "#departments/clinical/api";

/** What a message says of its patient, to be held beside the record. */
export interface SentPerson {
  readonly name?: string;
  /** `1961-03-12`, as far as it was sent. */
  readonly born?: string;
  readonly gender?: string;
  readonly nhsNumber?: string;
  readonly hospitalNumbers: readonly string[];
}

const genders: Readonly<Record<string, string>> = { F: "Female", M: "Male", U: "Not known", O: "Other" };

/** Source: HL7 v2.5.1 chapter 3.4.2, PID-5, PID-7, PID-8. */
export function sentPerson(message: MessageView): SentPerson {
  const born = isoDate(pidText(message, 7));
  const sex = pidText(message, 8);
  const { nhsNumber, hospitalNumbers } = message.patient;
  return {
    ...(message.patientName === undefined ? {} : { name: message.patientName }),
    ...(born === undefined ? {} : { born }),
    ...(sex === undefined ? {} : { gender: genders[sex] ?? sex }),
    ...(nhsNumber === undefined ? {} : { nhsNumber }),
    hospitalNumbers,
  };
}

function pidText({ segments }: MessageView, number: number): string | undefined {
  const pid = segments.find(({ name }) => name === "PID");
  return fieldText(pid?.fields.find((field) => field.number === number));
}

/** The text of a field, of its first component where it has several. */
export function fieldText(field: FieldView | undefined): string | undefined {
  return field?.text ?? field?.components[0]?.text;
}

function isoDate(text: string | undefined): string | undefined {
  const parts = /^(\d{4})(\d{2})?(\d{2})?/.exec(text ?? "");
  if (parts === null) return text;
  return parts.slice(1).filter(Boolean).join("-");
}

/** Which facts of the record's patient are others than the message's. What either does not state differs from nothing. */
export function differences(sent: SentPerson, patient: PatientRow): ReadonlySet<"name" | "born" | "nhsNumber"> {
  const found = new Set<"name" | "born" | "nhsNumber">();
  if (differ(familyName(sent.name), familyName(patient.name))) found.add("name");
  if (differ(sent.born, patient.born?.date)) found.add("born");
  if (differ(sent.nhsNumber?.replaceAll(" ", ""), patient.nhsNumber?.digits)) found.add("nhsNumber");
  return found;
}

function differ(one: string | undefined, other: string | undefined): boolean {
  return one !== undefined && other !== undefined && one !== other;
}

function familyName(name: string | undefined): string | undefined {
  return name?.split(",")[0]?.trim().toLocaleUpperCase("en-GB");
}
