import type { Attachment, CodeableConcept, DiagnosticReport, Extension, Reference } from "#standards/fhir";
import { codeableConcept } from "../messages/datatypes/cwe.ts";
import { practitionerInNdl } from "../messages/datatypes/xcn.ts";
import type { OrderGroup } from "../messages/groups.ts";
import type { SegmentReader } from "../messages/message-reader.ts";
import type { PlannedResult } from "../messages/plan.ts";
import { list, present } from "../messages/present.ts";
import type { OrderNumbers } from "../orders/service-request.ts";
import { noteText } from "./note.ts";
import type { PlannedObservation, ReportContext } from "./observation.ts";
import { type ReportStatus, statusFromObservations } from "./result-status.ts";
import { effectiveOf } from "./times.ts";

export interface ReportSource {
  readonly id: string;
  readonly bySpecimen: PlannedResult["bySpecimen"];
  readonly group: OrderGroup & { readonly obr: SegmentReader };
  readonly numbers: OrderNumbers;
  readonly context: ReportContext;
  readonly specimens: readonly Reference[] | undefined;
  readonly observations: readonly PlannedObservation[];
  readonly forms: readonly Attachment[];
}

/**
 * What identifies a report but for its specimen, see `reportPlaces`: the laboratory's number (else the requester's, else the
 * message), the test, and for the sensitivities of one organism that organism's result.
 */
export function reportIdentity(
  { obr }: { readonly obr: SegmentReader },
  {
    numbers,
    sender,
    controlId,
  }: { readonly numbers: OrderNumbers; readonly sender: string; readonly controlId: string },
): readonly (string | undefined)[] {
  const number = numbers.filler?.value ?? numbers.placer?.value ?? `message ${controlId}`;
  const test = obr.peek(4) ?? obr.peek(4, 2);
  return [sender, number, test, obr.field(26)?.value.raw];
}

/** One DiagnosticReport. Source: v2-to-FHIR OBR[DiagnosticReport], ORC[DiagnosticReport], rows in their order. */
export function diagnosticReport(source: ReportSource): PlannedResult {
  const { group, numbers, context, observations } = source;
  const { obr } = group;
  const { situation, times } = context;
  const resource = present<DiagnosticReport>({
    resourceType: "DiagnosticReport",
    identifier: list(numbers.placer, numbers.filler),
    basedOn: context.basedOn,
    status: statusOf(context.status, observations),
    category: list(section(obr)),
    code: codeableConcept(obr.field(4)) ?? { text: "Report" },
    subject: situation.subject,
    encounter: situation.encounter,
    ...effectiveOf(times),
    issued: times.reportedAt ?? situation.sentAt,
    performer: list(
      ...obr.fields(34).map((field) => withFunction(practitionerInNdl(field), "SPRF")),
      ...obr.fields(35).map((field) => withFunction(practitionerInNdl(field), "TRANS")),
    ),
    resultsInterpreter: list(...obr.fields(32).map(practitionerInNdl)),
    specimen: source.specimens,
    result: list(...observations.map(({ id }): Reference => ({ reference: `Observation/${id}` }))),
    conclusion: noteText(group.notes),
    presentedForm: list(...source.forms),
  });
  return {
    rule: "result",
    id: source.id,
    where: obr.where,
    resource,
    isReportTimeStated: times.reportedAt !== undefined,
    bySpecimen: source.bySpecimen,
  };
}

function statusOf(stated: ReportStatus, observations: readonly PlannedObservation[]): ReportStatus {
  if (stated !== "unknown") return stated;
  return statusFromObservations(observations.map(({ resource }) => resource.status));
}

/** OBR-24, table 0074. */
export function section(obr: SegmentReader | undefined): CodeableConcept | undefined {
  return codeableConcept(obr?.field(24), "DiagnosticServiceSectionID");
}

const laboratorySections = new Set("BG BLB CG CH CP GE HM IMM LAB MB MCB MYC OTH PAT SP SR TX URN VR".split(" "));
const imagingSections = new Set("CT CUS NMR NMS OUS RAD RUS RX VUS XRC".split(" "));

/** The category that FHIR gives to observations, where OBR-24 says which part of the house they come from. */
export function observationCategory(obr: SegmentReader | undefined): readonly CodeableConcept[] | undefined {
  const code = obr?.peek(24)?.toUpperCase() ?? "";
  const category = laboratorySections.has(code) ? "laboratory" : imagingSections.has(code) ? "imaging" : undefined;
  if (category === undefined) return undefined;
  return [{ coding: [{ system: "http://terminology.hl7.org/CodeSystem/observation-category", code: category }] }];
}

function withFunction(reference: Reference | undefined, code: "SPRF" | "TRANS"): Reference | undefined {
  if (reference === undefined) return undefined;
  const system = "http://terminology.hl7.org/CodeSystem/v3-ParticipationType";
  const extension: Extension = {
    url: "http://hl7.org/fhir/StructureDefinition/event-performerFunction",
    valueCodeableConcept: { coding: [{ system, code }] },
  };
  return { extension: [extension], ...reference };
}
