import { isJsonObject, type JsonObject, toIso } from "#kernel";
import type { SealedAuditEntry } from "#record";
import { type AuditEvent, type AuditEventAgent, type AuditEventEntity, isResourceType } from "#standards/fhir";
import type { Agent } from "./act.ts";
import { type ActCodes, actCodes, destinationRole, sourceRole } from "./codes.ts";
import { type OwnBody, type PostedBody, readBody } from "./entry.ts";

/** Names what has no FHIR type of its own: users, tokens, links, messages. */
export const corridorReferences = "urn:corridor:reference";

/**
 * A sealed entry as a FHIR R4 AuditEvent in the shapes of IHE BALP. Its id is the place in the log, or what an
 * application was answered for one it posted. Source: IHE BALP 1.1.4; FHIR R4 AuditEvent.
 */
export function renderAuditEvent(entry: SealedAuditEntry): JsonObject {
  const body = readBody(entry.body);
  return body.act === "posted" ? renderPosted(body) : renderOwn(entry.sequence, body);
}

/** The id that an entry is served under. */
export function auditEventId(entry: SealedAuditEntry): string {
  const body = readBody(entry.body);
  return body.act === "posted" ? body.id : String(entry.sequence);
}

function metaOf(at: OwnBody["at"]) {
  return { versionId: "1", lastUpdated: toIso(at) };
}

/** As it was posted, with the id and the time it was given here. */
export function renderPosted({ at, id, resource }: PostedBody): JsonObject {
  const { resourceType: _type, id: _id, meta, ...rest } = resource;
  return { resourceType: "AuditEvent", id, meta: { ...(isJsonObject(meta) ? meta : {}), ...metaOf(at) }, ...rest };
}

function renderOwn(sequence: number, body: OwnBody): AuditEvent {
  const codes = actCodes[body.act];
  return {
    resourceType: "AuditEvent",
    id: String(sequence),
    meta: metaOf(body.at),
    type: codes.type,
    subtype: [codes.subtype],
    action: codes.action,
    recorded: toIso(body.at),
    outcome: `${body.outcome}`,
    ...(body.problem === undefined ? {} : { outcomeDesc: body.problem }),
    purposeOfEvent: [purpose(body.agent.purpose)],
    agent: agents(codes, body.agent),
    source: {
      observer: { display: "Corridor" },
      type: [{ system: "http://terminology.hl7.org/CodeSystem/security-source-type", code: "4" }],
    },
    ...entitiesOf(body),
  };
}

function purpose(code: string) {
  return { coding: [{ system: "http://terminology.hl7.org/CodeSystem/v3-ActReason", code }] };
}

/** The program that called, Corridor that answered, and who asked for it. */
function agents(codes: ActCodes, agent: Agent): readonly AuditEventAgent[] {
  const callerIsSource = codes.callerIs === "source";
  return [
    {
      type: { coding: [callerIsSource ? sourceRole : destinationRole] },
      who: { display: agent.via },
      requestor: false,
      ...(agent.address === undefined ? {} : { network: { address: agent.address, type: "2" as const } }),
    },
    {
      type: { coding: [callerIsSource ? destinationRole : sourceRole] },
      who: { display: "Corridor" },
      requestor: false,
    },
    {
      type: { coding: [{ system: "http://terminology.hl7.org/CodeSystem/v3-ParticipationType", code: "IRCP" }] },
      role: agent.roles.map((role) => ({ coding: [{ system: "urn:corridor:role", code: role }] })),
      who: { identifier: { system: corridorReferences, value: agent.reference }, display: agent.display },
      altId: agent.reference,
      name: agent.display,
      requestor: true,
      purposeOfUse: [purpose(agent.purpose)],
    },
  ].map(withoutEmptyRole);
}

/** FHIR has no empty lists. */
function withoutEmptyRole(agent: AuditEventAgent): AuditEventAgent {
  if (agent.role?.length !== 0) return agent;
  const { role: _none, ...rest } = agent;
  return rest as AuditEventAgent;
}

function entityType(code: "1" | "2") {
  return { system: "http://terminology.hl7.org/CodeSystem/audit-entity-type", code };
}

function entityRole(code: "1" | "4" | "24") {
  return { system: "http://terminology.hl7.org/CodeSystem/object-role", code };
}

function entitiesOf(body: OwnBody): { readonly entity?: readonly AuditEventEntity[] } {
  const entity: AuditEventEntity[] = [
    ...body.patients.map((patient) => ({ what: { reference: patient }, type: entityType("1"), role: entityRole("1") })),
    ...body.entities.map((what) => ({ what: referenceTo(what), type: entityType("2"), role: entityRole("4") })),
  ];
  if (body.query !== undefined) {
    const query = Buffer.from(body.query, "utf8").toString("base64");
    entity.push({ type: entityType("2"), role: entityRole("24"), query });
  }
  return entity.length === 0 ? {} : { entity };
}

function referenceTo(what: string) {
  const [kind = "", id] = what.split("/");
  if (id === undefined) return { type: kind };
  return isResourceType(kind) ? { reference: what } : { identifier: { system: corridorReferences, value: what } };
}
