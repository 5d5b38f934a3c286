import { incorrect, limits, type Problem, unsupported } from "#kernel";
import { decodeInterchange } from "./character-set.ts";
import { type InterchangeHeader, readInterchangeHeader } from "./interchange-header.ts";
import { type EdifactMessage, readMessages } from "./messages.ts";
import { numbered } from "./numbering.ts";
import type { EdifactSegment } from "./segment.ts";
import { valueAt } from "./segment.ts";
import { readSegments } from "./segments.ts";
import { readSeparators, type Separators } from "./separators.ts";

/** What lies between UNB and UNZ. */
export interface Interchange {
  readonly separators: Separators;
  /** Absent without UNB, or where it lacks who sends, to whom, or its number. */
  readonly header: InterchangeHeader | undefined;
  readonly messages: readonly EdifactMessage[];
  /** Of the interchange; each message has its own. */
  readonly problems: readonly Problem[];
}

/**
 * Reads an interchange of any messages. Problems: `separators-invalid`, `segment-unterminated`, `too-many-segments`,
 * `segment-missing` (UNB, UNZ), `header-incomplete`, `segment-outside-message`, `message-count-wrong`,
 * `control-reference-differs`, `group-unsupported`.
 * Source: ISO 9735 §8 (UNB, UNH, UNT, UNZ), syntax version 3.
 */
export function readInterchange(bytes: Uint8Array): Interchange {
  const text = decodeInterchange(bytes).trimStart();
  const { separators, start, problems: declared } = readSeparators(text);
  const { segments, problems: divided } = readSegments(text.slice(start), separators);
  const { messages, outside } = readMessages(segments);
  const around = numbered(outside);
  const unb = around.find(({ tag }) => tag === "UNB");
  const { header, problems: ofHeader } = readInterchangeHeader(unb);
  const unz = around.find(({ tag }) => tag === "UNZ");
  const problems = [
    ...declared,
    ...divided,
    ...ofHeader,
    ...endProblems(unz, { unb, messages }),
    ...around.flatMap(strayProblem),
  ];
  return { separators, header, messages, problems: problems.slice(0, limits.edifactProblemsMax) };
}

interface Enclosed {
  readonly unb: EdifactSegment | undefined;
  readonly messages: readonly EdifactMessage[];
}

function endProblems(unz: EdifactSegment | undefined, { unb, messages }: Enclosed): readonly Problem[] {
  if (unz === undefined) {
    return [incorrect("segment-missing", "The interchange does not end with UNZ.", { where: "UNZ" })];
  }
  const problems: Problem[] = [];
  if (Number(valueAt(unz, 1)) !== messages.length) {
    const message = `UNZ counts other messages than the ${messages.length} that are here.`;
    problems.push(incorrect("message-count-wrong", message, { where: "UNZ-1" }));
  }
  if (unb !== undefined && valueAt(unz, 2) !== valueAt(unb, 5)) {
    const message = "UNZ does not repeat the control reference of UNB.";
    problems.push(incorrect("control-reference-differs", message, { where: "UNZ-2" }));
  }
  return problems;
}

function strayProblem({ tag, where }: EdifactSegment): readonly Problem[] {
  if (tag === "UNB" || tag === "UNZ") return [];
  if (tag === "UNG" || tag === "UNE") {
    return [unsupported("group-unsupported", "Groups of messages are read as if they were not grouped.", { where })];
  }
  return [incorrect("segment-outside-message", "The segment stands outside of any message.", { where })];
}
