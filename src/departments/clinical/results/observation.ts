import type { Beside, CodeableConcept, Extension, Observation, Reference } from "#standards/fhir";
import { codeableConcept, codeableConcepts } from "../messages/datatypes/cwe.ts";
import { entityIdentifier, identifierType } from "../messages/datatypes/ei.ts";
import { dateTimeIn, instantIn } from "../messages/datatypes/ts.ts";
import { practitioner } from "../messages/datatypes/xcn.ts";
import { organization } from "../messages/datatypes/xon.ts";
import { deterministicId } from "../messages/deterministic-id.ts";
import type { ObservationGroup } from "../messages/groups.ts";
import type { SegmentReader } from "../messages/message-reader.ts";
import type { PlannedResult } from "../messages/plan.ts";
import { list, present } from "../messages/present.ts";
import { notesOf } from "./note.ts";
import { referenceRanges } from "./reference-range.ts";
import { observationStatus, type ReportStatus } from "./result-status.ts";
import type { Situation } from "./situation.ts";
import { effectiveOf, type ReportTimes } from "./times.ts";
import type { ValueWithUnit } from "./value.ts";

/** What the observations of one report have in common. */
export interface ReportContext {
  readonly situation: Situation;
  /** What identifies the report: the first parts of every id below it. */
  readonly identity: readonly (string | undefined)[];
  readonly status: ReportStatus;
  readonly times: ReportTimes;
  readonly category: readonly CodeableConcept[] | undefined;
  readonly specimen: Reference | undefined;
  readonly basedOn: readonly Reference[] | undefined;
}

export interface PlannedObservation extends PlannedResult {
  readonly resource: Observation;
  /** OBX-3.1 and OBX-4, by which other segments speak of it. */
  readonly test: string;
  readonly subId: string;
}

/** An observation as sent: one OBX, or the lines of one text. */
export interface SentObservation extends ObservationGroup {
  readonly value: ValueWithUnit;
  /** Counted from 0 among observations of the same OBX-3 and OBX-4 in this report. */
  readonly occurrence: number;
}

/**
 * One Observation. Undefined without OBX-3: an observation of nothing is not one.
 * Source: v2-to-FHIR OBX[Observation], rows in their order.
 */
export function observation(sent: SentObservation, report: ReportContext): PlannedObservation | undefined {
  const { obx, notes, value, occurrence } = sent;
  const code = codeableConcept(obx.field(3));
  if (code === undefined) return undefined;
  const { situation } = report;
  const status = observationStatus(obx, report.status);
  const stated = report.times.reportedAt ?? instantIn(obx.field(19));
  const test = obx.peek(3) ?? obx.peek(3, 2) ?? "";
  const subId = obx.text(4) ?? "";
  const isDeleted = obx.isNull(5);
  const hasValue = Object.keys(value.value).length > 0 || value.component !== undefined;
  const resource = present<Observation>({
    resourceType: "Observation",
    extension: list(subIdentifier(subId), natureOfTest(obx), analysisTime(obx), structureType(obx)),
    identifier: list(instanceIdentifier(obx)),
    basedOn: report.basedOn,
    status,
    ...statusBeside(obx),
    category: list(...(report.category ?? []), observationType(obx)),
    code,
    subject: situation.subject,
    encounter: situation.encounter,
    ...effective(obx, report.times),
    issued: stated ?? situation.sentAt,
    performer: performers(obx),
    ...value.value,
    dataAbsentReason: hasValue ? undefined : absentReason(obx),
    interpretation: codeableConcepts(obx.fields(8), "InterpretationCodes"),
    note: notesOf(notes),
    bodySite: codeableConcept(obx.field(20)),
    method: codeableConcept(obx.field(17)),
    specimen: report.specimen,
    device: device(obx),
    referenceRange: referenceRanges(obx, value.unit),
    component: value.component,
  });
  return {
    rule: "result",
    id: deterministicId("Observation", ...report.identity, test, subId, String(occurrence)),
    where: obx.where,
    resource,
    test,
    subId,
    isReportTimeStated: stated !== undefined,
    ...(!isDeleted && isStatusOnly(obx, hasValue) ? { isStatusOnly: true } : {}),
  };
}

