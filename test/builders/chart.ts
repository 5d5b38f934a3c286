import type { DiagnosticReport, Encounter, Observation } from "#standards/fhir";

const loinc = "http://loinc.org";

/** Potassium 4.1 mmol/L of Mrs Osei, final, taken on the morning of 23 November 2026, unless said otherwise. */
export function anObservation(overrides: Partial<Observation> = {}): Observation {
  return {
    resourceType: "Observation",
    id: "potassium",
    status: "final",
    category: [
      { coding: [{ system: "http://terminology.hl7.org/CodeSystem/observation-category", code: "laboratory" }] },
    ],
    code: { text: "Potassium", coding: [{ system: loinc, code: "2823-3", display: "Potassium [Moles/volume]" }] },
    subject: { reference: "Patient/osei" },
    effectiveDateTime: "2026-11-23T08:15:00+00:00",
    issued: "2026-11-23T09:30:00+00:00",
    ...(hasValue(overrides) ? {} : { valueQuantity: { value: 4.1, unit: "mmol/L" } }),
    referenceRange: [{ low: { value: 3.5, unit: "mmol/L" }, high: { value: 5.3, unit: "mmol/L" } }],
    ...overrides,
  };
}

/** An observation cannot say two things. */
function hasValue(overrides: Partial<Observation>): boolean {
  return Object.keys(overrides).some((name) => name.startsWith("value") || name === "dataAbsentReason");
}

/** Urea and electrolytes of Mrs Osei with one result, her potassium, unless said otherwise. */
export function aReport(overrides: Partial<DiagnosticReport> = {}): DiagnosticReport {
  return {
    resourceType: "DiagnosticReport",
    id: "ue",
    status: "final",
    category: [{ coding: [{ system: "http://terminology.hl7.org/CodeSystem/v2-0074", code: "CH" }] }],
    code: { text: "Urea and electrolytes", coding: [{ system: loinc, code: "24326-1" }] },
    subject: { reference: "Patient/osei" },
    effectiveDateTime: "2026-11-23T08:15:00+00:00",
    issued: "2026-11-23T09:30:00+00:00",
    result: [{ reference: "Observation/potassium" }],
    ...overrides,
  };
}

/** Mrs Osei's stay on ward 7 under Dr Lindqvist, still going on, unless said otherwise. */
export function anEncounter(overrides: Partial<Encounter> = {}): Encounter {
  return {
    resourceType: "Encounter",
    id: "stay",
    status: "in-progress",
    class: { system: "http://terminology.hl7.org/CodeSystem/v3-ActCode", code: "IMP" },
    subject: { reference: "Patient/osei" },
    period: { start: "2026-11-22T21:00:00+00:00" },
    location: [{ location: { display: "Ward 7, bay 2, bed 3" }, status: "active" }],
    participant: [{ type: [{ coding: [{ code: "ATND" }] }], individual: { display: "Dr Ingrid Lindqvist" } }],
    ...overrides,
  };
}
