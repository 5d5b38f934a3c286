import { limits } from "#kernel";
import { type KindDefinition, noEntries } from "#record";
import { deterministicId } from "../messages/deterministic-id.ts";
import { isText, sound } from "./sound.ts";

export const linkRhythmKind = "LinkRhythm";

/** How many messages came over a link in one hour of the week, in the last weeks. */
export type LinkRhythm = {
  readonly link: string;
  /** See `HourOfWeek`. */
  readonly hourOfWeek: number;
  /** Newest first, `limits.watchWeeksMax` at most. */
  readonly weeks: readonly RhythmWeek[];
};

export type RhythmWeek = {
  /** The hour in UTC: `2026-11-23T09`. */
  readonly hour: string;
  readonly count: number;
};

export const linkLearningKind = "LinkLearning";

/** How far the rhythm of a link has been learnt. */
export type LinkLearning = {
  readonly link: string;
  /** The first hour that is learnt from, and the first that is not learnt yet, as instants. */
  readonly from: string;
  readonly to: string;
};

export function rhythmId(link: string, hourOfWeek: number): string {
  return deterministicId(linkRhythmKind, link, String(hourOfWeek));
}

export function learningId(link: string): string {
  return deterministicId(linkLearningKind, link);
}

/** The rhythm with one more hour; an hour that it has is counted anew. */
export function learnt(rhythm: LinkRhythm, week: RhythmWeek): LinkRhythm {
  const others = rhythm.weeks.filter(({ hour }) => hour !== week.hour);
  const weeks = [week, ...others].sort((a, b) => (a.hour < b.hour ? 1 : -1)).slice(0, limits.watchWeeksMax);
  return { ...rhythm, weeks };
}

/** Of five weeks one may have been lower than what is expected. */
const lowShare = 0.2;

/**
 * How many messages such an hour has had in nearly every week: so a week that was unusually quiet does not make silence
 * normal. Undefined while fewer than `limits.watchWeeksMin` weeks are known.
 */
export function expectedIn(rhythm: LinkRhythm | undefined): number | undefined {
  const counts = (rhythm?.weeks ?? []).map(({ count }) => count).sort((a, b) => a - b);
  if (counts.length < limits.watchWeeksMin) return undefined;
  return counts[Math.floor((counts.length - 1) * lowShare)];
}

export const rhythmKinds: readonly KindDefinition[] = [
  {
    kind: linkRhythmKind,
    check: ({ link, hourOfWeek, weeks }) =>
      sound(isText(link) && Number.isInteger(hourOfWeek) && Array.isArray(weeks), linkRhythmKind),
    index: ({ link }) => ({ ...noEntries, keys: [`link=${String(link)}`] }),
  },
  {
    kind: linkLearningKind,
    check: ({ link, from, to }) => sound(isText(link) && isText(from) && isText(to), linkLearningKind),
    index: () => noEntries,
  },
];
