import { isJsonObject, type JsonObject, toIso } from "#kernel";
import type { SealedAuditEntry } from "#record";
import type { AuditEvent } from "#standards/fhir";
import { actCodes } from "./codes.ts";
import { type OwnBody, type PostedBody, readBody } from "./entry.ts";
import { profileOf } from "./profile.ts";
import { agentsOf, corridor } from "./render-agents.ts";
import { entitiesOf } from "./render-entities.ts";
import { purposes } from "./render-values.ts";

/**
 * A sealed entry as a FHIR R4 AuditEvent in the shapes of IHE BALP; it names the profile that it meets. Its id is the place
 * in the log, or what an application was answered for one it posted. Source: IHE BALP 1.1.4; FHIR R4 AuditEvent.
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
  const profile = profileOf(body);
  const entity = entitiesOf(body);
  return {
    resourceType: "AuditEvent",
    id: String(sequence),
    meta: { ...metaOf(body.at), ...(profile === undefined ? {} : { profile: [profile] }) },
    type: codes.type,
    subtype: [codes.subtype],
    action: codes.action,
    recorded: toIso(body.at),
    outcome: `${body.outcome}`,
    ...(body.problem === undefined ? {} : { outcomeDesc: body.problem }),
    purposeOfEvent: purposes(body.agent.purpose, body.reason),
    agent: agentsOf(body),
    source: {
      observer: corridor,
      type: [{ system: "http://terminology.hl7.org/CodeSystem/security-source-type", code: "4" }],
    },
    ...(entity.length === 0 ? {} : { entity }),
  };
}
