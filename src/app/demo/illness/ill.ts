import type { TestKey } from "../laboratory/tests.ts";
import { ageYearsAt, type Person } from "../people/person.ts";
import type { Random } from "../random.ts";
import { dayMs, yearMs } from "../times.ts";
import { type AcuteIllness, acuteIllnesses, type ChronicIllness, chronicIllnesses } from "./illnesses.ts";

/** How long the laboratory's memory is. */
export const rememberedMs = 2 * yearMs;

export interface Chronic {
  readonly is: "chronic";
  readonly illness: ChronicIllness;
  /** About 1 at its usual strength. */
  readonly severity: number;
  /** The start of the remembered time, and the day of the first treatment in it. */
  readonly fromMs: number;
  readonly treatedMs: number;
}

export interface Acute {
  readonly is: "acute";
  readonly illness: AcuteIllness;
  readonly severity: number;
  readonly onsetMs: number;
}

export type Ill = Chronic | Acute;

export function chronicOf(person: Person, random: Random, asOfMs: number): readonly Chronic[] {
  const ageYears = ageYearsAt(person, asOfMs);
  const fromMs = asOfMs - rememberedMs;
  return chronicIllnesses
    .filter((illness) => fits(illness, person, ageYears) && random.chance(illness.share))
    .map((illness) => ({
      is: "chronic",
      illness,
      severity: random.between(0.55, 1.15),
      fromMs,
      treatedMs: fromMs + random.between(0.1, 0.7) * rememberedMs,
    }));
}

/** An acute illness that somebody of this age may have; undefined where chance says none, or none fits. */
export function acuteOf(person: Person, random: Random, onsetMs: number): Acute | undefined {
  const fitting = acuteIllnesses.filter((illness) => fits(illness, person, ageYearsAt(person, onsetMs)));
  let left = random.next() * fitting.reduce((total, { share }) => total + share, 0);
  for (const illness of fitting) {
    left -= illness.share;
    if (left < 0) return { is: "acute", illness, severity: random.between(0.7, 1.12), onsetMs };
  }
  return undefined;
}

function fits(illness: ChronicIllness | AcuteIllness, { sex }: Person, ageYears: number): boolean {
  const [from, to] = illness.ages;
  return ageYears >= from && ageYears <= to && (illness.sex ?? sex) === sex;
}

/** What a healthy value is multiplied by at a time, all illnesses together. */
export function factorAt(ills: readonly Ill[], key: TestKey, atMs: number): number {
  return ills.reduce((product, ill) => product * (ill.illness.factors[key] ?? 1) ** strengthAt(ill, atMs), 1);
}

/** 0 is none, 1 the usual height of it. */
export function strengthAt(ill: Ill, atMs: number): number {
  return ill.severity * (ill.is === "chronic" ? chronicShape(ill, atMs) : acuteShape(ill, atMs));
}

const fadeOfTreatmentDays = 60;

function chronicShape({ illness, fromMs, treatedMs }: Chronic, atMs: number): number {
  switch (illness.course) {
    case "steady":
      return 0.9 + 0.1 * Math.sin((atMs - treatedMs) / (70 * dayMs));
    case "worsening":
      return 0.35 + 0.65 * Math.max(0, Math.min(1, (atMs - fromMs) / rememberedMs));
    case "treated":
      return atMs < treatedMs ? 1 : 0.06 + 0.94 * Math.exp((treatedMs - atMs) / (fadeOfTreatmentDays * dayMs));
  }
}

function acuteShape({ illness, onsetMs }: Acute, atMs: number): number {
  const days = (atMs - onsetMs) / dayMs;
  if (days < 0) return 0;
  if (days < illness.peakDays) return 0.75 + (0.25 * days) / illness.peakDays;
  return Math.exp((illness.peakDays - days) / illness.fadeDays);
}
