import type { JsonObject } from "#kernel";
import type { AuditEvent, AuditEventAgent, AuditEventEntity, Coding } from "#standards/fhir";

/** What stands in the message's id field. Source: IHE ITI TF-2, ITI-20. */
export const dicomMessageId = "DICOM+RFC3881";

/** An AuditEvent as the audit message of DICOM, for receivers of ATNA over syslog. Source: DICOM PS3.15 §A.5.1. */
export function dicomMessage(resource: JsonObject): string {
  const event = resource as unknown as AuditEvent;
  const outcome = event.outcome ?? "0";
  return [
    '<?xml version="1.0" encoding="UTF-8"?><AuditMessage>',
    `<EventIdentification${attributes({ EventActionCode: event.action, EventDateTime: event.recorded, EventOutcomeIndicator: outcome })}>`,
    code("EventID", event.type),
    ...(event.subtype ?? []).map((subtype) => code("EventTypeCode", subtype)),
    ...(event.purposeOfEvent ?? []).flatMap(({ coding }) => (coding ?? []).map((one) => code("PurposeOfUse", one))),
    "</EventIdentification>",
    ...event.agent.map(participant),
    `<AuditSourceIdentification${attributes({ AuditSourceID: event.source.observer.display ?? event.source.observer.reference ?? "unknown" })}>`,
    '<AuditSourceTypeCode csd-code="4"/></AuditSourceIdentification>',
    ...(event.entity ?? []).map(object),
    "</AuditMessage>",
  ].join("");
}

function participant({ who, altId, name, requestor, network, type, role }: AuditEventAgent): string {
  const said = attributes({
    UserID: who?.identifier?.value ?? who?.reference ?? who?.display ?? altId ?? "unknown",
    AlternativeUserID: altId,
    UserName: name,
    UserIsRequestor: String(requestor),
    NetworkAccessPointID: network?.address,
    NetworkAccessPointTypeCode: network?.type,
  });
  const codings = [type, ...(role ?? [])].flatMap((concept) => concept?.coding ?? []);
  return `<ActiveParticipant${said}>${codings.map((coding) => code("RoleIDCode", coding)).join("")}</ActiveParticipant>`;
}

function object({ what, type, role, query, name }: AuditEventEntity): string {
  const id = what?.reference ?? what?.identifier?.value ?? what?.type ?? "query";
  const isKnown = type?.code === "1" || type?.code === "2";
  const said = attributes({
    ParticipantObjectID: id,
    ParticipantObjectTypeCode: isKnown ? type.code : "2",
    ParticipantObjectTypeCodeRole: role?.code,
  });
  const kind = type?.code === "1" ? patientNumber : query === undefined ? uri : searchCriteria;
  const content =
    query === undefined
      ? (name ?? "") && `<ParticipantObjectName>${text(name ?? "")}</ParticipantObjectName>`
      : `<ParticipantObjectQuery>${query}</ParticipantObjectQuery>`;
  return `<ParticipantObjectIdentification${said}>${code("ParticipantObjectIDTypeCode", kind)}${content}</ParticipantObjectIdentification>`;
}

/** Source: RFC 3881 §5.5.4; DICOM PS3.15 §A.5.1, ParticipantObjectIDTypeCode. */
const patientNumber: Coding = { system: "RFC-3881", code: "2", display: "Patient Number" };
const searchCriteria: Coding = { system: "RFC-3881", code: "10", display: "Search Criteria" };
const uri: Coding = { system: "RFC-3881", code: "12", display: "URI" };

function code(element: string, coding: Coding): string {
  const system = coding.system === "http://dicom.nema.org/resources/ontology/DCM" ? "DCM" : coding.system;
  const said = attributes({
    "csd-code": coding.code,
    codeSystemName: system,
    originalText: coding.display ?? coding.code,
  });
  return `<${element}${said}/>`;
}

function attributes(values: Readonly<Record<string, string | undefined>>): string {
  return Object.entries(values)
    .map(([name, value]) => (value === undefined ? "" : ` ${name}="${text(value)}"`))
    .join("");
}

const escapes: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** Characters that XML has no place for become spaces. */
function text(value: string): string {
  return value.replace(/[&<>"]/g, (sign) => escapes[sign] ?? sign).replace(/\p{Cc}/gu, " ");
}
