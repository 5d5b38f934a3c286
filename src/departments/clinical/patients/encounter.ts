import type {
  CodeableConcept,
  Coding,
  Encounter,
  EncounterHospitalization,
  EncounterLocation,
  EncounterParticipant,
  Extension,
  Identifier,
  Period,
  Reference,
} from "#standards/fhir";
import { clearedBy, type ElementName } from "../messages/changes.ts";
import { codeableConcept, codeableConcepts, codeOf, codingOf } from "../messages/datatypes/cwe.ts";
import { extendedIdentifier } from "../messages/datatypes/cx.ts";
import { identifierType } from "../messages/datatypes/ei.ts";
import { location } from "../messages/datatypes/pl.ts";
import { dateTimeIn } from "../messages/datatypes/ts.ts";
import { practitioner } from "../messages/datatypes/xcn.ts";
import { deterministicId } from "../messages/deterministic-id.ts";
import type { FieldReader, SegmentReader } from "../messages/message-reader.ts";
import type { PlannedRevision } from "../messages/plan.ts";
import { list, present, presentOrNone } from "../messages/present.ts";

export interface VisitSource {
  readonly pv1: SegmentReader | undefined;
  readonly pv2: SegmentReader | undefined;
  readonly subject: Reference;
  /** The event of an ADT message; other messages only tell of a visit by the way. */
  readonly event?: string;
  readonly asOf?: string | undefined;
}

/**
 * A visit, where PV1 carries its number: without one it could never be found again. Its id is that of the number for
 * this patient. Events of ADT change it; other messages add what is not known yet.
 * Source: v2-to-FHIR PV1[Encounter], PV2[Encounter], rows in their order.
 */
export function visit(source: VisitSource): PlannedRevision | undefined {
  const { pv1, pv2, subject, event } = source;
  const number = visitNumber(pv1?.field(19));
  if (pv1 === undefined || number?.value === undefined) return undefined;
  const stated = statusOf(pv1, event);
  const resource = present<Encounter>({
    resourceType: "Encounter",
    extension: list(...plannedDates(pv2), arrivalMode(pv2)),
    identifier: list(number, ...pv1.fields(50).map((field) => extendedIdentifier(field))),
    status: stated ?? assumedStatus(pv1),
    class: codingOf(pv1.field(2), "PatientClass[EncounterClass]") ?? unknownClass,
    type: list(codeableConcept(pv1.field(4), "AdmissionType")),
    serviceType: codeableConcept(pv1.field(10), "HospitalService"),
    priority: codeableConcept(pv2?.field(25), "EncounterPriority"),
    subject,
    participant: participants(pv1, pv2),
    period: presentOrNone<Period>({ start: dateTimeIn(pv1.field(44)), end: dateTimeIn(pv1.field(45)) }),
    length: lengthOfStay(pv2),
    reasonCode: list(codeableConcept(pv2?.field(3))),
    hospitalization: hospitalization(pv1),
    location: locations({ pv1, pv2, event }),
  });
  return {
    rule: event === undefined ? "fill" : "revise",
    id: deterministicId("Encounter", subject.reference, number.value),
    where: pv1.where,
    resource,
    cleared: [...clearedBy(pv1, clearable), ...takenBack(pv1, event)],
    asOf: source.asOf,
    ...(event === "A02" || event === "A12" ? { places: event === "A02" ? "transfer" : "transfer-cancelled" } : {}),
    ...(takingBack.has(event ?? "") ? { isTakingBack: true } : {}),
    ...(stated === undefined ? { assumed: ["status"] } : {}),
  };
}

const clearable = [
  [3, "location"],
  [7, "participant"],
  [10, "serviceType"],
  [36, "hospitalization.dischargeDisposition"],
  [44, "period.start"],
  [45, "period.end"],
] as const;

/** PV1-2 is required by FHIR; senders that leave it out say nothing of the class. */
const unknownClass = { system: "http://terminology.hl7.org/CodeSystem/v3-NullFlavor", code: "UNK" };

function visitNumber(field: FieldReader | undefined): Identifier | undefined {
  const identifier = extendedIdentifier(field);
  if (identifier === undefined) return undefined;
  const type = identifierType("VN");
  const [sent] = identifier.type?.coding ?? [];
  const isOther = sent !== undefined && sent.code !== "VN";
  return { ...identifier, type: isOther ? { coding: [...(type.coding ?? []), sent] } : type };
}

/** What an event makes of a visit, whatever else it says. Source: HL7 v2.5.1 §3.3; for the codes, FHIR R4 EncounterStatus. */
const statusOfEvent: Readonly<Record<string, Encounter["status"]>> = {
  A03: "finished",
  A05: "planned",
  A11: "cancelled",
  A13: "in-progress",
  A21: "onleave",
  A22: "in-progress",
  A38: "cancelled",
};

/**
 * A discharge time ends a visit too; A01, A04, A06 and A07 begin one of their class. Other events say nothing.
 * Source: v2-to-FHIR PV1-2, PV1-45, MSH[Encounter] table Event[EncounterStatus].
 */
function statusOf(pv1: SegmentReader, event: string | undefined): Encounter["status"] | undefined {
  if (event === undefined) return undefined;
  const byEvent = statusOfEvent[event];
  if (byEvent !== undefined) return byEvent;
  if (pv1.field(45) !== undefined) return "finished";
  return beginnings.has(event) ? assumedStatus(pv1) : undefined;
}

const beginnings = new Set(["A01", "A04", "A06", "A07"]);

