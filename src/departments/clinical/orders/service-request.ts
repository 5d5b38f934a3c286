import type {
  Annotation,
  CodeableConcept,
  Coding,
  Extension,
  Identifier,
  Reference,
  ServiceRequest,
} from "#standards/fhir";
import { isImagingOrder } from "../imaging/worklist/imaging-order.ts";
import { codeableConcept, codeableConcepts, codeIn, codeOf, codingOf } from "../messages/datatypes/cwe.ts";
import { extendedIdentifier } from "../messages/datatypes/cx.ts";
import { entityIdentifier, identifierType, pairIdentifier } from "../messages/datatypes/ei.ts";
import { dateTimeIn } from "../messages/datatypes/ts.ts";
import { practitioner } from "../messages/datatypes/xcn.ts";
import { organization } from "../messages/datatypes/xon.ts";
import { contactPoint } from "../messages/datatypes/xtn.ts";
import { deterministicId } from "../messages/deterministic-id.ts";
import type { OrderGroup } from "../messages/groups.ts";
import type { SegmentReader } from "../messages/message-reader.ts";
import { list, present } from "../messages/present.ts";
import type { Situation } from "../results/situation.ts";
import type { OrderStatus } from "./order-status.ts";
import { orderTiming } from "./order-timing.ts";

export interface OrderSource {
  readonly situation: Situation;
  readonly group: OrderGroup;
  readonly status: OrderStatus;
  /** OBR-24. */
  readonly category: CodeableConcept | undefined;
  readonly note: readonly Annotation[] | undefined;
  readonly specimen: readonly Reference[] | undefined;
  readonly supportingInfo: readonly Reference[] | undefined;
}

/** The numbers of an order: ORC-2 and ORC-3, else OBR-2 and OBR-3. */
export interface OrderNumbers {
  readonly placer: Identifier | undefined;
  readonly filler: Identifier | undefined;
}

/** Source: v2-to-FHIR ORC-2, ORC-3, OBR-2, OBR-3. */
export function orderNumbers({ orc, obr }: OrderGroup): OrderNumbers {
  return {
    placer: numbered("PLAC", [orc, 2], [obr, 2]),
    filler: numbered("FILL", [orc, 3], [obr, 3]),
  };
}

type Place = readonly [SegmentReader | undefined, number];

/** What both segments say is said once. */
function numbered(type: "PLAC" | "FILL", ...places: readonly Place[]): Identifier | undefined {
  const sent = places.map(([reader, field]) => entityIdentifier(reader?.field(field), type));
  return sent.find((identifier) => identifier !== undefined);
}

/**
 * The id of an order: of the placer's number for this patient and test, so that an order and the results of another
 * system meet; else of the filler's number at the sender. `where` counts what is alike within one message.
 */
export function orderId(
  { placer, filler }: OrderNumbers,
  {
    situation,
    test,
    occurrence,
  }: { readonly situation: Situation; readonly test: string; readonly occurrence: number },
): string {
  const { subject, origin, controlId } = situation;
  const number = placer ?? filler;
  const giver = placer === undefined ? origin.sender : "";
  const parts = [subject.reference, giver, number?.value ?? `message ${controlId}`, test];
  return deterministicId("ServiceRequest", ...parts, occurrence === 0 ? "" : String(occurrence));
}

/** One order. Source: v2-to-FHIR ORC[ServiceRequest], OBR[ServiceRequest], TQ1[ServiceRequest], rows in their order. */
export function serviceRequest(source: OrderSource, { placer, filler }: OrderNumbers): ServiceRequest {
  const { situation, group, status, specimen, supportingInfo } = source;
  const { orc, obr } = group;
  const alternate = [...(obr?.fields(53) ?? []), ...(orc?.fields(33) ?? [])];
  return present<ServiceRequest>({
    resourceType: "ServiceRequest",
    meta: confidentiality(orc),
    extension: list(businessEvent(orc), callbackNumber(obr, orc), statusReason(orc), ...clinicalInformation(obr)),
    identifier: list(
      placer,
      filler,
      ...alternate.map((field) => alternateNumber(extendedIdentifier(field))),
      fillerGroup(orc),
      accessionNumber(source),
    ),
    basedOn: parentOrders(obr),
    requisition: placerGroup(orc),
    status,
    category: list(source.category),
    intent: obr?.text(11) === "G" ? "reflex-order" : "order",
    priority: priorityOf(group),
    code: codeableConcept(obr?.field(4)),
    orderDetail: list(
      ...(codeableConcepts(obr?.fields(46) ?? []) ?? []),
      ...(codeableConcepts(obr?.fields(47) ?? []) ?? []),
    ),
    subject: situation.subject,
    encounter: situation.encounter,
    ...orderTiming(group),
    authoredOn: orc?.peek(1) === "NW" ? dateTimeIn(orc.field(9)) : undefined,
    requester: practitioner(orc?.field(12)) ?? practitioner(obr?.field(16)) ?? organization(orc?.field(21)),
    locationCode: list(codeableConcept(orc?.field(29))),
    reasonCode: list(...(codeableConcepts(obr?.fields(31) ?? []) ?? []), ...group.diagnoses.map(diagnosis)),
    supportingInfo,
    specimen,
    note: source.note,
  });
}

