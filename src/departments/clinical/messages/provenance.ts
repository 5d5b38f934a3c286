import { corridorReferences } from "#audit";
import type { Extension, Identifier, Provenance, ProvenanceAgent, Reference } from "#standards/fhir";
import { authorityFrom, identifierSystem } from "./datatypes/hd.ts";
import { dateTimeIn } from "./datatypes/ts.ts";
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
    extension: list(...exchange),
    target: targets.map((reference) => ({ reference })),
    occurredDateTime: dateTimeIn(msh?.field(7)),
    recorded: recordedAt,
    activity: activityOf(msh),
    agent: [
      senderOf(msh),
      { type: participant("assembler"), who: { type: "Device", display: `Corridor, mapping ${mapping}` } },
      ...decisions.map(decider),
    ],
    entity: [{ role: "source", what: { reference: `${linkMessageKind}/${messageId}` } }],
  });
}

/** What the LinkMessage keeps of the header has been carried over too. */
export function carryHeader(msh: SegmentReader | undefined): void {
  for (const field of [3, 4, 5, 6, 7, 9, 10, 12, 18]) {
    for (const repetition of msh?.fields(field) ?? []) repetition.layout();
  }
}

/** The application that sent it, for the facility that it serves. */
function senderOf(msh: SegmentReader | undefined): ProvenanceAgent {
  const application = named("Device", msh?.field(3));
  const facility = named("Organization", msh?.field(4));
  const who = application ?? facility ?? { display: "unknown sender" };
  return present<ProvenanceAgent>({
    type: participant("author"),
    who,
    onBehalfOf: application === undefined ? undefined : facility,
  });
}

function named(type: "Device" | "Organization", field: FieldReader | undefined): Reference | undefined {
  if (field === undefined) return undefined;
  const authority = authorityFrom(field, 1);
  const value = authority.universalId === undefined ? undefined : identifierSystem(authority);
  const identifier: Identifier | undefined = value === undefined ? undefined : { system: "urn:ietf:rfc:3986", value };
  return present<Reference>({ type, identifier, display: authority.namespace ?? authority.universalId });
}

function activityOf(msh: SegmentReader | undefined): Provenance["activity"] {
  const field = msh?.field(9);
  const [type, event, structure] = [field?.text(1), field?.code(2), field?.text(3)];
  const coding =
    event === undefined ? undefined : { system: "http://terminology.hl7.org/CodeSystem/v2-0003", code: event };
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
