import { factorAt, type Ill } from "../illness/ill.ts";
import { ageYearsAt, type Person } from "../people/person.ts";
import { type Random, randomOf, seedOf } from "../random.ts";
import { derived } from "./derived.ts";
import { bySex, childRows, type LaboratoryTest, type TestKey, testOf } from "./tests.ts";

export interface Patient {
  readonly person: Person;
  readonly ills: readonly Ill[];
}

/** The values of one specimen, each worked out once, rounded as the laboratory prints it. */
export type SpecimenValues = (key: TestKey) => number;

export interface Taken {
  readonly atMs: number;
  /** For what differs from day to day. */
  readonly random: Random;
}

export function specimenValues({ person, ills }: Patient, { atMs, random }: Taken): SpecimenValues {
  const known = new Map<TestKey, number>();
  const ageYears = ageYearsAt(person, atMs);
  const value = (key: TestKey): number => {
    const test = testOf(key);
    const found = known.get(key);
    if (found !== undefined) return found;
    const calculate = derived[key];
    const usual = calculate?.({ sex: person.sex, ageYears, value }) ?? healthy(test, { person, ageYears, random });
    const factor = calculate === undefined ? factorAt(ills, key, atMs) : 1;
    const rounded = Number(within(usual * factor, test.possible).toFixed(test.decimals));
    known.set(key, rounded);
    return rounded;
  };
  return value;
}

interface Whose {
  readonly person: Person;
  readonly ageYears: number;
  readonly random: Random;
}

/** What a person has when well: always near the same place, and never quite the same. */
function healthy(test: LaboratoryTest, { person, ageYears, random }: Whose): number {
  const own = randomOf(seedOf(person.seed, test.key)).normal();
  const today = random.normal();
  const typical = childRow(test.key, ageYears)?.[1] ?? bySex(test.typical ?? 0, person.sex);
  return typical * Math.exp((own * test.betweenPercent) / 100 + (today * test.withinPercent) / 100);
}

function within(value: number, [low, high]: readonly [number, number]): number {
  return Math.max(low, Math.min(high, value));
}

function childRow(key: TestKey, ageYears: number) {
  return childRows[key]?.find(([underAge]) => ageYears < underAge);
}

/** The range printed beside a value. */
export function rangeOf(test: LaboratoryTest, person: Person, atMs: number): string {
  return childRow(test.key, ageYearsAt(person, atMs))?.[2] ?? bySex(test.range, person.sex);
}
