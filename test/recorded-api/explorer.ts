import type { SavedSearchesView } from "#access/api";
import type { JsonObject } from "#kernel";
import { capabilityStatement, searchParametersOf } from "#standards/fhir";
import { json, type Recorded, type Row } from "./reply.ts";

const types = ["AllergyIntolerance", "DiagnosticReport", "Observation", "Patient", "Provenance", "StructureDefinition"];

const capabilities = capabilityStatement({
  software: { name: "Corridor", version: "0.1.0" },
  url: "http://recorded/fhir",
  date: "2026-11-22T08:00:00.000Z",
  description: "Corridor: the health record of one hospital.",
  formats: ["json"],
  interactions: [],
  resources: types.map((type) => ({
    type,
    interactions: ["read", "search-type"],
    searchParameters: searchParametersOf(type),
    reverseIncludes: type === "Patient" ? ["Observation:subject", "AllergyIntolerance:patient"] : [],
  })),
});

/** What a narrative must not be able to do is in here: scripts, pictures from elsewhere, styles, links. */
const narrative = `<div xmlns="http://www.w3.org/1999/xhtml" style="position:fixed"><p onclick="alert(1)">Potassium <b>raised</b>.</p>
<script>window.wasRun = true</script><img src="http://elsewhere.example/x.png" alt="a graph" onerror="window.wasRun = true"/>
<table><tr><th colspan="2">Telephoned</th></tr><tr><td>Ward 7</td><td>08:12</td></tr></table>
<a href="javascript:alert(1)">more</a><h1>Comment</h1></div>`;

function potassium(version: number, value: number, status: string): JsonObject {
  return {
    resourceType: "Observation",
    id: "k-22",
    meta: { versionId: String(version), lastUpdated: `2026-11-22T0${7 + version}:10:00.000Z` },
    ...(version === 2 ? { text: { status: "generated", div: narrative } } : {}),
    contained: [{ resourceType: "Organization", id: "lab", name: "Westhaven Pathology" }],
    extension: [{ url: "https://westhaven.example/fhir/StructureDefinition/analyser", valueString: "Analyser 3" }],
    identifier: [{ system: "https://westhaven.example/accession", value: "26C-0417" }],
    status,
    category: [
      { coding: [{ system: "http://terminology.hl7.org/CodeSystem/observation-category", code: "laboratory" }] },
    ],
    code: { coding: [{ system: "http://loinc.org", code: "2823-3", display: "Potassium" }], text: "Potassium" },
    subject: { reference: "Patient/osei", display: "OSEI, Adaeze (Mrs)" },
    effectiveDateTime: "2026-11-22T07:15:00Z",
    performer: [{ reference: "#lab", display: "Westhaven Pathology" }],
    valueQuantity: { value, unit: "mmol/L", system: "http://unitsofmeasure.org", code: "mmol/L" },
    ...(version === 2 ? { note: [{ text: "Corrected after a second run.", time: "2026-11-22T09:05:00Z" }] } : {}),
    referenceRange: [{ low: { value: 3.5, unit: "mmol/L" }, high: { value: 5.3, unit: "mmol/L" } }],
  };
}

const versions = [potassium(2, 6.8, "corrected"), potassium(1, 6.1, "final")];

const history = {
  resourceType: "Bundle",
  type: "history",
  entry: versions.map((resource, index) => ({ resource, request: { method: index === 0 ? "PUT" : "POST" } })),
};

function provenance(version: number, who: string): JsonObject {
  return {
    resourceType: "Provenance",
    id: `p-${version}`,
    target: [{ reference: `Observation/k-22/_history/${version}` }],
    recorded: `2026-11-22T0${7 + version}:10:00.000Z`,
    activity: { coding: [{ code: version === 1 ? "CREATE" : "UPDATE" }] },
    agent: [{ who: { display: who } }],
  };
}

const provenances = [provenance(2, "Link Westhaven Pathology"), provenance(1, "Link Westhaven Pathology")];

function searched(type: string, query: URLSearchParams): Recorded {
  if (query.has("unknown")) return refused;
  if (query.get("_summary") === "count") return json({ resourceType: "Bundle", type: "searchset", total: 41 });
  const found = type === "Observation" ? versions.slice(0, 1) : type === "Provenance" ? provenances : [];
  const entry = found.map((resource) => ({ resource, search: { mode: "match" } }));
  const next = { relation: "next", url: `http://recorded/fhir/${type}?status=corrected&_cursor=2` };
  const link = type === "Observation" && !query.has("_cursor") ? [next] : [];
  return json({ resourceType: "Bundle", type: "searchset", link, entry });
}

const refused: Recorded = {
  status: 400,
  contentType: "application/fhir+json",
  body: outcome("error", "Observation has no search parameter unknown.", "Observation.unknown"),
};

function outcome(severity: string, text: string, expression: string): string {
  const issue = [
    { severity, code: "invalid", details: { text: "invalid" }, diagnostics: text, expression: [expression] },
  ];
  return JSON.stringify({ resourceType: "OperationOutcome", issue });
}

const counts = {
  resourceType: "Bundle",
  type: "batch-response",
  entry: [{ resource: { total: 3 } }, { resource: { total: 1 } }],
};

const saved: SavedSearchesView = {
  searches: [
    {
      id: "s1",
      name: "Corrected results",
      type: "Observation",
      query: "status=corrected",
      columns: [],
      shared: true,
      own: true,
    },
    {
      id: "s2",
      name: "Potassium above six",
      type: "Observation",
      query: "code=http://loinc.org|2823-3&value-quantity=gt6|http://unitsofmeasure.org|mmol/L",
      columns: ["subject", "value"],
      shared: true,
      own: false,
      sharedBy: "Tom Baker-Hughes",
    },
  ],
};

/** Answers for the pages of the explorer, about one result with two versions. */
export const explorerReplies: readonly Row[] = [
  ["GET", /^\/api\/access\/searchable$/, () => json({ types })],
  ["GET", /^\/api\/access\/searches$/, () => json(saved)],
  ["POST", /^\/api\/access\/searches$/, ({ body }) => json({ ...JSON.parse(body), id: "s3", own: true })],
  ["GET", /^\/fhir\/metadata$/, () => json(capabilities)],
  ["POST", /^\/fhir$/, () => json(counts)],
  [
    "POST",
    /^\/fhir\/(\w+)\/\$validate$/,
    () => ({ status: 200, body: outcome("error", "A birth date is a date, written YYYY-MM-DD.", "Patient.birthDate") }),
  ],
  ["GET", /^\/fhir\/(\w+)$/, ({ query }, [type = ""]) => searched(type, query)],
  ["GET", /^\/fhir\/Observation\/[\w-]+$/, () => json(versions[0])],
  ["GET", /^\/fhir\/Observation\/[\w-]+\/_history\/(\d)$/, (_, [version]) => json(versions[2 - Number(version)])],
  ["GET", /^\/fhir\/Observation\/[\w-]+\/_history$/, () => json(history)],
];
