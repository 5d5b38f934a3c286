import type {
  CodeableConcept,
  DiagnosticReport,
  Identifier,
  Observation,
  Reference,
  ServiceRequest,
} from "#standards/fhir";
import { deterministicId } from "../../messages/deterministic-id.ts";
import { occurrences } from "../../messages/occurrences.ts";
import type { Planned, PlannedResult, PlannedRevision } from "../../messages/plan.ts";
import { list, present } from "../../messages/present.ts";
import { orderId } from "../../orders/service-request.ts";
import { reportId } from "../report-place.ts";
import { type ReportStatus, statusFromObservations } from "../result-status.ts";
import type { Situation } from "../situation.ts";
import type { GroupReader } from "./group-reader.ts";
import type { Investigation } from "./investigations.ts";
import type { Parties } from "./party.ts";
import { investigationCode, resultIn, testStatus } from "./result.ts";
import { companion, type SentSpecimen } from "./specimens.ts";
import { textOf } from "./values.ts";

/** What the investigations of one message share. */
export interface ReportContext {
  readonly situation: Situation;
  /** RFF+SRI, else what identifies the message. */
  readonly number: string;
  readonly filler: Identifier | undefined;
  /** DTM+ISR. */
  readonly issued: string | undefined;
  readonly parties: Parties;
  readonly specimens: readonly SentSpecimen[];
  readonly clinicalInformation: string | undefined;
  /** Tells apart investigations of the same test. */
  readonly occurrenceOf: (key: string) => number;
}

interface Reported extends ReportContext {
  readonly investigation: Investigation;
  readonly identity: readonly string[];
  readonly code: CodeableConcept;
  readonly status: ReportStatus;
  readonly specimen: SentSpecimen | undefined;
  readonly orderId: string;
}

/** One investigation: its order, its specimen, its results and its report, as an OBR gives them. */
export function mapInvestigation(investigation: Investigation, context: ReportContext): readonly Planned[] {
  const { head } = investigation;
  const { situation, number, filler, specimens, occurrenceOf } = context;
  const code = investigationCode(head, "DiagnosticReport.code", situation.origin) ?? { text: "Report" };
  const test = testOf(code);
  const occurrence = occurrenceOf(test);
  const identity = [situation.origin.sender, number, test, ...(occurrence === 0 ? [] : [String(occurrence)])];
  const asl = head.first("RFF", "ASL");
  const specimen = specimens.find(({ sequence }) => sequence !== undefined && sequence === asl?.peek(1, 2));
  if (specimen !== undefined) asl?.carry("DiagnosticReport.specimen", [1, 1], [1, 2]);
  const order = orderId({ placer: undefined, filler }, { situation, test, occurrence });
  const status = testStatus(head, "DiagnosticReport.status") ?? "unknown";
  const reported: Reported = { ...context, investigation, identity, code, status, specimen, orderId: order };
  const observations = observationsOf(reported);
  const report = reportOf(reported, observations);
  return [
    orderOf(reported, report.resource.status),
    ...(specimen === undefined ? [] : [companion(specimen, report.id)]),
    ...observations,
    report,
  ];
}

function testOf({ coding, text }: CodeableConcept): string {
  return coding?.[0]?.code ?? text ?? "";
}

const laboratory = {
  coding: [{ system: "http://terminology.hl7.org/CodeSystem/observation-category", code: "laboratory" }],
};

interface MappedObservation extends PlannedResult {
  readonly resource: Observation;
}

function observationsOf(reported: Reported): readonly MappedObservation[] {
  const { investigation, situation } = reported;
  const occurrenceOf = occurrences();
  return investigation.members.flatMap((group): readonly MappedObservation[] => {
    const code = investigationCode(group, "Observation.code", situation.origin);
    if (code === undefined) return [];
    const test = testOf(code);
    const id = deterministicId("Observation", ...reported.identity, test, "", String(occurrenceOf(test)));
    const where = group.first("INV")?.where ?? "INV";
    const resource = observation(group, code, reported);
    return [{ rule: "result", id, where, resource, isReportTimeStated: reported.issued !== undefined }];
  });
}

