/** What a patient said about who may see their record, for tests. */
import type { JsonObject } from "#kernel";

export const coding = (system: string, code: string) => ({ system, code });

export const concept = (system: string, code: string) => ({ coding: [coding(system, code)] });

/** Mrs Osei's, active, about privacy; with whatever is given in place of that or besides. */
export function aConsent(given: JsonObject = {}): JsonObject {
  return {
    resourceType: "Consent",
    status: "active",
    scope: concept("http://terminology.hl7.org/CodeSystem/consentscope", "patient-privacy"),
    category: [concept("http://loinc.org", "59284-0")],
    patient: { reference: "Patient/osei" },
    dateTime: "2026-03-01T10:00:00Z",
    ...given,
  };
}

/** An actor of a provision who receives information. */
export function actor(reference: JsonObject): JsonObject {
  return { role: concept("http://terminology.hl7.org/CodeSystem/v3-ParticipationType", "IRCP"), reference };
}

/** All who hold a role of Corridor. */
export function role(name: string): JsonObject {
  return actor({ identifier: { system: "urn:corridor:role", value: name } });
}

export function purpose(code: string): JsonObject {
  return coding("http://terminology.hl7.org/CodeSystem/v3-ActReason", code);
}

/** Who holds no role and is nobody outside Corridor, looking for treatment. */
export const nobodySpecial = {
  roles: [],
  references: new Set<string>(),
  isUnlinked: false,
  purpose: "TREAT",
  actions: ["access", "use"] as const,
  overridden: [],
};
