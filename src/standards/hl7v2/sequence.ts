import { conflict, incorrect, type Problem } from "#kernel";
import { segmentLeaves } from "./leaves.ts";
import type { Message } from "./message.ts";

/**
 * What the receiver makes of a sequence number. `expected` goes into MSA-4; `last` is what the receiver keeps, durably,
 * before it answers: the number it accepted last, or nothing after a reset.
 */
export type SequenceVerdict =
  /** MSH-13 is empty: the protocol is not used for this message. */
  | { readonly is: "absent" }
  /** 0: the sender has started and asks where it stands. Only an acknowledgement is due. */
  | { readonly is: "status"; readonly expected: number }
  /** -1: the sender begins anew. Only an acknowledgement is due; the next number, whatever it is, will be the first. */
  | { readonly is: "reset"; readonly expected: -1; readonly last: undefined }
  /** The number that was expected, or the first there is. */
  | { readonly is: "next"; readonly expected: number; readonly last: number }
  /** The number accepted last: its acknowledgement was lost. */
  | { readonly is: "repeat"; readonly expected: number }
  /** `sequence-gap`, `sequence-past`, `sequence-invalid` at MSH-13: not taken. */
  | { readonly is: "refused"; readonly expected: number; readonly problem: Problem };

/**
 * Judges MSH-13 by the number accepted last on the link; undefined when none was.
 * Source: HL7 v2.5.1 §2.10.1.
 */
export function judgeSequence(last: number | undefined, sent: string): SequenceVerdict {
  const text = sent.trim();
  if (text === "") return { is: "absent" };
  const number = /^[+-]?\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
  const expected = last === undefined ? -1 : last + 1;
  if (number === 0) return { is: "status", expected };
  if (number === -1) return { is: "reset", expected: -1, last: undefined };
  if (!(number > 0)) return { is: "refused", expected, problem: invalid };
  if (last === undefined || number === expected) return { is: "next", expected: number, last: number };
  if (number === last) return { is: "repeat", expected };
  return { is: "refused", expected, problem: outOfOrder(number, expected) };
}

/**
 * Whether a message is its header alone, as one with 0 or -1 in MSH-13 must be: what it says besides would be lost.
 * Source: HL7 v2.5.1 §2.10.1, notes.
 */
export function isBareHeader({ segments }: Message): boolean {
  return segments.every((segment) => segment.name === "MSH" || segmentLeaves(segment).every(({ raw }) => raw === '""'));
}

const invalid = incorrect("sequence-invalid", "MSH-13 (sequence number) is no whole number from -1.", {
  where: "MSH-13",
});

function outOfOrder(number: number, expected: number): Problem {
  const isGap = number > expected;
  const text = `The sequence number is ${number}, and ${expected} was expected.`;
  return conflict(isGap ? "sequence-gap" : "sequence-past", text, { where: "MSH-13" });
}
