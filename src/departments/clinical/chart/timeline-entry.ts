import type {
  Appointment,
  DiagnosticReport,
  DocumentReference,
  Encounter,
  Observation,
  Reference,
  ServiceRequest,
} from "#standards/fhir";
import type { TimelineEntry } from "../api.ts";
import { present } from "../messages/present.ts";
import { attachmentViews } from "./attachment.ts";
import { codedText, named, namedList } from "./coded-text.ts";
import { disciplineText } from "./discipline.ts";
import { encounterKind, encounterLocation } from "./encounter.ts";
import { interpretation, isAbnormal, worstAbnormal } from "./interpretation.ts";
import { orderStep, orderStepReferences } from "./order-step.ts";
import { reportTakenAt } from "./panel.ts";
import type { ResourceMap } from "./resource-map.ts";
import { statusOf } from "./status.ts";

/** Resources that a timeline shows. */
export type TimelineResource = Appointment | Encounter | ServiceRequest | DiagnosticReport | DocumentReference;

export interface TimelineSource {
  readonly patientId: string;
  readonly resources: ResourceMap;
}

export function timelineEntry(resource: TimelineResource, source: TimelineSource): TimelineEntry {
  switch (resource.resourceType) {
    case "Appointment":
      return appointmentEntry(resource);
    case "Encounter":
      return encounterEntry(resource, source);
    case "ServiceRequest":
      return orderEntry(resource, source);
    case "DiagnosticReport":
      return reportEntry(resource, source);
    case "DocumentReference":
      return documentEntry(resource, source);
  }
}

/** What the timeline is ordered by: the start of an appointment or stay, the writing of an order, the taking of a specimen. */
export function timelineTime(resource: TimelineResource): string | undefined {
  switch (resource.resourceType) {
    case "Appointment":
      return resource.start ?? resource.requestedPeriod?.[0]?.start;
    case "Encounter":
      return resource.period?.start ?? resource.period?.end;
    case "ServiceRequest":
      return resource.authoredOn;
    case "DiagnosticReport":
      return reportTakenAt(resource);
    case "DocumentReference":
      return resource.date;
  }
}

/** What an entry's words come from besides its own resource. */
export function timelineReferences(resource: TimelineResource): readonly (Reference | undefined)[] {
  switch (resource.resourceType) {
    case "Appointment":
      return [];
    case "Encounter":
      return [...(resource.location ?? []).map((each) => each.location), resource.serviceProvider];
    case "ServiceRequest":
      return [resource.requester, ...orderStepReferences(resource)];
    case "DiagnosticReport":
      return [...(resource.result ?? []), ...(resource.performer ?? [])];
    case "DocumentReference":
      return resource.author ?? [];
  }
}

function appointmentEntry(appointment: Appointment): TimelineEntry {
  const { id = "", serviceType, appointmentType, participant, cancelationReason, reasonCode, status } = appointment;
  const others = participant.filter(({ actor }) => actor?.reference?.startsWith("Patient/") !== true);
  const reasons = [cancelationReason, ...(reasonCode ?? [])].flatMap((reason) => codedText(reason)?.text ?? []);
  const service = codedText(serviceType?.[0])?.text ?? codedText(appointmentType)?.text;
  return present<TimelineEntry>({
    kind: "appointment",
    id,
    title: service === undefined ? "Appointment" : `Appointment, ${service}`,
    summary: [others.flatMap(({ actor }) => actor?.display ?? []).join(", "), ...reasons]
      .filter((part) => part !== "")
      .join("; "),
    time: timelineTime(appointment),
    end: appointment.end,
    status: statusOf(status),
    category: codedText(appointmentType),
  });
}

function encounterEntry(encounter: Encounter, { resources }: TimelineSource): TimelineEntry {
  const place = encounterLocation(encounter, resources.nameOf);
  const reasons = (encounter.reasonCode ?? []).flatMap((reason) => codedText(reason)?.text ?? []);
  return present<TimelineEntry>({
    kind: "encounter",
    id: encounter.id ?? "",
    title: [encounterKind(encounter), place].filter((part) => part !== undefined).join(", "),
    summary: reasons.join("; "),
    time: timelineTime(encounter),
    end: encounter.period?.end,
    status: statusOf(encounter.status),
    category: codedText(encounter.serviceType),
  });
}

function orderEntry(order: ServiceRequest, { resources }: TimelineSource): TimelineEntry {
  const requester = named(order.requester, resources.nameOf);
  const urgency = order.priority === undefined || order.priority === "routine" ? undefined : order.priority;
  const step = orderStep(order, resources);
  return present<TimelineEntry>({
    kind: "order",
    id: order.id ?? "",
    title: codedText(order.code)?.text ?? "Request",
    summary: [requester && `Requested by ${requester.text}`, urgency, step?.words]
      .filter((part) => part !== undefined)
      .join(", "),
    time: timelineTime(order),
    status: statusOf(step?.isUnderWay === true ? "in-progress" : order.status),
    category: codedText(order.category?.[0]),
  });
}

function reportEntry(report: DiagnosticReport, { resources }: TimelineSource): TimelineEntry {
  const status = statusOf(report.status);
  const flags = (report.result ?? [])
    .flatMap(({ reference }) => resources.get<Observation>("Observation", reference) ?? [])
    .filter((observation) => statusOf(observation.status).stands)
    .map((observation) => interpretation(observation.interpretation));
  const discipline = disciplineText(report.category);
  return present<TimelineEntry>({
    kind: "report",
    id: report.id ?? "",
    title: codedText(report.code)?.text ?? "Report",
    summary: [abnormalText(flags.filter(isAbnormal).length, flags.length), report.conclusion]
      .filter((part) => part !== undefined)
      .join("; "),
    time: timelineTime(report),
    status,
    category: discipline === undefined ? undefined : { text: discipline },
    worst: status.stands ? worstAbnormal(flags) : undefined,
    open: { is: "report" as const, id: report.id ?? "" },
  });
}

function abnormalText(abnormal: number, all: number): string | undefined {
  if (all === 0) return undefined;
  const results = all === 1 ? "1 result" : `${all} results`;
  return abnormal === 0 ? `${results}, none flagged abnormal` : `${abnormal} of ${results} flagged abnormal`;
}

function documentEntry(document: DocumentReference, { patientId, resources }: TimelineSource): TimelineEntry {
  const [attachment] = attachmentViews(document, patientId);
  const authors = namedList(document.author, resources.nameOf).map((author) => author.text);
  return present<TimelineEntry>({
    kind: "document",
    id: document.id ?? "",
    title: document.description ?? codedText(document.type)?.text ?? attachment?.title ?? "Document",
    summary: authors.length === 0 ? "" : `By ${authors.join(", ")}`,
    time: timelineTime(document),
    status: statusOf(document.docStatus ?? document.status),
    category: codedText(document.type),
    open:
      attachment === undefined
        ? undefined
        : {
            is: "attachment",
            url: attachment.url,
            contentType: attachment.contentType,
            title: attachment.title,
          },
  });
}
