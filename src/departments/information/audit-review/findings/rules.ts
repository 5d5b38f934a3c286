/** What is unusual about somebody who looked at a record. */
export type RuleName =
  | "own-record"
  | "same-surname"
  | "colleague"
  | "flagged-patient"
  | "unusual-volume"
  | "unusual-hour";

export interface AnomalyRule {
  readonly title: string;
  /** What it adds to a finding; one is written from `findingWeightMin` on. */
  readonly weight: number;
  /** In the unit that `title` names. */
  readonly threshold: number;
}

/** The rules as data. A hospital that finds one too loud turns its weight down. */
export const anomalyRules: Readonly<Record<RuleName, AnomalyRule>> = {
  "own-record": { title: "The patient has the name of the person who looked", weight: 5, threshold: 1 },
  "same-surname": { title: "The patient has the surname of the person who looked", weight: 2, threshold: 1 },
  colleague: { title: "The patient has the name of somebody who works here", weight: 3, threshold: 1 },
  "flagged-patient": { title: "The record carries a mark of special care", weight: 3, threshold: 1 },
  "unusual-volume": {
    title: "So many times the records that this person, and their role, look at in a day",
    weight: 3,
    threshold: 3,
  },
  "unusual-hour": {
    title: "At an hour at which the person does at most this per cent of what they do",
    weight: 1,
    threshold: 1,
  },
};

export const findingWeightMin = 2;

/** A person who looks at fewer records in a day never looks at unusually many. */
export const usualPatientsMin = 30;

/** Entries that must be known of a person before an hour can be unusual. */
export const usualEntriesMin = 200;
