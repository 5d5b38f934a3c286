import type { Problem } from "#kernel";
import { type Header, type Message, readHeader, readMessage, segmentNamed, segmentsNamed } from "#standards/hl7v2";
import { isNhsNumber, sentIdentifiers } from "../patients/sent-identifiers.ts";
import { readEdifact } from "./formats/edifact-message.ts";
import { readFhirMessage } from "./formats/fhir-message.ts";
import type { ForeignMessage, MessageFormat } from "./formats/foreign-message.ts";
import type { LinkMessage, MessageEnd, SentOrderNumbers, SentPatientNumbers } from "./link-message.ts";
import { SegmentReader } from "./message-reader.ts";
import { originOf } from "./origin.ts";
import { present } from "./present.ts";

/** A message as far as it can be understood without mapping it. */
export interface SentMessage {
  readonly message: Message;
  /** Absent when there is no MSH. */
  readonly header: Header | undefined;
  /** What is wrong with the header. */
  readonly problems: readonly Problem[];
  /** Where it is not HL7 v2: what it is. `message` is then made of what it says, for whoever asks for fields. */
  readonly foreign?: ForeignMessage;
}

/** Reads a message as what its link takes, or what the record has kept it as. */
export function readSent(bytes: Uint8Array, format: MessageFormat = "hl7v2"): SentMessage {
  if (format === "edifact") return readEdifact(bytes);
  if (format === "fhir") return readFhirMessage(bytes);
  const message = readMessage(bytes);
  const { header, problems } = readHeader(message);
  return { message, header, problems };
}

/** The part of a LinkMessage that tells of the message itself. */
export type SentFacts = Pick<
  LinkMessage,
  | "format"
  | "digest"
  | "controlId"
  | "type"
  | "version"
  | "sentAt"
  | "sequence"
  | "sender"
  | "receiver"
  | "patient"
  | "orders"
>;

export function factsOf({ message, header, foreign }: SentMessage): SentFacts {
  return present<SentFacts>({
    format: foreign?.format,
    digest: foreign?.digest,
    controlId: header?.controlId || undefined,
    type: typeOf(header),
    version: header?.version || undefined,
    sentAt: header?.sentAt || undefined,
    sequence: sequenceOf(header),
    sender: endOf(header?.sendingApplication, header?.sendingFacility),
    receiver: endOf(header?.receivingApplication, header?.receivingFacility),
    patient: patientNumbers(message, header),
    orders: orderNumbersIn(message),
  });
}

function sequenceOf(header: Header | undefined): number | undefined {
  const text = header?.segment.fieldText(13).trim() ?? "";
  return /^[+-]?\d{1,15}$/.test(text) ? Number(text) : undefined;
}

/** `ORU^R01` */
function typeOf(header: Header | undefined): string | undefined {
  if (header === undefined || header.type.code === "") return undefined;
  const { code, trigger } = header.type;
  return trigger === "" ? code : `${code}^${trigger}`;
}

function endOf(application: string | undefined, facility: string | undefined): MessageEnd {
  return present<MessageEnd>({ application: application || undefined, facility: facility || undefined });
}

function patientNumbers(message: Message, header: Header | undefined): SentPatientNumbers {
  const pid = segmentNamed(message, "PID");
  if (pid === undefined) return { hospitalNumbers: [] };
  const origin = originOf({
    application: header?.sendingApplication,
    facility: header?.sendingFacility,
    sentAt: undefined,
    offsetMinutesAt: () => 0,
  });
  const { nhsNumber, identifiers } = sentIdentifiers(new SegmentReader(pid, origin));
  const others = identifiers.filter((identifier) => !isNhsNumber(identifier)).flatMap(({ value }) => value ?? []);
  return present<SentPatientNumbers>({ nhsNumber, hospitalNumbers: [...new Set(others)] });
}

/** Each pair once, however many OBR repeat it. */
function orderNumbersIn(message: Message): readonly SentOrderNumbers[] {
  const pairs = [...segmentsNamed(message, "ORC"), ...segmentsNamed(message, "OBR")].map((segment) => {
    const [placer, filler] = [2, 3].map((field) => segment.field(field).component(1).text.trim() || undefined);
    return present<SentOrderNumbers>({ placer, filler });
  });
  const named = pairs.filter(({ placer, filler }) => placer !== undefined || filler !== undefined);
  return [...new Map(named.map((pair) => [JSON.stringify(pair), pair])).values()].slice(0, orderNumbersMax);
}

/** Orders of one message that it is found by; more are in the message all the same. */
const orderNumbersMax = 100;
