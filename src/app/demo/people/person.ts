import { type Random, randomOf, seedOf } from "../random.ts";
import { dayMs, dayOf, yearMs } from "../times.ts";
import { namePools, streets, towns } from "./names.ts";
import { testNhsNumber } from "./nhs-number.ts";

export type Sex = "female" | "male";

/** A patient who does not exist. */
export interface Person {
  /** From 0; everything about this person follows from the hospital's seed and this number. */
  readonly at: number;
  readonly seed: number;
  /** In the range 999 000 0000 to 999 999 9999, which is kept for tests. */
  readonly nhsNumber: string;
  readonly hospitalNumber: string;
  readonly prefix: string;
  readonly given: string;
  readonly middle: string | undefined;
  readonly family: string;
  readonly sex: Sex;
  readonly bornMs: number;
  readonly street: string;
  readonly town: string;
  readonly postcode: string;
  /** Source: Ofcom, numbers for use in TV and radio drama (01632 960000 to 960999). */
  readonly phone: string;
}

export function personOf(hospitalSeed: number, at: number, asOfMs: number): Person {
  const seed = seedOf(hospitalSeed, "person", at);
  const random = randomOf(seed);
  const sex: Sex = random.chance(0.51) ? "female" : "male";
  const ageYears = ageOf(random, at);
  const pool = poolOf(random);
  const given = random.pick(pool[sex]);
  const middle = random.chance(0.4) ? random.pick(pool[sex]) : undefined;
  return {
    at,
    seed,
    nhsNumber: testNhsNumber((seedOf(hospitalSeed, "numbers") % 200_000) + at * 7),
    hospitalNumber: `H${1_042_300 + at}`,
    prefix: prefixOf(random, { sex, ageYears }),
    given,
    middle: middle === given ? undefined : middle,
    family: random.pick(pool.family),
    sex,
    bornMs: dayOf(asOfMs - ageYears * yearMs - random.whole(1, 300) * dayMs),
    street: `${random.whole(1, 120)} ${random.pick(streets)}`,
    town: random.pick(towns),
    postcode: `ZZ99 ${random.whole(1, 9)}${letters(random)}`,
    phone: `01632 960${String(random.whole(0, 999)).padStart(3, "0")}`,
  };
}

/** A hospital sees more of the old than of the young; the first few are of every age, whatever the seed. */
function ageOf(random: Random, at: number): number {
  const ofEveryAge = [0, 3, 97, 16, 44, 71, 29, 83];
  const first = ofEveryAge[at];
  if (first !== undefined) return first;
  const share = random.next();
  if (share < 0.1) return random.whole(0, 15);
  if (share < 0.42) return random.whole(16, 54);
  return random.whole(55, 97);
}

function poolOf(random: Random) {
  let left = random.next() * namePools.reduce((total, { share }) => total + share, 0);
  for (const pool of namePools) {
    left -= pool.share;
    if (left < 0) return pool;
  }
  return random.pick(namePools);
}

function prefixOf(random: Random, { sex, ageYears }: { readonly sex: Sex; readonly ageYears: number }): string {
  if (ageYears < 16) return sex === "female" ? "Miss" : "Master";
  return sex === "female" ? random.pick(["Mrs", "Mrs", "Ms", "Miss"]) : "Mr";
}

function letters(random: Random): string {
  return Array.from({ length: 2 }, () => random.pick([..."ABDEFGHJLNPQRSTUWXYZ"])).join("");
}

export function ageYearsAt({ bornMs }: Pick<Person, "bornMs">, ms: number): number {
  return Math.floor((ms - bornMs) / yearMs);
}
