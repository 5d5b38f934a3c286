import { incorrect, limits, type Problem } from "#kernel";
import { type Charset, utf8 } from "./charset.ts";
import { decodeBytes } from "./decoding.ts";
import { type DeclaredDelimiters, type Encoding, readDelimiters, usualDelimiters } from "./delimiters.ts";
import { headerNames } from "./header-bytes.ts";
import { notASegment, Segment } from "./segment.ts";
import { type SegmentLine, segmentLines } from "./segment-lines.ts";

/** An HL7 v2 message as it came: `writeMessage` gives its text back, character for character. */
export interface Message {
  /** A byte order mark and blanks before the first segment. */
  readonly prefix: string;
  /** In order; a line that is no segment is among them, named `?`. */
  readonly segments: readonly Segment[];
  readonly encoding: Encoding;
  /**
   * What is wrong with the message as a whole; its values tell of their own. `header-missing`, `header-not-first`,
   * `header-repeated`, `delimiters-invalid`, `segment-name-invalid`, `segments-too-many`, and from `readMessage` those
   * of `decodeBytes`.
   */
  readonly problems: readonly Problem[];
}

/** A message from its bytes, by the character set that it names. */
export function readMessage(bytes: Uint8Array): Message {
  const { text, charset, problems } = decodeBytes(bytes);
  const message = parseMessage(text, charset);
  return problems.length === 0 ? message : { ...message, problems: [...problems, ...message.problems] };
}

/** A message from its text. Only its lines are found; their fields are divided when asked for. */
export function parseMessage(text: string, charset: Charset = utf8): Message {
  const prefix = /^[\uFEFF\s]*/.exec(text)?.[0] ?? "";
  const header = findHeader(text, prefix.length);
  const encoding = { delimiters: header.delimiters, charset };
  const lines = segmentLines(text, prefix.length, header.delimiters.field);
  return {
    prefix,
    encoding,
    segments: numbered(lines).map((line) => new Segment(line, encoding)),
    problems: [...header.problems, ...lineProblems(lines)],
  };
}

export function writeMessage(message: Message): string {
  return message.prefix + message.segments.map(({ raw, end }) => raw + end).join("");
}

export function segmentsNamed(message: Message, name: string): readonly Segment[] {
  return message.segments.filter((segment) => segment.name === name);
}

/** The first segment of this name, or the one that is counted `occurrence`; undefined when there is none. */
export function segmentNamed(message: Message, name: string, occurrence = 1): Segment | undefined {
  return message.segments.find((segment) => segment.name === name && segment.occurrence === occurrence);
}

/** The delimiters are those of the first header, wherever it stands; the usual ones when there is none. */
function findHeader(text: string, start: number): DeclaredDelimiters {
  if (headerNames.includes(text.slice(start, start + 3))) return readDelimiters(text.slice(start, start + 20));
  const later = /[\r\n](?:MSH|FHS|BHS)/.exec(text);
  if (later === null) {
    const problem = incorrect("header-missing", "There is no MSH segment.", { where: "MSH" });
    return { delimiters: usualDelimiters, problems: [problem] };
  }
  const declared = readDelimiters(text.slice(later.index + 1, later.index + 21));
  const problem = incorrect("header-not-first", "MSH is not the first segment.", { where: "MSH" });
  return { ...declared, problems: [problem, ...declared.problems] };
}

function numbered(lines: readonly SegmentLine[]): (SegmentLine & { readonly occurrence: number })[] {
  const counts = new Map<string, number>();
  return lines.map((line) => {
    const occurrence = (counts.get(line.name) ?? 0) + 1;
    counts.set(line.name, occurrence);
    return { ...line, occurrence };
  });
}

function lineProblems(lines: readonly SegmentLine[]): Problem[] {
  const problems: Problem[] = [];
  const headerCount = lines.filter(({ name }) => name === "MSH").length;
  if (headerCount > 1) {
    const message = `There are ${headerCount} MSH segments: several messages in one, or a file of them.`;
    problems.push(incorrect("header-repeated", message, { where: "MSH[2]" }));
  }
  const strayCount = lines.filter(({ name }) => name === notASegment).length;
  if (strayCount > 0) {
    const message = `Lines that do not start with the name of a segment: ${strayCount}.`;
    problems.push(incorrect("segment-name-invalid", message, { where: `${notASegment}[1]` }));
  }
  if (lines.length > limits.hl7SegmentsMax) {
    const message = `Only the first ${limits.hl7SegmentsMax} segments were read.`;
    problems.push(incorrect("segments-too-many", message));
  }
  return problems;
}
