import { type Blob, blobOf, type Create } from "#record";
import { segmentNamed } from "#standards/hl7v2";
import type { DestinationSettings, LinkSettings } from "../../configuration/link-settings.ts";
import { deterministicId } from "../../messages/deterministic-id.ts";
import type { ReceivedMessage } from "../../messages/link-message.ts";
import { present } from "../../messages/present.ts";
import type { SentMessage } from "../../messages/sent-message.ts";
import type { Render } from "../../outputs/output-mappings.ts";
import type { PathologyReport } from "../../outputs/uk-pathology-document.ts";
import { type Delivery, deliveryKind } from "../delivery.ts";
import { isPatientLane, laneKey } from "../lane-key.ts";
import { compileRoutes, type Routed } from "./route.ts";

export interface LinkRoutingNeeds {
  readonly link: Pick<LinkSettings, "name" | "routes"> & Partial<Pick<LinkSettings, "record">>;
  readonly destinations: readonly DestinationSettings[];
  /** The output mapping of a name of `DestinationSettings.content`; undefined where there is none of this name. */
  readonly renderFor?: (content: string) => Render | undefined;
}

/** Where the messages of one link go. */
export interface LinkRouting {
  /** False: messages are passed on and nothing of them is mapped into the record. */
  readonly isRecorded: boolean;
  /** A destination takes something else than messages as they came: made of the reports that they tell of. */
  readonly needsReports: boolean;
  /** A destination takes its messages in the order of all of them, or by something that only their content tells. */
  readonly keepsWholeOrder: boolean;
  route(sent: SentMessage): Routed;
  /** The deliveries of a message, for the commit that keeps it. */
  plan(routed: Routed, accepted: AcceptedMessage): PlannedDeliveries;
}

export interface AcceptedMessage {
  readonly id: string;
  readonly message: ReceivedMessage;
  readonly sent: SentMessage;
  readonly raw: Uint8Array;
  /** The hospital's day on which it arrived. */
  readonly day: string;
  /** The patient of the record whom it is about: `Patient/7c…`. */
  readonly patientReference?: string | undefined;
  /** What the record will have of its reports, where a destination takes those; absent where it tells of none. */
  readonly reports?: PathologyReport | undefined;
  /** It says nothing that the record did not have, so there is nothing to make of it. */
  readonly isNothingNew?: boolean;
}

export interface PlannedDeliveries {
  readonly operations: readonly Create[];
  /** Bodies that differ from the message. */
  readonly blobs: readonly Blob[];
  readonly destinations: readonly string[];
}

export const noDeliveries: PlannedDeliveries = { operations: [], blobs: [], destinations: [] };

export function openLinkRouting({ link, destinations, renderFor }: LinkRoutingNeeds): LinkRouting {
  const route = compileRoutes(link.routes);
  const known = new Map(destinations.map((each) => [each.name, each]));
  return {
    isRecorded: link.record !== false,
    needsReports: link.routes.some(({ to }) => to.some((name) => isMade(known.get(name)))),
    keepsWholeOrder: link.routes.some(({ to }) => to.some((name) => isWhole(known.get(name)))),
    route,
    plan: (routed, accepted) => {
      const to = accepted.isNothingNew
        ? routed.to.filter(({ destination }) => !isMade(known.get(destination)))
        : routed.to;
      const made = to.map((each) =>
        planOne(known.get(each.destination), { ...each, of: to.length, accepted, renderFor }),
      );
      return {
        operations: made.map(({ operation }) => operation),
        blobs: made.flatMap(({ blob }) => blob ?? []),
        destinations: to.map(({ destination }) => destination),
      };
    },
  };
}

function isMade(settings: DestinationSettings | undefined): boolean {
  return settings !== undefined && settings.content !== "as-received";
}

function isWhole(settings: DestinationSettings | undefined): boolean {
  return settings?.lane === "destination" || settings?.lane === "specimen";
}

interface Planning {
  readonly destination: string;
  readonly route: string;
  readonly of: number;
  readonly accepted: AcceptedMessage;
  readonly renderFor: LinkRoutingNeeds["renderFor"];
}

export const hl7ContentType = "x-application/hl7-v2+er7";

interface PlannedOne {
  readonly operation: Create;
  readonly blob?: Blob;
}

function planOne(settings: DestinationSettings | undefined, planning: Planning): PlannedOne {
  const { accepted, renderFor } = planning;
  const { id, message, sent } = accepted;
  const deliveryId = deterministicId(deliveryKind, id, planning.destination);
  const asReceived = {
    controlId: message.controlId ?? deliveryId,
    contentType: sent.foreign?.contentType ?? hl7ContentType,
    body: message.raw.hash,
    sizeBytes: message.raw.sizeBytes,
  };
  if (settings === undefined) return stopped(planning, asReceived, unknownDestination(planning.destination));
  if (settings.content === "as-received") return { operation: operationOf(planning, settings, asReceived) };
  const rendered = renderFor?.(settings.content)?.(accepted);
  if (rendered === undefined) return stopped(planning, asReceived, unknownContent(settings.content));
  if (!rendered.ok) return stopped(planning, asReceived, { ...rendered.problems[0], code: "not-rendered" });
  const blob = blobOf(rendered.value.body);
  const { controlId, contentType } = rendered.value;
  const content = { controlId, contentType, body: blob.hash, sizeBytes: blob.bytes.length };
  return { operation: operationOf(planning, settings, content), blob };
}

type Content = Pick<Delivery, "controlId" | "contentType" | "body" | "sizeBytes">;
type Reason = Pick<NonNullable<Delivery["lastProblem"]>, "category" | "code" | "message">;

/** It is not lost, and a person is told: what was routed and cannot be sent waits parked. */
function stopped(planning: Planning, content: Content, { category, code, message }: Reason): PlannedOne {
  const settings = { lane: "patient" } as const;
  const { body, ...operation } = operationOf(planning, settings, content);
  const settledAt = planning.accepted.message.arrivedAt;
  const parked = { ...body, state: "parked", lastProblem: { category, code, message }, settledAt };
  return { operation: { ...operation, body: parked } };
}

function operationOf(
  { destination, route, of, accepted }: Planning,
  { lane }: Pick<DestinationSettings, "lane">,
  content: Content,
): Create {
  const { id, message, sent, day, patientReference } = accepted;
  const key = laneKey(lane, { ...message, specimen: lane === "specimen" ? specimenIn(sent) : undefined });
  const body = present<Delivery>({
    message: id,
    link: message.link,
    day,
    destination,
    route,
    lane: key,
    patient: isPatientLane(key) ? patientReference : undefined,
    of,
    queuedAt: message.arrivedAt,
    state: "queued",
    attempts: 0,
    ...content,
  });
  return { action: "create", kind: deliveryKind, id: deterministicId(deliveryKind, id, destination), body };
}

/** SPM-2.2, or SPM-2.1 where the filler gave none. Source: HL7 v2.5.1 §7.4.3.2. */
function specimenIn({ message }: SentMessage): string | undefined {
  const number = segmentNamed(message, "SPM")?.field(2);
  const [filler, placer] = [number?.component(2).component(1).text, number?.component(1).component(1).text];
  return filler || placer || undefined;
}

function unknownDestination(name: string): Reason {
  return { category: "not-found", code: "destination-unknown", message: `There is no destination ${name}.` };
}

function unknownContent(name: string): Reason {
  return { category: "unsupported", code: "content-unknown", message: `There is no output mapping ${name}.` };
}
