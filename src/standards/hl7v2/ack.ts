import { type Instant, limits, type Problem, toIso } from "#kernel";
import { type AckCode, conditionOf } from "./ack-codes.ts";
import { type Delimiters, usualDelimiters } from "./delimiters.ts";
import { escapeText } from "./escape.ts";
import type { Header } from "./header.ts";
import { parsePosition } from "./position.ts";

export interface Answer {
  readonly code: AckCode;
  /** MSH-10 of the acknowledgement itself. */
  readonly controlId: string;
  readonly at: Instant;
  /** What the sender is told in ERR: errors, or with AA and CA warnings. At most `limits.hl7AckErrorsMax` of them. */
  readonly problems?: readonly Problem[];
  /** MSA-4, in the sequence number protocol. */
  readonly expectedSequence?: number;
}

/**
 * The acknowledgement of a message, in the version, delimiters and character set of that message. When its header
 * could not be read it is written in 2.5.1 for whoever sent it.
 * Source: HL7 v2.5.1 §2.13.1 (ACK), §2.15.8 (MSA), §2.15.5 (ERR); v2.3.1 §2.24.3 for the older ERR.
 */
export function buildAck(header: Header | undefined, answer: Answer): string {
  const { code, controlId, at, problems = [], expectedSequence = "" } = answer;
  const delimiters = header?.segment.encoding.delimiters ?? usualDelimiters;
  const told = problems.slice(0, limits.hl7AckErrorsMax);
  const segments = [
    messageHeader({ header, delimiters, controlId, at }),
    ["MSA", code, copied(header, 10), textFor(header, told, delimiters), String(expectedSequence)],
    ...(isBefore(header, 2, 5)
      ? oneError(told, delimiters)
      : told.map((problem) => errorOf(problem, code, delimiters))),
  ];
  return segments.map((fields) => segmentText(fields, delimiters)).join("");
}

interface HeaderFields {
  readonly header: Header | undefined;
  readonly delimiters: Delimiters;
  readonly controlId: string;
  readonly at: Instant;
}

function messageHeader({ header, delimiters, controlId, at }: HeaderFields): string[] {
  const { component, repetition, escape: mark, subcomponent, truncation } = delimiters;
  return [
    "MSH",
    component + repetition + mark + subcomponent + truncation,
    copied(header, 5),
    copied(header, 6),
    copied(header, 3),
    copied(header, 4),
    toIso(at).replace(/[-:T]/g, "").replace("Z", "+0000"),
    "",
    ackType(header, delimiters),
    escapeText(controlId, delimiters),
    copied(header, 11) || "P",
    copied(header, 12) || "2.5.1",
    "",
    "",
    "",
    "",
    "",
    copied(header, 18),
  ];
}

/** Before 2.3.1 MSH-9 had two components. */
function ackType(header: Header | undefined, { component }: Delimiters): string {
  const trigger = header === undefined ? "" : withoutControls(header.segment.field(9).component(2).raw);
  if (trigger === "") return "ACK";
  return ["ACK", trigger, ...(header?.version.startsWith("2.3.1") || !isBefore(header, 2, 4) ? ["ACK"] : [])].join(
    component,
  );
}

/** From 2.5 on: a segment for each problem. */
function errorOf(problem: Problem, code: AckCode, delimiters: Delimiters): string[] {
  const { component } = delimiters;
  const condition = conditionOf(problem);
  const local = isFault(problem) ? "" : [escapeText(problem.code, delimiters), "", "L"].join(component);
  return [
    "ERR",
    "",
    isFault(problem) ? "" : location(problem).join(component),
    [condition.code, condition.text, "HL70357"].join(component),
    code.endsWith("A") ? "W" : "E",
    local,
    "",
    "",
    escapeText(messageOf(problem), delimiters),
  ];
}

/** Until 2.4: one segment, with a repetition for each problem. */
function oneError(problems: readonly Problem[], delimiters: Delimiters): string[][] {
  if (problems.length === 0) return [];
  const { component, subcomponent, repetition } = delimiters;
  const errors = problems.map((problem) => {
    const [segment = "", sequence = "", field = ""] = isFault(problem) ? [] : location(problem);
    const condition = conditionOf(problem);
    return [segment, sequence, field, [condition.code, condition.text, "HL70357"].join(subcomponent)].join(component);
  });
  return [["ERR", repetition === "" ? (errors[0] ?? "") : errors.join(repetition)]];
}

/** ERL: segment, its number, field, repetition, component, subcomponent. */
function location({ where }: Problem): string[] {
  const position = where === undefined ? undefined : parsePosition(where);
  if (position === undefined || position.segment === "?") return [];
  const { segment, occurrence = 1, field, repetition, component, subcomponent } = position;
  const numbers = [occurrence, field, field && (repetition ?? 1), component, subcomponent];
  return [segment, ...numbers.filter((number) => number !== undefined).map(String)];
}

/** MSA-3: from 2.7 on it is withdrawn. */
function textFor(header: Header | undefined, [first]: readonly Problem[], delimiters: Delimiters): string {
  return first === undefined || !isBefore(header, 2, 7) ? "" : escapeText(messageOf(first), delimiters);
}

/** A fault is ours: its details go to the log and not to the sender. */
function messageOf(problem: Problem): string {
  return isFault(problem) ? "The message could not be processed for a fault of the receiver." : problem.message;
}

function isFault({ category }: Problem): boolean {
  return category === "fault";
}

/** A field of the request as it came: its delimiters and escapes are ours too. */
function copied(header: Header | undefined, field: number): string {
  return header === undefined ? "" : withoutControls(header.segment.fieldText(field));
}

/** SB and EB in a copied field would break the frame of the acknowledgement. */
function withoutControls(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  return text.replace(/[\0-\x1f\x7f]/g, "");
}

/** A version that cannot be read counts as the newest. */
function isBefore(header: Header | undefined, major: number, minor: number): boolean {
  const match = /^(\d+)\.(\d+)/.exec(header?.version ?? "");
  if (match === null) return false;
  const [majorSent, minorSent] = [Number(match[1]), Number(match[2])];
  return majorSent < major || (majorSent === major && minorSent < minor);
}

/** Fields at the end that are empty are left out. */
function segmentText(fields: readonly string[], { field }: Delimiters): string {
  const last = fields.findLastIndex((text) => text !== "");
  return `${fields.slice(0, last + 1).join(field)}\r`;
}
