/** Random searches over random resources: the database finds what a plain evaluation finds. */
import assert from "node:assert/strict";
import { it } from "node:test";
import type { JsonObject } from "#kernel";
import { loinc, searchWard } from "../../../../test/search-ward.ts";

/** The same numbers in each run. Source: Numerical Recipes, linear congruential generator. */
function chance(seed: number) {
  let state = seed;
  return (below: number) => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const next = chance(20_260_302);
const oneOf = <T>(values: readonly T[]): T => values[next(values.length)] as T;

interface Seen {
  readonly id: string;
  readonly code: string;
  readonly status: string;
  readonly value: number | undefined;
  readonly day: number;
  readonly patient: Person;
}

interface Person {
  readonly id: string;
  readonly gender: string | undefined;
  readonly family: string;
}

const codes = ["a", "b", "c", "d"];
const statuses = ["final", "amended"];
const families = ["Osei", "O'Neill", "Osman", "Lindqvist"];
const genders = ["male", "female", undefined];

const people: readonly Person[] = Array.from({ length: 12 }, (_, at) => ({
  id: `p${at}`,
  gender: oneOf(genders),
  family: oneOf(families),
}));
const observations: readonly Seen[] = Array.from({ length: 120 }, (_, at) => ({
  id: `o${at}`,
  code: oneOf(codes),
  status: oneOf(statuses),
  value: next(4) === 0 ? undefined : next(20),
  day: 1 + next(28),
  patient: oneOf(people),
}));

const dayText = (day: number) => `2026-02-${String(day).padStart(2, "0")}`;

function bodies(): readonly JsonObject[] {
  const patients = people.map(({ id, gender, family }) => ({
    resourceType: "Patient",
    id,
    name: [{ family }],
    ...(gender === undefined ? {} : { gender }),
  }));
  const seen = observations.map(({ id, code, status, value, day, patient }) => ({
    resourceType: "Observation",
    id,
    status,
    code: { coding: [{ system: loinc, code }] },
    subject: { reference: `Patient/${patient.id}` },
    effectiveDateTime: dayText(day),
    ...(value === undefined ? {} : { valueQuantity: { value } }),
  }));
  return [...patients, ...seen];
}

/** A condition as it is written, and as a person would check it. */
interface Asked<T> {
  readonly text: string;
  readonly holds: (of: T) => boolean;
}

const ofPerson: readonly (() => Asked<Person>)[] = [
  () => {
    const wanted = oneOf(["male", "female"]);
    return { text: `gender=${wanted}`, holds: ({ gender }) => gender === wanted };
  },
  () => {
    const wanted = oneOf(["male", "female"]);
    return { text: `gender:not=${wanted}`, holds: ({ gender }) => gender !== wanted };
  },
  () => ({ text: "gender:missing=true", holds: ({ gender }) => gender === undefined }),
  () => {
    const start = oneOf(["O", "os", "ose", "lind", "x"]);
    return { text: `family=${start}`, holds: ({ family }) => family.toLowerCase().startsWith(start.toLowerCase()) };
  },
];

const comparisons: Readonly<Record<string, (value: number, wanted: number) => boolean>> = {
  "": (value, wanted) => value === wanted,
  ne: (value, wanted) => value !== wanted,
  gt: (value, wanted) => value > wanted,
  lt: (value, wanted) => value < wanted,
  ge: (value, wanted) => value >= wanted,
  le: (value, wanted) => value <= wanted,
};

const ofObservation: readonly (() => Asked<Seen>)[] = [
  () => {
    const wanted = [oneOf(codes), oneOf(codes)];
    return { text: `code=${wanted.join(",")}`, holds: ({ code }) => wanted.includes(code) };
  },
  () => {
    const wanted = oneOf(statuses);
    return { text: `status:not=${wanted}`, holds: ({ status }) => status !== wanted };
  },
  () => {
    const [prefix, wanted] = [oneOf(Object.keys(comparisons)), next(20)];
    const isSo = ({ value }: Seen) => value !== undefined && comparisons[prefix]?.(value, wanted) === true;
    return { text: `value-quantity=${prefix}${wanted}`, holds: isSo };
  },
  () => {
    const [prefix, wanted] = [oneOf(Object.keys(comparisons)), 1 + next(28)];
    return {
      text: `date=${prefix}${dayText(wanted)}`,
      holds: ({ day }) => comparisons[prefix]?.(day, wanted) === true,
    };
  },
  () => {
    const [code, least] = [oneOf(codes), next(20)];
    const isSo = (seen: Seen) => seen.code === code && seen.value !== undefined && seen.value >= least;
    return { text: `code-value-quantity=${code}$ge${least}`, holds: isSo };
  },
  () => {
    const { text, holds } = oneOf(ofPerson)();
    return { text: `patient.${text}`, holds: ({ patient }) => holds(patient) };
  },
  () => {
    const [code, least] = [oneOf(codes), next(20)];
    const isSo = (seen: Seen) => seen.code === code || (seen.value !== undefined && seen.value > least);
    return { text: `_filter=code eq ${code} or value-quantity gt ${least}`, holds: isSo };
  },
];

const throughObservations = (): Asked<Person> => {
  const { text, holds } = oneOf(ofObservation.slice(0, 5))();
  const isSo = (person: Person) => observations.some((seen) => seen.patient === person && holds(seen));
  return { text: `_has:Observation:patient:${text}`, holds: isSo };
};

const runs = 150;

it("what is found is what there is", async () => {
  const { find } = await searchWard(bodies());
  for (let run = 0; run < runs; run += 1) {
    const conditions = [oneOf(ofObservation)(), oneOf(ofObservation)()].slice(0, 1 + next(2));
    const search = `Observation?${conditions.map(({ text }) => text).join("&")}&_count=500`;
    const expected = observations.filter((seen) => conditions.every(({ holds }) => holds(seen))).map(({ id }) => id);
    assert.deepEqual([...(await find(search))].sort(), expected.sort(), search);
    const asked = [throughObservations(), oneOf(ofPerson)()].slice(0, 1 + next(2));
    const patients = `Patient?${asked.map(({ text }) => text).join("&")}&_count=500`;
    const wanted = people.filter((person) => asked.every(({ holds }) => holds(person))).map(({ id }) => id);
    assert.deepEqual([...(await find(patients))].sort(), wanted.sort(), patients);
  }
});
