import { z } from "zod";
import { type CodedText, type FhirTime, type Named, pageQuery } from "./page.ts";

/** `q` is one or more of: parts of a name, an NHS number, a hospital number, a date of birth. */
export const findQuery = pageQuery.extend({ q: z.string().trim().max(200) });

export interface FoundPatients {
  /** Those with exactly the identifier asked for first. */
  readonly patients: readonly PatientRow[];
  readonly next?: string;
  /** How the question was read, for the screen: `NHS number 999 000 1234`; `name OSEI, born 12-Mar-1961`. */
  readonly readAs: string;
  /** What the person should know: an NHS number whose check digit is wrong. */
  readonly remarks: readonly string[];
}

/** What tells one patient from another, wherever one is named. */
export interface PatientRow {
  readonly id: string;
  /** `OSEI, Adaeze (Mrs)`; `Name not recorded` when there is none. Source: NHS CUI Patient Name Display. */
  readonly name: string;
  readonly born?: Born;
  /** Administrative gender; `Not known` when absent. */
  readonly gender: CodedText;
  readonly nhsNumber?: NhsNumber;
  readonly hospitalNumber?: string;
  readonly deceased?: Deceased;
  /** Ward and bed of the stay that is open now. */
  readonly ward?: string;
  /** The reader may not open the chart unless they say that they care for the patient, or break the glass. */
  readonly isOutOfReach?: true;
  /** False: the record was closed, or replaced by `replacedBy`. */
  readonly active: boolean;
  /** Id of the Patient that this one was merged into. */
  readonly replacedBy?: string;
}

/** Who a patient is whose chart the reader may not open. */
export interface PatientIdentity {
  readonly patient: PatientRow;
  /** Only breaking the glass opens the record. */
  readonly isSealed: boolean;
}

export interface Born {
  /** `1961-03-12`, or less where less is known: `1961-03`, `1961`. */
  readonly date: string;
  /** `12-Mar-1961`. */
  readonly text: string;
  /** `63y`, `8y 10m`, `14m 9d`, `7w 4d`, `9d`, `26hr`; of one who died, the age at death. Absent: not to be known. */
  readonly age?: string;
}

export interface NhsNumber {
  /** Ten digits. */
  readonly digits: string;
  /** `999 000 1234`. */
  readonly text: string;
  /** Words of the NHS number verification status, where recorded: `Number present and verified`. */
  readonly verification?: string;
  /** False: the check digit is wrong; show it as doubtful. */
  readonly valid: boolean;
}

export interface Deceased {
  /** `03-Jan-2026`; absent when the patient is known to have died and the date is not. */
  readonly text?: string;
  readonly date?: FhirTime;
}

/** The banner above every chart. Source: NHS CUI Patient Banner. */
export interface PatientBanner extends PatientRow {
  /** Name the patient likes to be called by. */
  readonly preferredName?: string;
  readonly otherNames: readonly string[];
  /** Every identifier but the NHS number, for the second zone. */
  readonly identifiers: readonly BannerIdentifier[];
  readonly address?: string;
  readonly phones: readonly Telecom[];
  readonly allergies: Allergies;
  /** The stay or visit that is open now. */
  readonly encounter?: OpenEncounter;
  readonly generalPractice?: Named;
  /** Of the Patient resource; the point of the record from which to listen is `position`. */
  readonly version: number;
  /** Give it to `/live?after=` so that no change is missed. */
  readonly position: number;
}

export interface BannerIdentifier {
  /** `Hospital number`, or what was sent for its type or authority. */
  readonly label: string;
  readonly value: string;
  readonly system?: string;
}

export interface Telecom {
  /** `Home`, `Mobile`, `Work`, `Email` … */
  readonly label: string;
  readonly value: string;
}

/** `unrecorded` and `none-known` are not the same and are not to be shown alike. */
export type Allergies =
  | { readonly state: "unrecorded"; readonly text: "No allergies recorded" }
  | { readonly state: "none-known"; readonly text: "No known allergies" }
  | { readonly state: "listed"; readonly text: string; readonly list: readonly Allergy[] };

export interface Allergy {
  readonly id: string;
  readonly substance: string;
  readonly reactions: readonly string[];
  readonly criticality?: "low" | "high" | "unable-to-assess";
  /** `Active`, `Unconfirmed` … */
  readonly status: string;
}

export interface OpenEncounter {
  readonly id: string;
  /** `Inpatient`, `Emergency`, `Outpatient` … */
  readonly kind: string;
  readonly location?: string;
  readonly consultant?: string;
  readonly service?: string;
  readonly since?: FhirTime;
}
