/** What a Consent says, in the form in which it is decided on. Made by `readTerms`. */
export interface Terms {
  /** What holds where no rule says otherwise; undefined: this Consent says nothing of it. */
  readonly base: Decision | undefined;
  /** Only of what is done for research. */
  readonly isForResearch: boolean;
  /** When the whole Consent holds; undefined: always. */
  readonly frame?: Span;
  /** The exceptions to the base. */
  readonly rule?: Rule;
}

export type Decision = "permit" | "deny";

/** One `Consent.provision`: what it decides where all of its criteria are met, apart from what its own rules say. */
export interface Rule {
  /** Undefined: it only says where its rules hold. */
  readonly type: Decision | undefined;
  readonly period?: Span;
  /** One of each list must be met; an empty list is met by everything. */
  readonly actors: readonly RuleActor[];
  readonly actions: readonly Coded[];
  readonly purposes: readonly Coded[];
  readonly labels: readonly Coded[];
  readonly classes: readonly Coded[];
  /** Each by one of its codings. */
  readonly codes: readonly Coded[];
  readonly dataPeriod?: Span;
  readonly data: readonly RuleData[];
  readonly rules: readonly Rule[];
  /** Something of it cannot be read: it is taken as met where that denies, and as not met where it permits. */
  readonly isUnclear: boolean;
}

export interface Coded {
  readonly system?: string;
  readonly code: string;
}

export interface RuleActor {
  /** How the actor is involved; `AUT` means who wrote the data, every other the one who acts. */
  readonly roles: readonly Coded[];
  /** `Practitioner/1` */
  readonly reference?: string;
  readonly identifier?: Coded;
}

/** Source: FHIR R4 consent-data-meaning. */
export type DataMeaning = "instance" | "related" | "dependents" | "authoredby";

export interface RuleData {
  readonly meaning: DataMeaning;
  /** `Observation/1` */
  readonly reference: string;
}

/** Of time; the end is exclusive. */
export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}
