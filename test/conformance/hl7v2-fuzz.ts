/**
 * Mutated messages: bytes changed, cut, doubled and moved, delimiters declared anew. Nothing may throw, what was read must
 * be written back, and no segment may be lost. `node test/conformance/hl7v2-fuzz.ts [count] [seed]`.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { instant } from "#kernel";
import {
  ackCode,
  buildAck,
  decodeBytes,
  escapeText,
  groupAdmission,
  groupOrders,
  groupResults,
  groupSpecimenResults,
  leaves,
  type Message,
  missingSegmentBreaks,
  noFrames,
  parseMessage,
  peekHeader,
  readAck,
  readDateTime,
  readNumber,
  readPath,
  readStructuredNumber,
  Segment,
  splitFrames,
  unescapeText,
  writeMessage,
} from "#standards/hl7v2";
import { testData } from "../data.ts";
import { mutant, type Random, seededRandom } from "./hl7v2-fuzzing/mutation.ts";
import { syntheticMessages } from "./hl7v2-fuzzing/synthetic-messages.ts";
import type { SuiteResult } from "./suite.ts";

export const fuzzSeed = 20_260_211;

export async function run(count = 1_000_000, seed = fuzzSeed): Promise<SuiteResult> {
  const messages = seedMessages();
  const random = seededRandom(seed);
  const failures: string[] = [];
  for (let number = 1; number <= count; number += 1) {
    const bytes = mutant(messages, random);
    const fault = faultOf(bytes, random);
    if (fault !== undefined)
      failures.push(`message ${number} of seed ${seed}: ${fault}: ${JSON.stringify(latin1(bytes))}`);
    if (failures.length >= 20) break;
  }
  return { passed: count - failures.length, total: count, excluded: 0, failures };
}

/** Each message as its lines, the header first. */
function seedMessages(): readonly (readonly Uint8Array[])[] {
  const samples = testData("hl7v2/samples");
  if (samples.skip !== false) return syntheticMessages.map((text) => lines(Buffer.from(text)));
  return readdirSync(samples.path).map((file) => lines(readFileSync(join(samples.path, file))));
}

function lines(message: Uint8Array): Uint8Array[] {
  const text = Buffer.from(message).toString("latin1");
  return text.split(/[\r\n]+/).map((line) => new Uint8Array(Buffer.from(line, "latin1")));
}

function faultOf(bytes: Uint8Array, random: Random): string | undefined {
  try {
    const { text, charset } = decodeBytes(bytes);
    const message = parseMessage(text, charset);
    if (writeMessage(message) !== text) return "written otherwise than read";
    return (
      readingFault(message, random) ??
      groupingFault(message, random) ??
      answerFault(bytes) ??
      framingFault(bytes, random)
    );
  } catch (error) {
    return `thrown ${error instanceof Error ? error.message : String(error)}`;
  }
}

function readingFault(message: Message, random: Random): string | undefined {
  for (const leaf of leaves(message)) {
    if (leaf.raw === "") return "an empty leaf";
    const { text } = leaf;
    readNumber({ text });
    readDateTime({ text });
    if (random() < 0.02) {
      if (readPath(message, leaf.where)?.raw !== leaf.raw) return `${leaf.where} does not find itself`;
      readStructuredNumber(leaf);
      const { encoding } = message;
      const isEscapable = encoding.delimiters.escape !== "" && isDistinct(message);
      const again = unescapeText(escapeText(text, encoding.delimiters), encoding).text;
      if (isEscapable && again !== text.replace(/\r\n?/g, "\n")) return `${leaf.where} is not escaped well`;
    }
  }
  return undefined;
}

/** A message may declare one character to mean two things; then not everything can be written. */
function isDistinct({ encoding, problems }: Message): boolean {
  const declared = Object.values(encoding.delimiters).filter((character) => character !== "");
  return new Set(declared).size === declared.length && problems.every(({ code }) => code !== "delimiters-invalid");
}

/** One of the three groupings, whatever the message says it is. */
function groupingFault(message: Message, random: Random): string | undefined {
  missingSegmentBreaks(message);
  const group = groupings[Math.floor(random() * groupings.length)] ?? groupResults;
  const placed = segmentsIn(group(message));
  const isComplete = placed.length === message.segments.length && new Set(placed).size === placed.length;
  return isComplete ? undefined : `${group.name} loses or doubles a segment`;
}

const groupings = [groupResults, groupSpecimenResults, groupOrders, groupAdmission];

function segmentsIn(group: unknown): Segment[] {
  if (group instanceof Segment) return [group];
  if (typeof group !== "object" || group === null) return [];
  return Object.values(group).flatMap(segmentsIn);
}

function answerFault(bytes: Uint8Array): string | undefined {
  const { header, problems } = peekHeader(bytes);
  const code = ackCode(problems, "application");
  const ack = parseMessage(buildAck(header, { code, controlId: "1", at: instant(0), problems }));
  const read = readAck(ack);
  if (!read.ok) return `the acknowledgement cannot be read: ${read.problems[0].message}`;
  return read.value.code === code ? undefined : "the acknowledgement says otherwise";
}

function framingFault(bytes: Uint8Array, random: Random): string | undefined {
  const options = { frameBytesMax: 100_000 };
  const wire = new Uint8Array(bytes.length + 3);
  wire.set([0x0b]);
  wire.set(bytes, 1);
  wire.set([0x1c, 0x0d], bytes.length + 1);
  const cut = Math.floor(random() * wire.length);
  const whole = splitFrames(noFrames, wire, options);
  const first = splitFrames(noFrames, wire.subarray(0, cut), options);
  const second = splitFrames(first.state, wire.subarray(cut), options);
  const frames = [...first.frames, ...second.frames].map(latin1);
  return frames.join("\n") === whole.frames.map(latin1).join("\n") ? undefined : "framed otherwise when cut";
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("latin1");
}

if (import.meta.main) {
  const [count, seed] = process.argv.slice(2).map(Number);
  const { passed, total, excluded, failures } = await run(count, seed);
  for (const failure of failures.slice(0, 10)) console.log(failure);
  console.log(`hl7v2-fuzz: passed ${passed} of ${total}, excluded ${excluded}`);
  process.exitCode = failures.length > 0 ? 1 : 0;
}
