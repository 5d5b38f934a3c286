import { type Instant, type Problem, toIso } from "#kernel";
import type { BatchFile } from "./batch.ts";
import { usualDelimiters } from "./delimiters.ts";
import { escapeText } from "./escape.ts";
import { joinBytes } from "./line-bytes.ts";
import type { Segment } from "./segment.ts";

export interface BatchAnswer {
  /** For each batch of the file, the acknowledgements of its messages; what is not wanted is left out. */
  readonly acknowledgements: readonly (readonly Uint8Array[])[];
  /** Control ids of the answer and its parts: one for each call. */
  nextControlId(): string;
  readonly at: Instant;
}

/**
 * The acknowledgement of a file of messages: for each batch a batch, for each message its acknowledgement, with the
 * control ids of the file and of the batches as references, and what is wrong with the counts as comments.
 * Source: HL7 v2.5.1 §2.10.3.3, §2.15.2 (BHS), §2.15.6 (FHS).
 */
export function buildBatchAck(file: BatchFile, answer: BatchAnswer): Uint8Array {
  const { acknowledgements } = answer;
  const batches = file.batches.map((batch, at) => {
    const inside = acknowledgements[at] ?? [];
    const problems = file.problems.filter(({ where }) => where?.startsWith(`BTS[${at + 1}]`));
    const head = headerOf({ name: "BHS", asked: batch.header, problems }, answer);
    return joinBytes([head, ...inside, trailerOf("BTS", inside.length, batch.header)]);
  });
  if (file.header === undefined) return joinBytes(batches);
  const problems = file.problems.filter(({ where }) => where?.startsWith("BTS") !== true);
  const head = headerOf({ name: "FHS", asked: file.header, problems }, answer);
  return joinBytes([head, ...batches, trailerOf("FTS", batches.length, file.header)]);
}

interface AnsweringHeader {
  readonly name: "FHS" | "BHS";
  readonly asked: Segment | undefined;
  readonly problems: readonly Problem[];
}

function headerOf({ name, asked, problems }: AnsweringHeader, { nextControlId, at }: BatchAnswer): Uint8Array {
  const delimiters = asked?.encoding.delimiters ?? usualDelimiters;
  const { component, repetition, escape: mark, subcomponent, truncation } = delimiters;
  const copied = (field: number) => asked?.fieldText(field) ?? "";
  const fields = [
    name,
    component + repetition + mark + subcomponent + truncation,
    copied(5),
    copied(6),
    copied(3),
    copied(4),
    toIso(at).replace(/[-:T]/g, "").replace("Z", "+0000"),
    "",
    "",
    escapeText(problems.map(({ message }) => message).join(" "), delimiters),
    escapeText(nextControlId(), delimiters),
    copied(11),
  ];
  const last = fields.findLastIndex((text) => text !== "");
  return encode(`${fields.slice(0, last + 1).join(delimiters.field)}\r`, asked);
}

function trailerOf(name: "BTS" | "FTS", count: number, asked: Segment | undefined): Uint8Array {
  return encode(`${name}${asked?.encoding.delimiters.field ?? "|"}${count}\r`, asked);
}

/** What was copied goes back in the character set it came in, without the bytes that would break the frame. */
function encode(text: string, asked: Segment | undefined): Uint8Array {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  const safe = text.replace(/[\0-\x0c\x0e-\x1f\x7f]/g, "");
  return asked?.encoding.charset.encode(safe).bytes ?? new TextEncoder().encode(safe);
}
