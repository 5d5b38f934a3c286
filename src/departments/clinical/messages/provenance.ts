import { corridorReferences } from "#audit";
import type { CodeableConcept, Extension, Identifier, Provenance, ProvenanceAgent, Reference } from "#standards/fhir";
import { assignerOf, authorityFrom, universalSystem } from "./datatypes/hd.ts";
import { dateTimeIn } from "./datatypes/ts.ts";
import { fhirMessageType } from "./formats/fhir-message.ts";
import type { MessageGroups } from "./groups.ts";
import { fieldExtension } from "./join/rest.ts";
import { linkMessageKind, type MessageDecision } from "./link-message.ts";
import type { FieldReader, SegmentReader } from "./message-reader.ts";
import { list, present } from "./present.ts";

export interface ProvenanceSource {
  readonly msh: SegmentReader | undefined;
  readonly messageId: string;
  /** When the message arrived: an instant. */
  readonly recordedAt: string;
  /** `oru-r01/1` */
  readonly mapping: string;
  /** The versions that the message wrote: `Observation/7c…/_history/1`. */
  readonly targets: readonly string[];
  /** Who let it through, where it was held; the first proposed it. */
  readonly decisions?: readonly MessageDecision[];
  /** What else the message says of its exchange and its event. */
  readonly exchange?: readonly Extension[];
}

/**
 * Where resources came from: the message, and who sent it. Every message that writes leaves one.
 * Source: v2-to-FHIR MSH[Provenance-Source], MSH[Provenance-Transformation].
 */
export function provenanceOf(source: ProvenanceSource): Provenance {
  const { msh, messageId, recordedAt, mapping, targets, decisions = [], exchange = [] } = source;
  return present<Provenance>({
    resourceType: "Provenance",
    extension: list(...exchange, told(msh, 12), told(msh, 18)),
    target: targets.map((reference) => ({ reference })),
    occurredDateTime: dateTimeIn(msh?.field(7)),
    recorded: recordedAt,
    activity: activityOf(msh),
    agent: [
      senderOf(msh),
      ...receiverOf(msh),
      { type: participant("assembler"), who: { type: "Device", display: `Corridor, mapping ${mapping}` } },
      ...decisions.map(decider),
    ],
    entity: [{ role: "source", what: messageAs(messageId, msh) }],
  });
}

/** What the Provenance tells of the header has been carried over. */
export function carryHeader(msh: SegmentReader | undefined): void {
  for (const field of [3, 4, 5, 6, 7, 9, 10]) {
    for (const repetition of msh?.fields(field) ?? []) repetition.layout();
  }
  for (const field of [12, 18]) msh?.text(field);
}

/** EVN-1 where it says again what MSH-9 says. */
export function carryEvent({ msh, evn }: Pick<MessageGroups, "msh" | "evn">): void {
  if (evn !== undefined && evn.peek(1) === msh?.peek(9, 2)) evn.text(1);
}

/** The message, and the number by which its sender knows it (MSH-10). */
function messageAs(messageId: string, msh: SegmentReader | undefined): Reference {
  const reference = `${linkMessageKind}/${messageId}`;
  const value = msh?.field(10)?.layout();
  return value === undefined ? { reference } : { reference, identifier: { value } };
}

/** The version of HL7 that it is written in, and its character set. */
function told(msh: SegmentReader | undefined, field: 12 | 18): Extension | undefined {
  const valueString = msh?.text(field);
  return valueString === undefined ? undefined : { url: `${fieldExtension}MSH-${field}`, valueString };
}

/** The application that sent it, for the facility that it serves. */
function senderOf(msh: SegmentReader | undefined): ProvenanceAgent {
  const application = named("Device", msh?.field(3));
  const facility = named("Organization", msh?.field(4));
  const who = application ?? facility ?? { display: "unknown sender" };
  return end({ who, facility: application === undefined ? undefined : facility }, participant("author"));
}

/** Whom the sender has sent it to. Source: v2-to-FHIR MSH[MessageHeader], rows 5 and 6. */
function receiverOf(msh: SegmentReader | undefined): readonly ProvenanceAgent[] {
  const application = named("Device", msh?.field(5));
  const facility = named("Organization", msh?.field(6));
  const who = application ?? facility;
  if (who === undefined) return [];
  return [end({ who, facility: application === undefined ? undefined : facility }, recipient)];
}

const recipient: CodeableConcept = {
  coding: [{ system: "http://terminology.hl7.org/CodeSystem/v3-ParticipationType", code: "IRCP" }],
};

interface End {
  readonly who: Reference;
  readonly facility: Reference | undefined;
}

function end({ who, facility }: End, type: CodeableConcept): ProvenanceAgent {
  return present<ProvenanceAgent>({ type, who, onBehalfOf: facility });
}

function named(type: "Device" | "Organization", field: FieldReader | undefined): Reference | undefined {
  if (field === undefined) return undefined;
  const authority = authorityFrom(field, 1);
  const { namespace, universalId } = authority;
  const value = universalSystem(authority);
  const identifier: Identifier | undefined =
    value === undefined ? assignerOf(authority)?.identifier : { system: "urn:ietf:rfc:3986", value };
  return present<Reference>({ type, identifier, display: namespace ?? universalId });
}

function activityOf(msh: SegmentReader | undefined): Provenance["activity"] {
  const field = msh?.field(9);
  const [type, event, structure] = [field?.text(1), field?.code(2), field?.text(3)];
  const isOfHl7 = type !== fhirMessageType;
  const coding =
    event === undefined || !isOfHl7
      ? undefined
      : { system: "http://terminology.hl7.org/CodeSystem/v2-0003", code: event };
  return { ...(coding && { coding: [coding] }), text: list(type, event, structure)?.join("^") ?? "message" };
}

function decider({ by, display, action }: MessageDecision): ProvenanceAgent {
  const type = participant(action === "confirm" ? "verifier" : "performer");
  return { type, who: { identifier: { system: corridorReferences, value: by }, display } };
}

function participant(code: "author" | "assembler" | "performer" | "verifier") {
  const system = "http://terminology.hl7.org/CodeSystem/provenance-participant-type";
  return { coding: [{ system, code }] };
}
