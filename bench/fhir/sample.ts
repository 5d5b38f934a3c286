/** Resources of the loaded set, spread over its patients: searches take their values from them. */
import type { Served } from "./served.ts";

export interface Sample {
  readonly patients: readonly SampledPatient[];
  readonly observations: readonly SampledObservation[];
  readonly conditions: readonly Sampled[];
  readonly encounters: readonly SampledEncounter[];
}

/** Of a resource what the searches ask for. */
export interface Sampled {
  readonly id: string;
  readonly code: { readonly coding: readonly [Coding] };
  readonly subject: { readonly reference: string };
  readonly encounter?: { readonly reference: string };
}

interface Coding {
  readonly system: string;
  readonly code: string;
}

export interface SampledPatient {
  readonly id: string;
  readonly identifier: readonly { readonly system: string; readonly value: string }[];
  readonly name: readonly [{ readonly family: string; readonly given: readonly [string] }];
  readonly birthDate: string;
}

export interface SampledObservation extends Sampled {
  readonly effectiveDateTime: string;
  readonly valueQuantity?: { readonly value: number; readonly system: string; readonly code: string };
}

export interface SampledEncounter {
  readonly id: string;
  readonly subject: { readonly reference: string };
  readonly period: { readonly start: string };
}

const patientsMax = 100;
const ofEach = 10;

export async function sampled(served: Served): Promise<Sample> {
  const all = await resources<SampledPatient>(served, "Patient?_count=1000&_sort=_id");
  const step = Math.max(1, Math.floor(all.length / patientsMax));
  const patients = all.filter((_, index) => index % step === 0).slice(0, patientsMax);
  const [observations, conditions, encounters]: [SampledObservation[], Sampled[], SampledEncounter[]] = [[], [], []];
  for (const { id } of patients) {
    const about = `patient=${id}&_count=${ofEach}`;
    observations.push(...(await resources<SampledObservation>(served, `Observation?${about}`)));
    conditions.push(...(await resources<Sampled>(served, `Condition?${about}`)));
    encounters.push(...(await resources<SampledEncounter>(served, `Encounter?${about}`)));
  }
  return { patients, observations, conditions, encounters };
}

/** What a search finds, on its first page. */
export async function resources<T>({ ask }: Served, search: string): Promise<readonly T[]> {
  const answer = await ask(search);
  const { entry = [] } = (await answer.json()) as { readonly entry?: readonly { readonly resource: T }[] };
  return entry.map(({ resource }) => resource);
}
