import { instant, limits, toIso } from "#kernel";
import { type KindDefinition, noEntries } from "#record";
import { deterministicId } from "../messages/deterministic-id.ts";
import { linkMessageKind } from "../messages/link-message.ts";
import { present } from "../messages/present.ts";
import type { Finding } from "./link-alert.ts";
import { isText, sound } from "./sound.ts";

export const linkSequenceKind = "LinkSequence";

/** The sequence numbers (MSH-13) of one sender on one link. */
export type LinkSequence = {
  readonly link: string;
  /** `PATHLAB|MEADOWLAB`. */
  readonly sender: string;
  /** The highest number; absent before the first, and after the sender said that it begins anew. */
  readonly last?: number;
  /** Numbers that have not come, oldest first. */
  readonly missing: readonly Gap[];
};

export type Gap = {
  readonly from: number;
  readonly to: number;
  /** When a higher number came. */
  readonly since: string;
  /** Id of the message with the higher number. */
  readonly message: string;
};

export interface Numbered {
  readonly number: number;
  readonly arrivedAt: string;
  readonly message: string;
}

export function sequenceId(link: string, sender: string): string {
  return deterministicId(linkSequenceKind, link, sender);
}

/** What is known after one more number. Source: HL7 v2.5.1 §2.10.1 for 0 (asks) and -1 (begins anew). */
export function withNumber(known: LinkSequence, { number, arrivedAt, message }: Numbered): LinkSequence {
  const { link, sender, last, missing } = known;
  if (number === -1) return { link, sender, missing: [] };
  if (number < 1) return known;
  if (last === undefined) return { ...known, last: number };
  if (number > last) {
    const gap = { from: last + 1, to: number - 1, since: arrivedAt, message };
    const gaps = number === last + 1 ? missing : [...missing, gap].slice(-limits.watchGapsMax);
    return { ...known, last: number, missing: gaps };
  }
  if (missing.some((gap) => isWithin(gap, number))) {
    return { ...known, missing: missing.flatMap((gap) => (isWithin(gap, number) ? around(gap, number) : [gap])) };
  }
  const hasBegunAnew = number < last && (number === 1 || number < last - limits.watchRepeatMax);
  return hasBegunAnew ? present<LinkSequence>({ link, sender, last: number, missing: [] }) : known;
}

function isWithin({ from, to }: Gap, number: number): boolean {
  return from <= number && number <= to;
}

/** What is left of a gap without one number. */
function around(gap: Gap, number: number): readonly Gap[] {
  return [
    { ...gap, to: number - 1 },
    { ...gap, from: number + 1 },
  ].filter(({ from, to }) => from <= to);
}

/** Gaps that are neither so new that their messages may be on their way, nor so old that nobody waits for them. */
export function sequenceFindings(sequences: readonly LinkSequence[], nowMs: number): readonly Finding[] {
  return sequences.flatMap(({ link, sender, missing }): readonly Finding[] => {
    const open = missing.filter(({ since }) => {
      const ageMs = nowMs - Date.parse(since);
      return ageMs >= limits.watchGapGraceMs && ageMs < limits.watchGapMsMax;
    });
    const [first] = open;
    if (first === undefined) return [];
    const count = open.reduce((sum, { from, to }) => sum + to - from + 1, 0);
    const numbers = first.from === first.to ? `${first.from}` : `${first.from} to ${first.to}`;
    const more = open.length > 1 ? ` and ${open.length - 1} more gaps` : "";
    return [
      {
        link,
        rule: "sequence-gap",
        subject: sender,
        since: toIso(instant(Date.parse(first.since))),
        text: `Messages with the sequence numbers (MSH-13) ${numbers}${more} have not come.`,
        count,
        examples: open.slice(0, limits.watchExamplesMax).map(({ message }) => `${linkMessageKind}/${message}`),
      },
    ];
  });
}

export const linkSequenceDefinition: KindDefinition = {
  kind: linkSequenceKind,
  check: ({ link, sender, missing }) =>
    sound(isText(link) && typeof sender === "string" && Array.isArray(missing), linkSequenceKind),
  index: (body) => {
    const { link, missing } = body as unknown as LinkSequence;
    return { ...noEntries, keys: [`link=${link}`, ...(missing.length === 0 ? [] : ["state=gap"])] };
  },
};
