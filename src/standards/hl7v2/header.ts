import { incorrect, limits, type Problem, unsupported } from "#kernel";
import { decodeBytes } from "./decoding.ts";
import { headerBytes } from "./header-bytes.ts";
import { type Message, parseMessage, segmentNamed } from "./message.ts";
import type { Segment } from "./segment.ts";

/**
 * What MSH says of a message: who sent it, what it is, and how to answer. Absent values are empty strings.
 * Source: HL7 v2.5.1 §2.15.9.
 */
export interface Header {
  /** MSH-3 to MSH-6: the name alone, which is the first component. */
  readonly sendingApplication: string;
  readonly sendingFacility: string;
  readonly receivingApplication: string;
  readonly receivingFacility: string;
  /** MSH-7, as sent. */
  readonly sentAt: string;
  /** MSH-9: `ORU`, `R01`, `ORU_R01`; older versions leave the structure out. */
  readonly type: MessageType;
  /** MSH-10 */
  readonly controlId: string;
  /** MSH-11: `P` production, `T` training, `D` debugging. */
  readonly processingId: string;
  /** MSH-12: `2.5.1` */
  readonly version: string;
  /** MSH-15 and MSH-16: `AL` always, `NE` never, `ER` on error, `SU` on success. */
  readonly acceptAcknowledgement: string;
  readonly applicationAcknowledgement: string;
  /** MSH-18, first repetition. */
  readonly charset: string;
  readonly segment: Segment;
}

export interface MessageType {
  readonly code: string;
  readonly trigger: string;
  readonly structure: string;
}

export interface PeekedHeader {
  readonly header?: Header;
  /** `header-missing`, `batch-unsupported`, `delimiters-invalid`, and `required-field-missing` at MSH-9 to MSH-12. */
  readonly problems: readonly Problem[];
}

/** The header of a message of which nothing else is read: enough to keep it, route it and answer it. */
export function peekHeader(bytes: Uint8Array): PeekedHeader {
  const head = headerBytes(bytes);
  const { text, charset } = decodeBytes(head.length > 0 ? head : bytes.subarray(0, limits.hl7HeaderSearchBytesMax));
  return readHeader(parseMessage(text, charset));
}

/** The header of a message that has been read. */
export function readHeader(message: Message): PeekedHeader {
  const first = message.segments[0]?.name;
  if (first === "FHS" || first === "BHS") {
    const text = "A batch of messages is not taken; each message must be in a frame of its own.";
    return { problems: [unsupported("batch-unsupported", text, { where: first })] };
  }
  const problems = message.problems.filter(({ where }) => where?.startsWith("MSH") && where !== "MSH[2]");
  const segment = segmentNamed(message, "MSH");
  if (segment === undefined) return { problems: missingHeader(problems) };
  const header = headerOf(segment);
  return { header, problems: [...problems, ...missingFields(header)] };
}

function headerOf(segment: Segment): Header {
  const text = (field: number, component = 1) => segment.field(field).component(component).text.trim();
  return {
    sendingApplication: text(3),
    sendingFacility: text(4),
    receivingApplication: text(5),
    receivingFacility: text(6),
    sentAt: text(7),
    type: { code: text(9), trigger: text(9, 2), structure: text(9, 3) },
    controlId: text(10),
    processingId: text(11),
    version: text(12),
    acceptAcknowledgement: text(15),
    applicationAcknowledgement: text(16),
    charset: text(18),
    segment,
  };
}

/** A header may be there by its name and yet be no segment, say `MSHELL`. */
function missingHeader(problems: readonly Problem[]): readonly Problem[] {
  const isReported = problems.some(({ code }) => code === "header-missing");
  return isReported
    ? problems
    : [...problems, incorrect("header-missing", "There is no MSH segment.", { where: "MSH" })];
}

/** Source: HL7 v2.5.1 §2.15.9, the fields with optionality R. */
function missingFields({ type, controlId, processingId, version }: Header): Problem[] {
  const required = [
    { where: "MSH-9", name: "message type", value: type.code },
    { where: "MSH-10", name: "message control id", value: controlId },
    { where: "MSH-11", name: "processing id", value: processingId },
    { where: "MSH-12", name: "version id", value: version },
  ];
  return required
    .filter(({ value }) => value === "")
    .map(({ where, name }) => incorrect("required-field-missing", `${where} (${name}) is empty.`, { where }));
}