const structures = "http://hl7.org/fhir/StructureDefinition";

function confidentiality(orc: SegmentReader | undefined) {
  const security: Coding | undefined = codingOf(orc?.field(28), "ConfidentialityCode");
  return security && { security: [security] };
}

/** ORC-1 and ORC-9: what happened to the order, and when. */
function businessEvent(orc: SegmentReader | undefined): Extension | undefined {
  const code = orc?.code(1);
  if (orc === undefined || code === undefined) return undefined;
  const at = dateTimeIn(orc.field(9));
  const coding = { system: "http://terminology.hl7.org/CodeSystem/v2-0119", code };
  return {
    url: `${structures}/businessEvent`,
    extension: [
      { url: "value", valueCodeableConcept: { coding: [coding] } },
      ...(at === undefined ? [] : [{ url: "date", valueDateTime: at }]),
    ],
  };
}

/** OBR-17, else ORC-14. */
function callbackNumber(obr: SegmentReader | undefined, orc: SegmentReader | undefined): Extension | undefined {
  const number = contactPoint(obr?.field(17)) ?? contactPoint(orc?.field(14));
  const url = `${structures}/servicerequest-order-callback-phone-number`;
  return number && { url, valueContactPoint: number };
}

function statusReason(orc: SegmentReader | undefined): Extension | undefined {
  const reason = codeableConcept(orc?.field(16));
  return reason && { url: `${structures}/request-statusReason`, valueCodeableConcept: reason };
}

/** OBR-13. In FHIR R5 it is supportingInfo; here its concept in an extension of that name. */
function clinicalInformation(obr: SegmentReader | undefined): readonly Extension[] {
  const url = "http://hl7.org/fhir/5.0/StructureDefinition/extension-ServiceRequest.supportingInfo";
  return (codeableConcepts(obr?.fields(13) ?? []) ?? []).map((concept) => ({
    url,
    extension: [{ url: "concept", valueCodeableConcept: concept }],
  }));
}

function alternateNumber(identifier: Identifier | undefined): Identifier | undefined {
  return identifier && { ...identifier, type: identifierType("PLAC") };
}

/** ORC-4, as EI or as the first half of an EIP. */
function placerGroup(orc: SegmentReader | undefined): Identifier | undefined {
  return pairIdentifier(orc?.field(4), 1);
}

/** OBR-18 of an order for images. Source: IHE RAD TF-2 §4.4 (Procedure Scheduled), which keeps the field for it. */
function accessionNumber({ group: { obr }, category }: OrderSource): Identifier | undefined {
  if (category === undefined || !isImagingOrder({ category: [category] })) return undefined;
  const value = obr?.text(18);
  return value === undefined ? undefined : { type: identifierType("ACSN"), value };
}

function fillerGroup(orc: SegmentReader | undefined): Identifier | undefined {
  const identifier = entityIdentifier(orc?.field(38));
  return identifier && { type: identifierType("FGN"), ...identifier };
}

/** OBR-29: the order that this one follows from, known by its numbers. */
function parentOrders(obr: SegmentReader | undefined): readonly Reference[] | undefined {
  const parent = obr?.field(29);
  return list(
    ...[pairIdentifier(parent, 1), pairIdentifier(parent, 2)].map(
      (identifier): Reference | undefined => identifier && { type: "ServiceRequest", identifier },
    ),
  );
}

/** TQ1-9, else OBR-5, else the sixth part of OBR-27 or ORC-7. */
function priorityOf({ timings, obr, orc }: OrderGroup): ServiceRequest["priority"] | undefined {
  const [timing] = timings;
  const code =
    codeOf(timing?.field(9), "ExtendedPriorityCodes") ??
    codeOf(obr?.field(5), "ExtendedPriorityCodes") ??
    quantityTimingPriority(obr, 27) ??
    quantityTimingPriority(orc, 7);
  return code as ServiceRequest["priority"] | undefined;
}

function quantityTimingPriority(reader: SegmentReader | undefined, field: number): string | undefined {
  return codeIn(reader?.field(field), { component: 6, table: "ExtendedPriorityCodes" });
}

/** Why it was ordered. Source: v2-to-FHIR DG1[Condition], without a Condition of its own. */
function diagnosis(dg1: SegmentReader) {
  const concept = codeableConcept(dg1.field(3));
  const text = dg1.text(4);
  if (text === undefined) return concept;
  return concept === undefined ? { text } : { ...concept, text: concept.text ?? text };
}
