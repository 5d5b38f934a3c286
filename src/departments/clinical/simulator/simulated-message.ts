import { limits, type Problem } from "#kernel";
import { MessageFile, peekHeader, readMessage, readPath } from "#standards/hl7v2";

/** One message that the simulator plays. */
export interface SimulatedMessage {
  /** Its file, or what it is in a generated day: `03-results.hl7#2`. */
  readonly name: string;
  /** MSH-10: what its acknowledgement must name. */
  readonly controlId: string;
  /** When it is sent at speed ×1, from the start of the run. */
  readonly atMs: number;
  /** Messages of one lane are sent in their order: the patient, or else the whole. */
  readonly lane: string;
  readonly body: Uint8Array;
}

export interface NamedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface ReadMessages {
  readonly messages: readonly SimulatedMessage[];
  /** What is wrong with the files, `where` the file. Their sound messages are there all the same. */
  readonly problems: readonly Problem[];
}

/** The messages of files in the order of their names; they follow each other as their MSH-7 does, never backwards. */
export function messagesOfFiles(files: readonly NamedFile[]): ReadMessages {
  const problems: Problem[] = [];
  const messages: SimulatedMessage[] = [];
  let firstMs: number | undefined;
  let atMs = 0;
  for (const { name, bytes } of files.toSorted((one, other) => (one.name < other.name ? -1 : 1))) {
    const split = splitFile(bytes);
    problems.push(...split.problems.map((problem) => ({ ...problem, where: name })));
    for (const [index, body] of split.messages.entries()) {
      const { sentMs, ...read } = readSimulated(body);
      if (sentMs !== undefined) firstMs ??= sentMs;
      if (sentMs !== undefined && firstMs !== undefined) atMs = Math.max(atMs, sentMs - firstMs);
      const place = split.messages.length === 1 ? name : `${name}#${index + 1}`;
      messages.push({ ...read, name: place, atMs, body });
    }
  }
  return { messages, problems };
}

/** The messages of one file: plain, in batches or in MLLP frames. */
export function splitFile(bytes: Uint8Array): {
  readonly messages: readonly Uint8Array[];
  readonly problems: readonly Problem[];
} {
  const file = new MessageFile({ messageBytesMax: limits.mllpFrameBytesMax });
  const messages = [...file.take(bytes), ...file.end()];
  return { messages, problems: file.problems };
}

/** Control id and lane of a message, and MSH-7 in milliseconds, taken by UTC where it states no offset. */
export function readSimulated(body: Uint8Array): Pick<SimulatedMessage, "controlId" | "lane"> & {
  readonly sentMs: number | undefined;
} {
  const message = readMessage(body);
  const patient = readPath(message, "PID-3.1")?.text ?? "";
  return {
    controlId: peekHeader(body).header?.controlId ?? "",
    lane: patient === "" ? "no patient" : patient,
    sentMs: timeMs(readPath(message, "MSH-7.1")?.text ?? ""),
  };
}

/** `20261123093000+0100`. Source: HL7 v2.5.1 §2.A.77 (TS). */
function timeMs(text: string): number | undefined {
  const [, year, month, day, hour = "00", minute = "00", second = "00", sign, hours = "00", minutes = "00"] =
    /^(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d)?)?(?:\.\d+)?(?:([+-])(\d\d)(\d\d))?$/.exec(text) ?? [];
  if (year === undefined) return undefined;
  const offset = sign === undefined ? "Z" : `${sign}${hours}:${minutes}`;
  const ms = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}${offset}`);
  return Number.isNaN(ms) ? undefined : ms;
}
