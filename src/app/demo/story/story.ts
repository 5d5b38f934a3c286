import { type Clinician, consultants, generalPractitioners } from "../hospital/clinicians.ts";
import { clinicOf, placeOf, wardFor } from "../hospital/wards.ts";
import { type Acute, acuteOf, type Chronic, chronicOf, rememberedMs } from "../illness/ill.ts";
import { chronicIllnesses, type Specialty } from "../illness/illnesses.ts";
import type { Patient } from "../laboratory/specimen-values.ts";
import { ageYearsAt, type Person } from "../people/person.ts";
import { type Random, randomOf, seedOf } from "../random.ts";
import { dayMs, dayOf, hourMs } from "../times.ts";
import type { Collection } from "./collection.ts";
import { checkCollections, clinicCollections, stayCollections } from "./collection.ts";

/** A stay in a ward or a visit to a clinic. */
export interface Visit {
  readonly number: string;
  readonly is: "stay" | "clinic";
  /** PL. */
  readonly place: string;
  readonly specialty: Specialty;
  readonly consultant: Clinician;
  readonly fromMs: number;
  /** Undefined while it goes on. */
  readonly toMs: number | undefined;
  readonly reason: string;
}

/** What happened to one person in the two years. */
export interface Story extends Patient {
  readonly practitioner: Clinician;
  readonly visits: readonly Visit[];
  readonly collections: readonly Collection[];
  readonly diedMs: number | undefined;
}

const inWardNowShare = 0.16;
const diedShare = 0.06;

export function storyOf(person: Person, asOfMs: number): Story {
  const random = randomOf(seedOf(person.seed, "story"));
  const practitioner = random.pick(generalPractitioners);
  const chronic = chronicOf(person, random, asOfMs);
  const stays = staysOf(person, random, asOfMs);
  const diedMs = deathOf(person, { random, stays });
  const visits = [
    ...stays.map(({ visit }) => visit),
    ...chronic.flatMap((ill) => clinicVisits(person, { ill, random, asOfMs })),
  ];
  const collections = [
    ...stays.flatMap((stay) => stayCollections(stay, { random, asOfMs })),
    ...visits.filter(({ is }) => is === "clinic").flatMap((visit) => clinicCollections(visit, { chronic, random })),
    ...checkCollections({ person, practitioner, chronic, random, asOfMs }),
  ];
  const before = diedMs ?? asOfMs;
  return {
    person,
    practitioner,
    ills: [...chronic, ...stays.map(({ acute }) => acute)],
    visits: visits.filter(({ fromMs }) => fromMs < before),
    collections: collections
      .filter(({ atMs }) => atMs < before && atMs > person.bornMs)
      .toSorted((one, other) => one.atMs - other.atMs),
    diedMs,
  };
}

export interface Stay {
  readonly acute: Acute;
  readonly visit: Visit;
}

/** One that goes on now for some, and up to two that are over. */
function staysOf(person: Person, random: Random, asOfMs: number): readonly Stay[] {
  const isInWard = random.chance(inWardNowShare) || person.at % 8 === 1;
  const past = random.pick([0, 0, 0, 1, 1, 2]);
  const onsets = Array.from({ length: past }, () => asOfMs - random.between(40, rememberedMs / dayMs - 20) * dayMs);
  if (isInWard) onsets.push(asOfMs - random.between(0.4, 5) * dayMs);
  return onsets
    .filter((onsetMs) => onsetMs > person.bornMs)
    .flatMap((onsetMs, at) => {
      const acute = acuteOf(person, random, onsetMs);
      return acute === undefined ? [] : [{ acute, visit: stayOf(person, { acute, at, random, asOfMs }) }];
    });
}

interface StayFacts {
  readonly acute: Acute;
  readonly at: number;
  readonly random: Random;
  readonly asOfMs: number;
}

function stayOf(person: Person, { acute, at, random, asOfMs }: StayFacts): Visit {
  const { illness, onsetMs } = acute;
  const specialty = ageYearsAt(person, onsetMs) < 16 ? "Paediatrics" : illness.specialty;
  const isNow = asOfMs - onsetMs < 6 * dayMs;
  // Somebody who is in a ward now gets a bed when it is known who else is (see `beds.ts`).
  return {
    number: `V${String(person.at).padStart(5, "0")}${at}`,
    is: "stay",
    place: placeOf(wardFor(specialty), random.whole(0, 40)),
    specialty,
    consultant: consultants[specialty],
    fromMs: onsetMs,
    toMs: isNow ? undefined : onsetMs + random.between(...illness.stayDays) * dayMs,
    reason: illness.name,
  };
}

/** At the end of a stay. */
function deathOf(
  person: Person,
  { random, stays }: { readonly random: Random; readonly stays: readonly Stay[] },
): number | undefined {
  const isInWard = stays.some(({ visit }) => visit.toMs === undefined);
  const last = stays.at(-1)?.visit.toMs;
  const dies = random.chance(diedShare * 3) && person.at > 7;
  return dies && !isInWard && last !== undefined ? last : undefined;
}

interface ClinicFacts {
  readonly ill: Chronic;
  readonly random: Random;
  readonly asOfMs: number;
}

/** Every fourth time the blood is taken, the patient is seen in a clinic; the other times at the practice. */
function clinicVisits(person: Person, { ill, random, asOfMs }: ClinicFacts): readonly Visit[] {
  const { specialty, name, everyDays } = ill.illness;
  const everyMs = Math.max(200, everyDays * 3) * dayMs;
  const count = Math.floor(rememberedMs / everyMs);
  return Array.from({ length: count }, (_, at) => {
    const fromMs = dayOf(ill.fromMs + (at + random.between(0.2, 0.8)) * everyMs) + random.whole(9, 15) * hourMs;
    return {
      number: `O${String(person.at).padStart(5, "0")}${chronicIllnesses.indexOf(ill.illness)}${at}`,
      is: "clinic" as const,
      place: clinicOf(specialty),
      specialty,
      consultant: consultants[specialty],
      fromMs,
      toMs: fromMs + hourMs / 2,
      reason: name,
    };
  }).filter(({ fromMs }) => fromMs < asOfMs - dayMs);
}
