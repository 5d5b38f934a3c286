import { isJsonObject, type Json, type JsonObject } from "#kernel";
import { nhsNumberSystem } from "#standards/fhir";
import { fhirAnswer, fhirRefusal } from "../../fhir-messages/answer.ts";
import { faultsOf } from "../../fhir-messages/faults.ts";
import {
  entriesByAddress,
  type FhirBundle,
  type FhirEntry,
  numberOf,
  readFhirBundle,
} from "../../fhir-messages/fhir-bundle.ts";
import { fromFhir } from "../../fhir-messages/from-fhir.ts";
import { patientOf } from "../../fhir-messages/patient.ts";
import type { SentMessage } from "../sent-message.ts";
import type { ForeignMessage, ForeignReading, SaidMoment } from "./foreign-message.ts";
import { type HeadFacts, hl7Head } from "./hl7-head.ts";

export const fhirContentType = "application/fhir+json";

/** MSH-9.1 of FHIR messages, whose events are many; MSH-9.2 is the event. */
export const fhirMessageType = "FHIR";

/**
 * A Bundle of type message, read as far as without mapping it. Its control id is the id of its MessageHeader, its sender
 * MessageHeader.source.endpoint, its type `FHIR^R01` by the event. Source: FHIR R4 §2.4 (messaging).
 */
export function readFhirMessage(bytes: Uint8Array): SentMessage {
  const message = readFhirBundle(bytes);
  if ("code" in message) {
    const foreign: ForeignMessage = {
      ...common,
      faults: [message],
      places: {},
      moments: [],
      read: nothing,
      acknowledge: fhirRefusal,
    };
    return { message: hl7Head(unknownHead).message, header: undefined, problems: [message], foreign };
  }
  const head = hl7Head(headOf(message));
  return { ...head, problems: [], foreign: foreignOf(message, String(headOf(message).sender)) };
}

const common = { format: "fhir", contentType: fhirContentType, charset: "UNICODE UTF-8" } as const;
const unknownHead: HeadFacts = { sender: "", receiver: "", sentAt: undefined, type: "", controlId: "", isTest: false };

const nothing = (): ForeignReading => ({
  ...patientOf(undefined, { sender: "", entryAt: () => undefined }),
  sentAt: undefined,
  plan: () => [],
  ledger: () => [],
});

function foreignOf(message: FhirBundle, sender: string): ForeignMessage {
  const entryAt = entriesByAddress(message.entries);
  return {
    ...common,
    digest: message.digest,
    faults: faultsOf(message, entryAt),
    places: placesIn(message),
    moments: momentsIn(message),
    isNumbered: true,
    read: () => {
      const about = (reference: string) => fromFhir({ message, entryAt, sender, subject: { reference } });
      const { patient, identifiers, sentAt, ledger } = about("Patient/unknown");
      return { patient, identifiers, sentAt, ledger, plan: ({ reference = "" }) => about(reference).plan };
    },
    acknowledge: (answer) => fhirAnswer(message.header, answer),
  };
}

function placesIn({ header, entries }: FhirBundle): ForeignMessage["places"] {
  const { where: patient } = entries.find(({ type }) => type === "Patient") ?? { where: "Bundle.entry" };
  const report = entries.find(({ type }) => type === "DiagnosticReport" || type === "Observation");
  return {
    "MSH-3": `${header.where}.source.endpoint`,
    "MSH-9": `${header.where}.event`,
    "MSH-10": `${header.where}.id`,
    "MSH-11": `${header.where}.meta.tag`,
    "PID[1]": patient,
    "PID[1]-3": `${patient}.identifier`,
    ...(report === undefined ? {} : { "OBR[1]-3": `${report.where}.identifier` }),
  };
}

function headOf({ bundle, header, entries }: FhirBundle): HeadFacts {
  const { id, eventCoding, eventUri, source, destination } = header.resource;
  const [receiver] = Array.isArray(destination) ? destination.filter(isJsonObject) : [];
  const event = isJsonObject(eventCoding)
    ? eventCoding.code
    : String(eventUri ?? "")
        .split(/[/#]/)
        .at(-1);
  const sender = isJsonObject(source) ? textOf(source.endpoint) : "";
  const patient = entries.find(({ type }) => type === "Patient");
  const { nhsNumber, lookup } = patientOf(patient, { sender, entryAt: () => undefined }).identifiers;
  const others = lookup.filter(({ system }) => system !== nhsNumberSystem);
  return {
    sender,
    receiver: textOf(receiver?.endpoint),
    sentAt: hl7Time(bundle.timestamp),
    type: fhirMessageType,
    event: textOf(event),
    controlId: id,
    isTest: isTest(header.resource),
    nhsNumber,
    hospitalNumbers: others.flatMap(({ value }) => value ?? []),
    orders: ordersIn(entries),
  };
}

/** Meta.tag HTEST. Source: v3 ActReason. */
function isTest({ meta }: JsonObject): boolean {
  const tags = isJsonObject(meta) && Array.isArray(meta.tag) ? meta.tag.filter(isJsonObject) : [];
  return tags.some(({ code }) => code === "HTEST");
}

/** Numbers of orders are their placers', those of reports their fillers'. */
function ordersIn(entries: readonly FhirEntry[]): NonNullable<HeadFacts["orders"]> {
  const value = (entry: FhirEntry) => numberOf(entry)?.split("|").slice(1).join("|");
  const numbersOf = (type: string) => entries.filter((each) => each.type === type).flatMap((each) => value(each) ?? []);
  const [placers, fillers] = [numbersOf("ServiceRequest"), numbersOf("DiagnosticReport")];
  const count = Math.max(placers.length, fillers.length);
  return Array.from({ length: count }, (_, at) => ({ placer: placers[at], filler: fillers[at] }));
}

function textOf(value: Json | undefined): string {
  return typeof value === "string" ? value : "";
}

/** `20261123093000+0000` */
function hl7Time(timestamp: Json | undefined): string | undefined {
  const [, date, time, sign, offset] =
    /^([\d-]{10})T([\d:]{8})(?:\.\d+)?(?:Z|([+-])(\d\d:\d\d))$/.exec(textOf(timestamp)) ?? [];
  if (date === undefined || time === undefined) return undefined;
  return `${`${date}${time}`.replace(/\D/g, "")}${sign ?? "+"}${(offset ?? "00:00").replace(":", "")}`;
}

/** Times that tell when something happened, by type: elements and what they mean. */
const timedElements: Readonly<Record<string, Readonly<Record<string, SaidMoment["code"]>>>> = {
  Patient: { birthDate: "birth-date-in-future" },
  Observation: { issued: "report-time-in-future", effectiveDateTime: "time-in-future" },
  DiagnosticReport: { issued: "report-time-in-future", effectiveDateTime: "time-in-future" },
  DocumentReference: { date: "report-time-in-future" },
  Specimen: { receivedTime: "time-in-future" },
};

function momentsIn({ bundle, entries }: FhirBundle): readonly SaidMoment[] {
  const sent = { code: "time-in-future", digits: digitsOf(bundle.timestamp), where: "Bundle.timestamp" } as const;
  const said = entries.flatMap(({ type, resource, where }) =>
    Object.entries(timedElements[type] ?? {}).map(([name, code]) => {
      return { code, digits: digitsOf(resource[name]), where: `${where}.${name}` };
    }),
  );
  return [sent, ...said].filter(({ digits }) => digits !== "");
}

function digitsOf(time: Json | undefined): string {
  return textOf(time).slice(0, 19).replace(/\D/g, "");
}