function observation(group: GroupReader, code: CodeableConcept, reported: Reported): Observation {
  const { situation, specimen, status, issued, parties } = reported;
  group.first("RFF", "ARL")?.carry("DiagnosticReport.result", [1, 1], [1, 2]);
  return present<Observation>({
    resourceType: "Observation",
    basedOn: [{ reference: `ServiceRequest/${reported.orderId}` }],
    status: testStatus(group, "Observation.status") ?? observationStatusOf(status),
    category: [laboratory],
    code,
    subject: situation.subject,
    effectiveDateTime: specimen?.collectedAt,
    issued: issued ?? situation.sentAt,
    performer: parties.performers,
    ...resultIn(group, situation.origin),
    specimen: specimen && { reference: `Specimen/${specimen.id}` },
  });
}

/** A result without a status has that of its investigation. The codes of both come from one list. */
function observationStatusOf(status: ReportStatus): Observation["status"] {
  return status === "partial" || status === "appended" ? "preliminary" : status;
}

interface MappedReport extends PlannedResult {
  readonly resource: DiagnosticReport;
}

function reportOf(reported: Reported, observations: readonly MappedObservation[]): MappedReport {
  const { investigation, situation, specimen, issued, filler, parties } = reported;
  const { head, members } = investigation;
  const comments = members.includes(head) ? [] : head.all("FTX", "SPC");
  const resource = present<DiagnosticReport>({
    resourceType: "DiagnosticReport",
    identifier: list(filler),
    basedOn: [{ reference: `ServiceRequest/${reported.orderId}` }],
    status: statusOf(reported.status, observations),
    category: [laboratorySection],
    code: reported.code,
    subject: situation.subject,
    effectiveDateTime: specimen?.collectedAt,
    issued: issued ?? situation.sentAt,
    performer: parties.performers,
    specimen: specimen && list<Reference>({ reference: `Specimen/${specimen.id}` }),
    result: list(...observations.map(({ id }): Reference => ({ reference: `Observation/${id}` }))),
    conclusion: textOf(comments, "DiagnosticReport.conclusion"),
  });
  const where = head.first("INV")?.where ?? "GIS";
  return { rule: "result", id: reportId(reported.identity), where, resource, isReportTimeStated: issued !== undefined };
}

const laboratorySection = {
  coding: [{ system: "http://terminology.hl7.org/CodeSystem/v2-0074", code: "LAB", display: "Laboratory" }],
};

/** A report that says nothing of its status is what its results are; of none that says anything, nothing is known. */
function statusOf(stated: ReportStatus, observations: readonly MappedObservation[]): ReportStatus {
  const statuses = observations.map(({ resource }) => resource.status);
  if (stated !== "unknown" || statuses.every((status) => status === "unknown")) return stated;
  return statusFromObservations(statuses);
}

const supportingInfo = "http://hl7.org/fhir/5.0/StructureDefinition/extension-ServiceRequest.supportingInfo";

function orderOf(reported: Reported, status: ReportStatus): PlannedRevision {
  const { situation, filler, specimen, parties, clinicalInformation: text, investigation } = reported;
  const isReported = status === "final" || status === "corrected" || status === "amended";
  return {
    rule: "fill",
    id: reported.orderId,
    where: investigation.head.first("INV")?.where ?? "GIS",
    resource: present<ServiceRequest>({
      resourceType: "ServiceRequest",
      extension:
        text === undefined
          ? undefined
          : [{ url: supportingInfo, extension: [{ url: "concept", valueCodeableConcept: { text } }] }],
      identifier: list(filler),
      status: isReported ? "completed" : "active",
      intent: "order",
      code: reported.code,
      subject: situation.subject,
      requester: parties.requester,
      specimen: specimen && list<Reference>({ reference: `Specimen/${specimen.id}` }),
    }),
  };
}
