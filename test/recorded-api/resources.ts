import type { Recorded } from "./replies.ts";

export const capabilities = {
  resourceType: "CapabilityStatement",
  fhirVersion: "4.0.1",
  software: { name: "Corridor", version: "0.1.0" },
  rest: [{ mode: "server", resource: [{ type: "Patient" }, { type: "Observation" }] }],
};

/** Two versions of a result: the second corrects the first. */
export function historyOf(kind: string, id: string) {
  const versionOf = (version: number, value: number, status: string) => ({
    resourceType: kind,
    id,
    meta: { versionId: String(version), lastUpdated: `2026-11-22T0${7 + version}:10:00.000Z` },
    status,
    code: { coding: [{ system: "http://loinc.org", code: "2823-3", display: "Potassium" }] },
    subject: { reference: "Patient/osei", display: "OSEI, Adaeze (Mrs)" },
    valueQuantity: { value, unit: "mmol/L" },
  });
  return {
    resourceType: "Bundle",
    type: "history",
    entry: [{ resource: versionOf(2, 6.8, "corrected") }, { resource: versionOf(1, 6.1, "final") }],
  };
}

/** The smallest PDF with one empty page. */
export const pdf: Recorded = {
  status: 200,
  contentType: "application/pdf",
  body: [
    "%PDF-1.4",
    "1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj",
    "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj",
    "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]>>endobj",
    "trailer<</Root 1 0 R>>",
    "%%EOF",
  ].join("\n"),
};
