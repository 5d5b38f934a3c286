import { limits } from "#kernel";
import { uidOfUuid } from "#standards/dicom";
import { wordsOf } from "./dicom/people.ts";

/** What de-identifying is given from outside. One project's outcomes cannot be linked with another's. */
export interface Project {
  /** HMAC-SHA-256 of the text in UTF-8 under the project's key. */
  readonly digest: (text: string) => Uint8Array;
  /** The current year, for ages over 89. */
  readonly year: number;
  /** Patients by id and by identifier (`identifierKey`), see `patientsOf`: the key of their dates. */
  readonly patients: ReadonlyMap<string, string>;
  /** Words that patients are called by, see `patientsOf`: no code and no address may have one of them in it. */
  readonly people?: ReadonlySet<string>;
  /** Texts that someone has read and found to name nobody, in lower case. */
  readonly reviewed: ReadonlySet<string>;
}

const shiftDaysMax = 365;

/**
 * The keyed outcomes of a project: the same text always becomes the same. Identifiers are linked by their value alone, spelt
 * without blanks, so that FHIR, HL7 v2 and DICOM views of one patient agree.
 */
export class Keyed {
  readonly project: Project;
  readonly #remembered = new Map<string, string>();
  readonly #shifts = new Map<string, number>();

  constructor(project: Project) {
    this.project = project;
  }

  /** `PSEUDO-3F0C…`: never to be taken for a number of the hospital. */
  identifier(text: string): string {
    return this.#once(
      "i",
      text,
      () => `PSEUDO-${hex(this.#bytes("identifier", identifierKey(text), 10)).toUpperCase()}`,
    );
  }

  /** Of at most 16 characters, for the values of DICOM and v2 that have no room: `PS-3F0C…`. */
  shortIdentifier(text: string): string {
    return this.identifier(text).replace("PSEUDO-", "PS-").slice(0, 16);
  }

  /** Of a resource: `pseudo-` and a UUID. */
  id(text: string): string {
    return `pseudo-${this.uuid(text)}`;
  }

  /** A UUID of version 8. Source: RFC 9562 §5.8. */
  uuid(text: string): string {
    return this.#once("u", text, () => {
      const bytes = this.#bytes("id", text.toLowerCase(), 16);
      bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
      bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
      return hex(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
    });
  }

  /** A DICOM UID under 2.25. Source: PS3.5 §B.2. */
  uid(text: string): string {
    return this.#once("o", text, () => uidOfUuid(hex(this.#bytes("uid", text, 16))));
  }

  /** Whole days, 1 to 365 back, for all dates of a patient. */
  shiftDays(patientKey: string): number {
    let days = this.#shifts.get(patientKey);
    if (days === undefined) {
      days = -1 - this.choice("shift", patientKey, shiftDaysMax);
      if (this.#shifts.size >= limits.pseudonymsRememberedMax) this.#shifts.clear();
      this.#shifts.set(patientKey, days);
    }
    return days;
  }

  /** 0 to `count` - 1. */
  choice(purpose: string, text: string, count: number): number {
    const [a = 0, b = 0, c = 0, d = 0] = this.#bytes(purpose, text, 4);
    return (a * 2 ** 24 + b * 2 ** 16 + c * 2 ** 8 + d) % count;
  }

  isReviewed(text: string): boolean {
    return this.project.reviewed.has(text.trim().toLowerCase());
  }

  /** Whether a patient is called by a word of the text. */
  isCalled(text: string): boolean {
    const { people } = this.project;
    return people !== undefined && people.size > 0 && wordsOf(text).some((word) => people.has(word));
  }

  #once(purpose: string, text: string, make: () => string): string {
    const key = purpose + text;
    const known = this.#remembered.get(key);
    if (known !== undefined) return known;
    if (this.#remembered.size >= limits.pseudonymsRememberedMax) this.#remembered.clear();
    const made = make();
    this.#remembered.set(key, made);
    return made;
  }

  #bytes(purpose: string, text: string, count: number): Uint8Array {
    return this.project.digest(`${purpose}\0${text}`).slice(0, count);
  }
}

/** How identifiers are compared: in capitals, without blanks and hyphens. */
export function identifierKey(text: string): string {
  return text.replace(/[\s-]/g, "").toUpperCase();
}

function hex(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += byte.toString(16).padStart(2, "0");
  return text;
}