const structures = "http://hl7.org/fhir/StructureDefinition";
const absentReasons = "http://terminology.hl7.org/CodeSystem/data-absent-reason";

/** OBX-4. Source: v2-to-FHIR OG[Extension-Subidentifier]. */
function subIdentifier(subId: string): Extension | undefined {
  if (subId === "") return undefined;
  const url = `${structures}/observation-v2-subid`;
  return { url, extension: [{ url: "original-sub-identifier", valueString: subId }] };
}

function natureOfTest(obx: SegmentReader): Extension | undefined {
  const concept = codeableConcept(obx.field(10), "NatureOfAbnormalTesting");
  if (concept === undefined) return undefined;
  return { url: `${structures}/observation-nature-of-abnormal-test`, valueCodeableConcept: concept };
}

function analysisTime(obx: SegmentReader): Extension | undefined {
  const analysedAt = dateTimeIn(obx.field(19));
  if (analysedAt === undefined) return undefined;
  return { url: `${structures}/observation-analysis-date-time`, valueDateTime: analysedAt };
}

function structureType(obx: SegmentReader): Extension | undefined {
  const code = obx.code(30);
  const url = `${structures}/observation-structure-type`;
  return code === undefined ? undefined : { url, valueCodeableConcept: { coding: [{ system: url, code }] } };
}

function instanceIdentifier(obx: SegmentReader) {
  const identifier = entityIdentifier(obx.field(21));
  return identifier && { type: identifierType("FILL"), ...identifier };
}

/** X is cancelled in FHIR for want of a better word; the code itself stands beside it. */
function statusBeside(obx: SegmentReader): { readonly _status?: Beside } {
  if (obx.peek(11) !== "X") return {};
  const concept = { coding: [{ system: "http://terminology.hl7.org/CodeSystem/v2-0085", code: "X" }] };
  return { _status: { extension: [{ url: `${structures}/alternate-codes`, valueCodeableConcept: concept }] } };
}

function observationType(obx: SegmentReader): CodeableConcept | undefined {
  const code = obx.code(29);
  if (code === undefined) return undefined;
  return { coding: [{ system: "http://terminology.hl7.org/CodeSystem/v2-0936", code }] };
}

/** OBX-14, else when the specimen was taken. */
function effective(obx: SegmentReader, times: ReportTimes): Pick<Observation, "effectiveDateTime" | "effectivePeriod"> {
  const observedAt = dateTimeIn(obx.field(14));
  return observedAt === undefined ? effectiveOf(times) : { effectiveDateTime: observedAt };
}

/** OBX-15, OBX-16, OBX-23, OBX-25. */
function performers(obx: SegmentReader): readonly Reference[] | undefined {
  const producer = codeableConcept(obx.field(15));
  const producerName = producer?.text ?? producer?.coding?.map(({ display, code }) => display ?? code).join(" ");
  return list(
    ...obx.fields(16).map(practitioner),
    producerName === undefined ? undefined : { type: "Organization", display: producerName },
    organization(obx.field(23)),
    practitioner(obx.field(25)),
  );
}

/** Only where there is no value: constraint obs-6. */
function absentReason(obx: SegmentReader): CodeableConcept | undefined {
  switch (obx.peek(11)) {
    case "X":
      return { coding: [{ system: absentReasons, code: "not-performed" }], text: "Result cannot be obtained" };
    case "N":
      return { coding: [{ system: absentReasons, code: "not-asked" }] };
    default:
      return undefined;
  }
}

function device(obx: SegmentReader): Reference | undefined {
  const identifier = entityIdentifier(obx.field(18));
  return identifier && { type: "Device", identifier };
}

/** U says that what was sent as preliminary is final; D and W that it was wrong: usually without sending it again. */
function isStatusOnly(obx: SegmentReader, hasValue: boolean): boolean {
  return !hasValue && ["U", "D", "W"].includes(obx.peek(11) ?? "");
}
