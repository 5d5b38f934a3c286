import type { JsonObject } from "#kernel";

/** What a Relationship document says when somebody has said that they care for a patient. `User/lindqvist`, `osei`. */
export function caringFor(actor: string, patient: string): JsonObject {
  return {
    basis: "claimed",
    actor,
    actorName: "Somebody",
    patient: `Patient/${patient}`,
    reason: { code: "care", text: "" },
    from: "2026-01-01T00:00:00Z",
    until: "2100-01-01T00:00:00Z",
  };
}

/** The account of somebody whom the hospital's documents know as `Practitioner/ID`. */
export function aCarer(id: string, ...roles: readonly string[]): JsonObject {
  return {
    username: id,
    display: id,
    roles: [...roles],
    active: true,
    failedAttempts: 0,
    sessionsFrom: "2026-01-01T00:00:00Z",
    caring: { practitioner: `Practitioner/${id}` },
  };
}

/** The team that cares for a patient. */
export function aCareTeam(patient: string, ...practitioners: readonly string[]): JsonObject {
  return {
    resourceType: "CareTeam",
    status: "active",
    subject: { reference: `Patient/${patient}` },
    participant: practitioners.map((id) => ({ member: { reference: `Practitioner/${id}` } })),
  };
}
