import type { Sample, Sampled, SampledObservation } from "./sample.ts";

/** Each shape is asked with so many values in turn. */
const valuesEach = 100;

type Shapes = Readonly<Record<string, readonly string[]>>;

/** Searches below `/fhir/` by the name of their shape, each with other values of the loaded set. */
export function searchShapes(sample: Sample): Shapes {
  const { patients, observations, conditions, encounters } = sample;
  const measured = observations.filter(({ valueQuantity }) => valueQuantity !== undefined);
  const shapes: Record<string, (number: number) => string> = {
    token: (n) => `Observation?code=${tokenOf(at(observations, n))}`,
    identifier: (n) => {
      const { system, value } = at(at(patients, n).identifier, n);
      return `Patient?identifier=${encodeURIComponent(`${system}|${value}`)}`;
    },
    "patient and token": (n) => {
      const observation = at(observations, n);
      return `Observation?patient=${subjectOf(observation)}&code=${tokenOf(observation)}`;
    },
    date: (n) => `Encounter?date=ge${dayOf(n)}&date=lt${dayOf(n, 14)}`,
    string: (n) => {
      const [{ family, given }] = at(patients, n).name;
      return n % 2 === 0 ? `Patient?family=${escaped(family)}` : `Patient?name=${escaped(given[0].slice(0, 4))}`;
    },
    quantity: (n) => {
      const { code, value, unit } = measuredAt(n);
      const least = `value-quantity=ge${value}${unit}`;
      return n % 2 === 0
        ? `Observation?code=${code}&${least}`
        : `Observation?${least}&value-quantity=le${value * 1.02}${unit}`;
    },
    chained: (n) => {
      const { code } = measuredAt(n);
      const { name, birthDate } = at(patients, n);
      return n % 2 === 0
        ? `Observation?subject:Patient.family=${escaped(name[0].family)}&code=${code}`
        : `Condition?subject:Patient.birthdate=${birthDate}`;
    },
    _has: (n) =>
      n % 2 === 0
        ? `Patient?_has:Condition:patient:code=${tokenOf(at(conditions, n))}`
        : `Patient?_has:Observation:patient:code=${tokenOf(at(observations, n))}&family=${escaped(at(patients, n).name[0].family)}`,
    composite: (n) => {
      const { code, value } = measuredAt(n);
      return `Observation?code-value-quantity=${code}$ge${value}`;
    },
    _include: (n) =>
      `Encounter?patient=${at(patients, n).id}&_include=Encounter:service-provider&_include=Encounter:subject`,
    _revinclude: (n) => `Patient?_id=${at(patients, n).id}&_revinclude=Condition:subject`,
    "_sort of a patient's": (n) => `Observation?patient=${at(patients, n).id}&_sort=-date`,
    "_sort of a code's": (n) => `Observation?code=${tokenOf(at(observations, n))}&_sort=-date`,
  };
  function dayOf(n: number, daysLater = 0): string {
    const start = Date.parse(at(encounters, n).period.start) + daysLater * 86_400_000;
    return new Date(start).toISOString().slice(0, 10);
  }
  function measuredAt(n: number): Measured {
    return measuredOf(at(measured, n));
  }
  const paths = (make: (number: number) => string) =>
    Array.from({ length: valuesEach }, (_, number) => `/fhir/${make(number)}&_count=20`);
  return Object.fromEntries(Object.entries(shapes).map(([name, make]) => [name, paths(make)]));
}

/** The nth, and again from the first; by steps, so that neighbours are not of the same patient. */
function at<T>(items: readonly T[], number: number): T {
  const item = items[(number * 7) % items.length];
  if (item === undefined) throw new Error("The loaded set has too little to search for: load more files.");
  return item;
}

function tokenOf({ code }: Sampled): string {
  const [{ system, code: value }] = code.coding;
  return escaped(`${system}|${value}`);
}

function subjectOf({ subject }: Sampled): string {
  return subject.reference;
}

interface Measured {
  readonly code: string;
  readonly value: number;
  /** `|system|code`, as it stands behind the value. */
  readonly unit: string;
}

function measuredOf(observation: SampledObservation): Measured {
  const { value = 0, system = "", code = "" } = observation.valueQuantity ?? {};
  return { code: tokenOf(observation), value: Number(value.toPrecision(4)), unit: escaped(`|${system}|${code}`) };
}

const escaped = encodeURIComponent;