const takingBack = new Set(["A11", "A12", "A13", "A38"]);

/** A discharge that is taken back (A13) takes with it what it said, unless the message says it again. */
function takenBack(pv1: SegmentReader, event: string | undefined): readonly ElementName[] {
  if (event !== "A13") return [];
  const said = [
    [45, "period.end"],
    [36, "hospitalization.dischargeDisposition"],
    [37, "hospitalization.destination"],
  ] as const;
  return said.filter(([field]) => pv1.field(field) === undefined).map(([, element]) => element);
}

function assumedStatus(pv1: SegmentReader): Encounter["status"] {
  if (pv1.field(45) !== undefined) return "finished";
  return (codeOf(pv1.field(2), "PatientClass[EncounterStatus]") ?? "unknown") as Encounter["status"];
}

/** Who took part, in the order of the fields. Source: v2-to-FHIR PV1-7, 8, 9, 17, 52, PV2-13. */
const participations = [
  [7, "ATND", "attender"],
  [8, "REF", "referrer"],
  [9, "CON", "consultant"],
  [17, "ADM", "admitter"],
  [52, "PART", "Participation"],
] as const;

function participants(pv1: SegmentReader, pv2: SegmentReader | undefined): readonly EncounterParticipant[] | undefined {
  const inVisit = participations.flatMap(([field, code, display]) =>
    pv1.fields(field).map((each) => participant(practitioner(each), { code, display })),
  );
  const referrers = pv2
    ?.fields(13)
    .map((each) => participant(practitioner(each), { code: "REF", display: "referrer" }));
  return list(...inVisit, ...(referrers ?? []));
}

function participant(
  individual: Reference | undefined,
  role: { readonly code: string; readonly display: string },
): EncounterParticipant | undefined {
  if (individual === undefined) return undefined;
  const system = "http://terminology.hl7.org/CodeSystem/v3-ParticipationType";
  return { type: [{ coding: [{ system, ...role }] }], individual };
}

/** Source: v2-to-FHIR PV1-5, 13 to 16, 36 to 38. */
function hospitalization(pv1: SegmentReader): EncounterHospitalization | undefined {
  return presentOrNone<EncounterHospitalization>({
    preAdmissionIdentifier: extendedIdentifier(pv1.field(5)),
    admitSource: codeableConcept(pv1.field(14)),
    reAdmission: codeableConcept(pv1.field(13), "ReadmissionIndicator"),
    dietPreference: list(codeableConcept(pv1.field(38))),
    specialCourtesy: list(codeableConcept(pv1.field(16))),
    specialArrangement: codeableConcepts(pv1.fields(15), "AmbulatoryStatus"),
    destination: destination(codeableConcept(pv1.field(37))),
    dischargeDisposition: codeableConcept(pv1.field(36)),
  });
}

function destination(concept: CodeableConcept | undefined): Reference | undefined {
  const coding = concept?.coding?.[0];
  const display = concept?.text ?? coding?.display ?? coding?.code;
  if (display === undefined) return undefined;
  const identifier = coding?.code === undefined || coding.code === display ? undefined : numberOf(coding);
  return present<Reference>({ type: "Location", identifier, display });
}

function numberOf({ system, code }: Coding): Identifier {
  return present<Identifier>({ system, value: code });
}

interface Visit {
  readonly pv1: SegmentReader;
  readonly pv2: SegmentReader | undefined;
  readonly event: string | undefined;
}

/** Source: v2-to-FHIR PV1-3, PV1-6, PV1-11, PV1-42, PV2-1. */
function locations({ pv1, pv2, event }: Visit): readonly EncounterLocation[] | undefined {
  const isPreadmission = pv1.peek(2) === "P";
  return list(
    located(pv1.field(3), isPreadmission || event === "A05" ? "planned" : "active"),
    located(pv1.field(6), "completed"),
    located(pv1.field(11), "active"),
    located(pv1.field(42), "reserved"),
    located(pv2?.field(1), "planned"),
  );
}

function located(field: FieldReader | undefined, status: EncounterLocation["status"]): EncounterLocation | undefined {
  const place = location(field);
  return place && present<EncounterLocation>({ location: place, status });
}

/** Elements of FHIR R5. Source: v2-to-FHIR PV2-8, PV2-9. */
function plannedDates(pv2: SegmentReader | undefined): readonly (Extension | undefined)[] {
  const url = "http://hl7.org/fhir/5.0/StructureDefinition/extension-Encounter";
  const [start, end] = [8, 9].map((field) => dateTimeIn(pv2?.field(field)));
  return [
    start === undefined ? undefined : { url: `${url}.plannedStartDate`, valueDateTime: start },
    end === undefined ? undefined : { url: `${url}.plannedEndDate`, valueDateTime: end },
  ];
}

function arrivalMode(pv2: SegmentReader | undefined): Extension | undefined {
  const coding = codingOf(pv2?.field(38), "ModeOfArrivalCode");
  return coding && { url: "http://hl7.org/fhir/StructureDefinition/encounter-modeOfArrival", valueCoding: coding };
}

/** PV2-11, in days. */
function lengthOfStay(pv2: SegmentReader | undefined): Encounter["length"] | undefined {
  const days = /^\d{1,5}$/.test(pv2?.peek(11) ?? "") ? pv2?.text(11) : undefined;
  if (days === undefined) return undefined;
  return { value: Number(days), unit: "days", system: "http://unitsofmeasure.org", code: "d" };
}
