import { type AuditEventEntity, isResourceType } from "#standards/fhir";
import type { OwnBody } from "./entry.ts";
import { corridorReferences } from "./render-values.ts";

/** Whom an act concerned, what it was done to and what was asked. Source: IHE BALP 1.1.4, the entities' slices. */
export function entitiesOf(body: OwnBody): readonly AuditEventEntity[] {
  const patients = body.patients.map((patient) => ({
    what: { reference: patient },
    type: entityType("1"),
    role: objectRole("1"),
  }));
  if (body.act === "consent-decision") return [...patients, ...body.entities.map(consentEntity)];
  const isQuestion = body.act === "search" || body.act === "count";
  // The kinds that a search asked for stand in its query; a second entity of type 2 would not be the query.
  const documents = isQuestion && body.query !== undefined ? [] : body.entities.map(documentEntity);
  return [...patients, ...documents, ...queryEntity(body)];
}

function documentEntity(what: string): AuditEventEntity {
  return { what: referenceTo(what), type: entityType("2"), role: objectRole("4") };
}

function consentEntity(what: string): AuditEventEntity {
  const [code = ""] = what.split("/");
  return { what: referenceTo(what), type: { system: "http://hl7.org/fhir/resource-types", code } };
}

function queryEntity({ act, query, entities }: OwnBody): readonly AuditEventEntity[] {
  if (query === undefined) return [];
  const base64 = Buffer.from(query, "utf8").toString("base64");
  const isQuestion = act === "search" || act === "count" || entities.length === 0;
  // Beside a document, what was asked is told by an entity of another type, so that there is one of type 2.
  const type = isQuestion ? entityType("2") : { system: "urn:corridor:audit-entity-type", code: "question" };
  return [{ type, role: objectRole("24"), query: base64 }];
}

function entityType(code: "1" | "2") {
  return { system: "http://terminology.hl7.org/CodeSystem/audit-entity-type", code };
}

function objectRole(code: "1" | "4" | "24") {
  return { system: "http://terminology.hl7.org/CodeSystem/object-role", code };
}

function referenceTo(what: string) {
  const [kind = "", id] = what.split("/");
  if (id === undefined) return { type: kind };
  return isResourceType(kind) ? { reference: what } : { identifier: { system: corridorReferences, value: what } };
}
