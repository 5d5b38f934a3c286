import { incorrect, type Problem } from "#kernel";
import {
  type EdifactMessage,
  type EdifactSegment,
  type Interchange,
  type InterchangeHeader,
  isNhs003,
  nhsack,
  readInterchange,
  structureNhs003,
  valueAt,
} from "#standards/edifact";
import { checkNhsNumber } from "#standards/fhir";
import { fromEdifact } from "../../results/from-edifact.ts";
import type { SentMessage } from "../sent-message.ts";
import type { ForeignAnswer, ForeignMessage, ForeignReading, ForeignSetting, SaidMoment } from "./foreign-message.ts";
import { hl7Head } from "./hl7-head.ts";

export const edifactContentType = "application/EDIFACT";

/**
 * An interchange of one message, as its excerpts are, read as far as without mapping it. Its control id is UNB-5 and UNH-1:
 * `1015/1`.
 */
export function readEdifact(bytes: Uint8Array): SentMessage {
  const interchange = readInterchange(bytes);
  const { header, messages, problems } = interchange;
  const [message] = messages;
  if (header === undefined || message === undefined) {
    return { message: hl7Head(unknownHead).message, header: undefined, problems: [...problems, noMessage] };
  }
  const head = hl7Head({
    sender: header.sender.id,
    receiver: header.recipient.id,
    sentAt: digitsOf(first(message, "DTM", "137")),
    type: message.association ?? message.type ?? "",
    controlId: `${header.controlReference}/${message.reference ?? ""}`,
    isTest: header.isTest,
    nhsNumber: nhsNumberIn(message),
    hospitalNumbers: [secondOf(first(message, "RFF", "SSI")) ?? []].flat(),
    orders: [{ filler: secondOf(first(message, "RFF", "SRI")) }],
  });
  return { ...head, problems: [], foreign: foreignOf({ interchange, header, message }) };
}

const unknownHead = { sender: "", receiver: "", sentAt: undefined, type: "", controlId: "", isTest: false };

const noMessage = incorrect("header-missing", "There is no interchange with a message here.", { where: "UNB" });

interface Parts {
  readonly interchange: Interchange;
  readonly header: InterchangeHeader;
  readonly message: EdifactMessage;
}

function foreignOf(parts: Parts): ForeignMessage {
  const { interchange, message } = parts;
  return {
    format: "edifact",
    contentType: edifactContentType,
    charset: "EDIFACT",
    faults: [...interchange.problems.filter(({ code }) => code !== "group-unsupported"), ...faultsOf(message)],
    places: placesIn(message),
    moments: momentsIn(message),
    read: (setting) => reading(parts, setting),
    acknowledge: (answer) => answerTo(parts, answer),
  };
}

/** What must be right before a report is recorded; other messages than NHS003 are refused by their type. */
function faultsOf(message: EdifactMessage): readonly Problem[] {
  if (!isNhs003(message)) return message.problems;
  const { problems } = structureNhs003(message);
  return [...message.problems, ...problems.filter(({ code }) => code !== "segment-unexpected")];
}

function placesIn({ segments }: EdifactMessage): ForeignMessage["places"] {
  const pna = segments.find(({ tag }) => tag === "PNA");
  const ends = { "MSH-3": "UNB-2", "MSH-9": "UNH-2", "MSH-10": "UNB-5", "MSH-11": "UNB-11", "OBR[1]-3": "RFF" };
  return pna === undefined ? ends : { ...ends, "PID[1]": pna.where, "PID[1]-3": `${pna.where}-2` };
}

function reading({ header, message }: Parts, { offsetMinutesAt }: ForeignSetting): ForeignReading {
  const about = (reference: string) => fromEdifact({ message, header, subject: { reference }, offsetMinutesAt });
  let mapped = about("Patient/unknown");
  const { patient, identifiers, sentAt } = mapped;
  return {
    patient,
    identifiers,
    sentAt,
    plan: ({ reference = "" }) => {
      mapped = about(reference);
      return mapped.plan;
    },
    ledger: () => mapped.ledger,
  };
}

function answerTo({ header, message }: Parts, { problems, controlId, sentAt }: ForeignAnswer): string {
  return nhsack({
    header,
    problems: [],
    messages: [{ reference: message.reference ?? "", problems }],
    controlReference: controlId.replaceAll("-", "").slice(-14).toUpperCase(),
    answeredAt: sentAt.replace(/\D/g, "").slice(0, 12),
  });
}

function first({ segments }: EdifactMessage, tag: string, qualifier: string): EdifactSegment | undefined {
  return segments.find((segment) => segment.tag === tag && valueAt(segment, 1) === qualifier);
}

function secondOf(segment: EdifactSegment | undefined): string | undefined {
  return segment && valueAt(segment, 1, 2);
}

function digitsOf(dtm: EdifactSegment | undefined): string | undefined {
  const text = secondOf(dtm);
  return text !== undefined && /^\d{4,14}$/.test(text) ? text : undefined;
}

function nhsNumberIn({ segments }: EdifactMessage): string | undefined {
  const pna = segments.find(({ tag }) => tag === "PNA");
  const checked = checkNhsNumber((pna && valueAt(pna, 2)) ?? "");
  return checked.ok ? checked.value : undefined;
}

/** DTM by qualifier: birth, report, and what happened. */
const momentCodes: Readonly<Record<string, SaidMoment["code"]>> = {
  "137": "time-in-future",
  "329": "birth-date-in-future",
  ISR: "report-time-in-future",
  SCO: "time-in-future",
  SRI: "time-in-future",
};

function momentsIn({ segments }: EdifactMessage): readonly SaidMoment[] {
  return segments
    .filter(({ tag }) => tag === "DTM")
    .flatMap((dtm) => {
      const [code, digits] = [momentCodes[valueAt(dtm, 1) ?? ""], digitsOf(dtm)];
      return code === undefined || digits === undefined ? [] : [{ code, digits, where: `${dtm.where}-1.2` }];
    });
}
