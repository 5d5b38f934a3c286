import { addMonths, type Day } from "../clock/civil-day.ts";

/** What kind of care a record is of, as far as it decides how long it is kept. */
export const careClasses = ["mental-health", "maternity", "cancer"] as const;

export type CareClass = (typeof careClasses)[number];

/** What the record says of a patient that retention depends on. Days are the hospital's. */
export interface RetentionFacts {
  readonly birthDay?: Day;
  readonly deathDay?: Day;
  /** The last day of care. */
  readonly lastContact: Day;
  readonly classes: readonly CareClass[];
}

export interface RetentionRule {
  readonly name: string;
  readonly title: string;
  readonly applies: (facts: RetentionFacts) => boolean;
  /** The first day on which the record need not be kept any more. */
  readonly until: (facts: RetentionFacts) => Day;
}

const years = (day: Day, count: number) => addMonths(day, count * 12);
const isChild = ({ birthDay, lastContact }: RetentionFacts) =>
  birthDay !== undefined && lastContact < years(birthDay, 18);
const earlier = (a: Day, b: Day | undefined) => (b === undefined || a < b ? a : b);

/**
 * The shortest times for which health records are kept; the longest of those that apply counts.
 * Source: Records Management Code of Practice 2021 (updated 2023), appendix II, care records.
 */
export const retentionRules: readonly RetentionRule[] = [
  {
    name: "adult",
    title: "Adult health record: 8 years after the last care",
    applies: (facts) => !isChild(facts),
    until: ({ lastContact }) => years(lastContact, 8),
  },
  {
    name: "child",
    title: "Child's record: to the 25th birthday, the 26th if 17 when care ended, 8 years after a child's death",
    applies: isChild,
    until: ({ birthDay = "", deathDay, lastContact }) =>
      deathDay !== undefined && deathDay < years(birthDay, 18)
        ? years(deathDay, 8)
        : years(birthDay, lastContact >= years(birthDay, 17) ? 26 : 25),
  },
  {
    name: "mental-health",
    title: "Mental health: 20 years after the last treatment, or 10 after death if that is sooner",
    applies: ({ classes }) => classes.includes("mental-health"),
    until: ({ lastContact, deathDay }) => earlier(years(lastContact, 20), deathDay && years(deathDay, 10)),
  },
  {
    name: "maternity",
    title: "Maternity: 25 years after the last care",
    applies: ({ classes }) => classes.includes("maternity"),
    until: ({ lastContact }) => years(lastContact, 25),
  },
  {
    name: "cancer",
    title: "Cancer: 30 years after the last care, or 8 after death if that is sooner",
    applies: ({ classes }) => classes.includes("cancer"),
    until: ({ lastContact, deathDay }) => earlier(years(lastContact, 30), deathDay && years(deathDay, 8)),
  },
];

/** After so many years nothing less is kept: whoever had care since is not looked at. */
export const shortestYears = 8;

export interface Retention {
  readonly rule: string;
  readonly title: string;
  readonly until: Day;
}

/** Which rule keeps a record longest, and until when. */
export function retentionOf(facts: RetentionFacts): Retention {
  const applying = retentionRules
    .filter(({ applies }) => applies(facts))
    .map(({ name, title, until }) => ({ rule: name, title, until: until(facts) }));
  return applying.reduce((longest, each) => (each.until > longest.until ? each : longest));
}

/** Codes of the NHS data dictionary's treatment functions that a stay's service or type may carry. */
export function classOfTreatmentFunction(code: string): CareClass | undefined {
  if (/^7[0-2]\d$/.test(code)) return "mental-health";
  if (code === "501" || code === "560") return "maternity";
  return code === "370" || code === "800" ? "cancer" : undefined;
}

/** ICD-10 chapters of diagnoses. */
export function classOfDiagnosis(code: string): CareClass | undefined {
  if (/^C\d\d/.test(code)) return "cancer";
  if (/^F\d\d/.test(code)) return "mental-health";
  return /^O\d\d/.test(code) ? "maternity" : undefined;
}
