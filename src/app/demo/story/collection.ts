import type { Clinician } from "../hospital/clinicians.ts";
import { type Chronic, rememberedMs } from "../illness/ill.ts";
import type { PanelCode } from "../laboratory/panels.ts";
import type { Person } from "../people/person.ts";
import type { Random } from "../random.ts";
import { dayMs, dayOf, hourMs, minuteMs } from "../times.ts";
import type { Stay, Visit } from "./story.ts";

/** Specimens taken from one person at one time. */
export interface Collection {
  readonly atMs: number;
  readonly panels: readonly PanelCode[];
  /** Undefined at the practice. */
  readonly visit: Visit | undefined;
  readonly requester: Clinician;
  readonly culture?: "blood" | "urine";
  readonly histology?: "colon" | "skin";
}

interface StayGiven {
  readonly random: Random;
  readonly asOfMs: number;
}

/** On arrival, six hours later where the heart is in doubt, then each morning for some days, then every other. */
export function stayCollections({ acute, visit }: Stay, { random, asOfMs }: StayGiven): readonly Collection[] {
  const { first, daily, culture, histology } = acute.illness;
  const given = { visit, requester: visit.consultant };
  const arrival: Collection = {
    ...given,
    atMs: visit.fromMs + 40 * minuteMs,
    panels: unique(["UE", "FBC", ...first]),
    ...(culture === undefined ? {} : { culture }),
    ...(histology === undefined ? {} : { histology }),
  };
  const isHeart = first.includes("TROP");
  const second = isHeart ? [{ ...given, atMs: visit.fromMs + 6 * hourMs, panels: ["TROP"] as const }] : [];
  const endMs = Math.min(visit.toMs ?? asOfMs, asOfMs);
  const mornings: Collection[] = [];
  for (let day = 1; ; day += day < 3 ? 1 : 2) {
    const atMs = dayOf(visit.fromMs + day * dayMs) + 6 * hourMs + random.whole(0, 90) * minuteMs;
    if (atMs >= endMs) break;
    mornings.push({ ...given, atMs, panels: daily });
  }
  return [arrival, ...second, ...mornings];
}

export function clinicCollections(
  visit: Visit,
  { chronic, random }: { readonly chronic: readonly Chronic[]; readonly random: Random },
): readonly Collection[] {
  const watched = chronic.find(({ illness }) => illness.name === visit.reason)?.illness.watched ?? [];
  const atMs = visit.fromMs + random.whole(10, 90) * minuteMs;
  return [{ atMs, panels: watched, visit, requester: visit.consultant }];
}

interface CheckGiven {
  readonly person: Person;
  readonly practitioner: Clinician;
  readonly chronic: readonly Chronic[];
  readonly random: Random;
  readonly asOfMs: number;
}

/** What the practice takes: a check now and then of everybody, and more of who is ill. */
export function checkCollections({ practitioner, chronic, random, asOfMs }: CheckGiven): readonly Collection[] {
  const everyDays = Math.min(330, ...chronic.map(({ illness }) => illness.everyDays));
  const collections: Collection[] = [];
  for (let atMs = asOfMs - rememberedMs; ; ) {
    atMs += everyDays * random.between(0.75, 1.3) * dayMs;
    const takenMs = dayOf(atMs) + random.whole(8 * 60, 12 * 60) * minuteMs;
    if (takenMs > asOfMs - dayMs) return collections;
    const ill = chronic.length === 0 ? undefined : random.pick(chronic);
    const panels = ill?.illness.watched ?? random.pick(routine);
    const culture = random.chance(0.06) ? ({ culture: "urine" } as const) : {};
    const histology = random.chance(0.03) ? ({ histology: "skin" } as const) : {};
    collections.push({ atMs: takenMs, panels, visit: undefined, requester: practitioner, ...culture, ...histology });
  }
}

const routine: readonly (readonly PanelCode[])[] = [
  ["UE", "FBC"],
  ["FBC", "HAEM"],
  ["UE", "LFT", "LIPID", "HBA1C"],
  ["TFT", "UE", "FBC"],
  ["LFT", "BONE"],
];

function unique<T>(values: readonly T[]): readonly T[] {
  return [...new Set(values)];
}
