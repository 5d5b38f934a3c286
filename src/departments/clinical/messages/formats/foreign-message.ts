import type { Problem } from "#kernel";
import type { Reference } from "#standards/fhir";
import type { AckCode } from "#standards/hl7v2";
import type { SentPatient } from "../../patients/from-pid.ts";
import type { SentIdentifiers } from "../../patients/sent-identifiers.ts";
import type { LedgerEntry } from "../ledger.ts";
import type { Plan } from "../plan.ts";

/** What a message is written in. */
export type MessageFormat = "hl7v2" | "edifact" | "fhir";

/**
 * A message in other words than HL7 v2. Gates, routes, books and search know it by a header of HL7 v2 that is made of what it
 * says; what it says is read from itself.
 */
export interface ForeignMessage {
  readonly format: Exclude<MessageFormat, "hl7v2">;
  readonly contentType: string;
  /** The character set its bytes are read with. */
  readonly charset: string;
  /** Of what it says, where the same message may come again in other bytes; absent: by its bytes alone. */
  readonly digest?: string;
  /** What it brings has numbers that the record may know from elsewhere. */
  readonly isNumbered?: true;
  /** Why it cannot be taken as it is, its sender has to change it; `where` in the words of its format. */
  readonly faults: readonly Problem[];
  /** Where it says what gates ask for, by the fields of HL7 v2 that they name: `PID[1]-3`. */
  readonly places: Readonly<Record<string, string>>;
  /** When something happened, was reported or is said: digits from the year on, and where it says so. */
  readonly moments: readonly SaidMoment[];
  read(setting: ForeignSetting): ForeignReading;
  /** The answer to this message alone, in its own words. */
  acknowledge(answer: ForeignAnswer): string;
}

export interface SaidMoment {
  readonly code: "birth-date-in-future" | "report-time-in-future" | "time-in-future";
  /** `20261123` */
  readonly digits: string;
  readonly where: string;
}

export interface ForeignSetting {
  /** The offsets of the hospital's clock. */
  offsetMinutesAt(localTime: string): number;
}

export interface ForeignAnswer {
  readonly code: AckCode;
  /** Why it is refused; none where it is accepted. */
  readonly problems: readonly Problem[];
  /** People decide on it. */
  readonly isHeld: boolean;
  /** Of the answer. */
  readonly controlId: string;
  /** A FHIR instant. */
  readonly sentAt: string;
}

/** What it says, as a typed mapping of HL7 v2 says it. */
export interface ForeignReading {
  readonly patient: SentPatient;
  readonly identifiers: SentIdentifiers;
  /** When it was sent: a FHIR instant. */
  readonly sentAt: string | undefined;
  /** About a patient of the record; the ledger is then of this. */
  plan(subject: Reference): Plan;
  /** Every value, mapped or listed. Ask after `plan`. */
  ledger(): readonly LedgerEntry[];
}
