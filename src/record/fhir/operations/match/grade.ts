import type { Agreement, Comparison, TraitName } from "./comparison.ts";

/** Source: FHIR R4 value set match-grade. */
export type MatchGrade = "certain" | "probable" | "possible" | "certainly-not";

export interface Grading {
  /** 0 to 1: how likely it is that the two are one person. */
  readonly score: number;
  readonly grade: MatchGrade;
}

type Weights = Readonly<Record<Agreement, number>>;

/**
 * What each agreement says: the logarithm, to the base of 2, of how much more often it is seen between two records of one
 * person than between those of two. A date of birth is shared by one in some 20,000, a sex by every second; a person's
 * name changes more often than a date of birth. Source: I. P. Fellegi, A. B. Sunter, A Theory for Record Linkage, 1969.
 */
const weights: Readonly<Record<TraitName, Weights>> = {
  identifier: { same: 20, alike: 0, part: 0, different: -8, unknown: 0 },
  family: { same: 8, alike: 5, part: 4, different: -4, unknown: 0 },
  given: { same: 6.5, alike: 4, part: 2.5, different: -7, unknown: 0 },
  birthDate: { same: 12, alike: 6, part: 1, different: -7, unknown: 0 },
  gender: { same: 1, alike: 0, part: 0, different: -5, unknown: 0 },
  address: { same: 7, alike: 4, part: 0, different: -0.5, unknown: 0 },
  telecom: { same: 7, alike: 0, part: 0, different: 0, unknown: 0 },
};

/** Before anything is compared: one in a hundred thousand. */
const prior = -17;

const atLeast = { certain: 0.99, probable: 0.8, possible: 0.05 } as const;

/** The grade of two people by how their traits compare. */
export function gradeOf(comparison: Comparison): Grading {
  const names = Object.keys(weights) as readonly TraitName[];
  const weight = names.reduce((sum, name) => sum + weights[name][comparison[name]], prior);
  const likelihood = 1 / (1 + 2 ** -weight);
  const score = Math.round(likelihood * 10_000) / 10_000;
  if (score < atLeast.possible) return { score, grade: "certainly-not" };
  if (score < atLeast.probable) return { score, grade: "possible" };
  if (score < atLeast.certain || !isBeyondDoubt(comparison)) return { score, grade: "probable" };
  return { score, grade: "certain" };
}

/**
 * However much agrees, what contradicts is for a person to judge: twins share all but their given names. And a name with a
 * date of birth alone is shared by strangers.
 */
function isBeyondDoubt(comparison: Comparison): boolean {
  const { identifier, address, telecom, birthDate, family, given } = comparison;
  const traits = Object.values(comparison);
  if (traits.some((agreement, at) => agreement === "different" && Object.keys(comparison)[at] !== "address"))
    return false;
  const isNamed = (family === "same" || family === "alike") && given !== "unknown";
  const isSupported = address === "same" || telecom === "same";
  return identifier === "same" || (birthDate === "same" && isNamed && isSupported);
}
