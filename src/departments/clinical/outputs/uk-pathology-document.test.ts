/** A report of the record as a FHIR document. Source: NHS Pathology FHIR guide 0.3 in its broad shape; FHIR R4 §3.3. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { expectOk, instant } from "#kernel";
import { readInterchange } from "#standards/edifact";
import type { Bundle, Composition, Observation, Resource } from "#standards/fhir";
import { openValidator } from "#standards/fhir-profiles";
import { anOruR01, potassium } from "../../../../test/builders/index.ts";
import { anInterchange, anNhs003, fullBloodCount } from "../../../../test/builders/nhs003.ts";
import { mapText } from "../../../../test/mapping.ts";
import { wardTime } from "../../../../test/ward/index.ts";
import type { Plan } from "../messages/plan.ts";
import { fromEdifact } from "../results/from-edifact.ts";
import { recordSystem } from "./document-references.ts";
import { fhirMessage } from "./fhir-message.ts";
import { type DocumentSetting, type PathologyReport, pathologyDocument } from "./uk-pathology-document.ts";

const setting: DocumentSetting = {
  custodian: { type: "Organization", display: "Meadowbank Laboratory" },
  madeAt: "2026-11-23T09:40:00Z",
  hospitalTime: wardTime,
};

/** As the record would have what was planned. */
function recorded(plan: Plan, patient: Resource): PathologyReport {
  const all = [
    { ...patient, id: "osei" },
    ...plan.map(({ id, resource }) => ({ ...resource, id, meta: { versionId: "1" } }) as unknown as Resource),
  ];
  const of = (type: string) => all.filter(({ resourceType }) => resourceType === type);
  const [[report], [person]] = [of("DiagnosticReport"), of("Patient")];
  const parts = { reports: [report], patient: person, observations: of("Observation"), specimens: of("Specimen") };
  return { ...parts, orders: of("ServiceRequest") } as unknown as PathologyReport;
}

function fromHl7(): PathologyReport {
  const { plan, patient } = mapText(anOruR01());
  return recorded(plan, patient as unknown as Resource);
}

function fromPmip(): PathologyReport {
  const { header, messages } = readInterchange(anInterchange([anNhs003({ results: fullBloodCount })]));
  const [message] = messages;
  assert.ok(header !== undefined && message !== undefined);
  const { offsetMinutesAt } = wardTime;
  const { plan, patient } = fromEdifact({ message, header, subject: { reference: "Patient/osei" }, offsetMinutesAt });
  return recorded(plan, patient.resource as unknown as Resource);
}

function document(parts: PathologyReport): Bundle {
  return expectOk(pathologyDocument(parts, setting));
}

function resourcesOf({ entry = [] }: Bundle): readonly Resource[] {
  return entry.flatMap(({ resource }) => resource ?? []);
}

const validator = openValidator({});

for (const [source, parts] of [
  ["HL7 v2", fromHl7()],
  ["EDIFACT", fromPmip()],
] as const) {
  test(`a report that came by ${source} is a sound document`, () => {
    const bundle = document(parts);
    const issues = validator.validate(bundle, { now: instant(Date.parse("2026-11-23T10:00:00Z")) });
    assert.deepEqual(
      issues.filter(({ severity }) => severity === "error"),
      [],
    );
    assert.equal(bundle.type, "document");
    assert.deepEqual(
      resourcesOf(bundle)
        .map(({ resourceType }) => resourceType)
        .slice(0, 5),
      ["Composition", "DiagnosticReport", "Patient", "ServiceRequest", "Specimen"],
    );
  });
}

test("references lead to what is in the document", () => {
  const bundle = document(fromHl7());
  const addresses = new Set(bundle.entry?.map(({ fullUrl }) => fullUrl));
  const references = [...JSON.stringify(bundle).matchAll(/"reference":"([^"]+)"/g)].map(([, reference]) => reference);
  assert.ok(references.length > 10);
  assert.deepEqual(
    references.filter((reference) => !addresses.has(reference)),
    [],
  );
});

test("what is not in it is named, not pointed at", () => {
  const parts = fromHl7();
  const bundle = document({
    ...parts,
    reports: [{ ...parts.reports[0], encounter: { reference: "Encounter/v1" } }],
  });
  const report = resourcesOf(bundle)[1];
  assert.deepEqual(report?.encounter, {
    type: "Encounter",
    identifier: { system: recordSystem, value: "Encounter/v1" },
  });
});

test("the same version has the same addresses, and the next one others", () => {
  const parts = fromHl7();
  const next = { ...parts, reports: [{ ...parts.reports[0], meta: { versionId: "2" } }] } as const;
  assert.deepEqual(document(parts), document(parts));
  assert.notEqual(document(parts).identifier?.value, document(next).identifier?.value);
});

test("what deviates stands out in the text for people", () => {
  const parts = fromPmip();
  const [composition] = resourcesOf(document(parts)) as unknown as readonly [Composition];
  const text = composition.section?.[0]?.text?.div ?? "";
  assert.match(text, /<td>Haemoglobin<\/td><td><b>118 g\/L<\/b><\/td><td><b>[^<]+<\/b><\/td>/);
});

test("text of a laboratory cannot become markup", () => {
  const { plan, patient } = mapText(anOruR01({ obx: [{ ...potassium, type: "ST", value: "<script>&\\T\\" }] }));
  const bundle = document(recorded(plan, patient as unknown as Resource));
  const [composition] = resourcesOf(bundle) as unknown as readonly [Composition];
  const text = composition.section?.[0]?.text?.div ?? "";
  assert.ok(!text.includes("<script>"));
  assert.ok(text.includes("&lt;script&gt;"));
});

test("a report that is not final is not called final", () => {
  const parts = fromHl7();
  for (const [sent, status] of [
    ["partial", "preliminary"],
    ["unknown", "preliminary"],
    ["corrected", "amended"],
    ["final", "final"],
  ] as const) {
    const [composition] = resourcesOf(document({ ...parts, reports: [{ ...parts.reports[0], status: sent }] }));
    assert.equal(composition?.status, status, sent);
  }
});

test("half a report is not sent, nor one with a part about another patient", () => {
  const parts = fromHl7();
  const half = pathologyDocument({ ...parts, observations: parts.observations.slice(1) }, setting);
  assert.deepEqual(half.ok ? [] : half.problems.map(({ code }) => code), ["result-missing"]);
  const [first, ...rest] = parts.observations as readonly [Observation, ...Observation[]];
  const foreign = { ...first, subject: { reference: "Patient/mensah" } };
  const mixed = pathologyDocument({ ...parts, observations: [foreign, ...rest] }, setting);
  assert.deepEqual(mixed.ok ? [] : mixed.problems.map(({ code }) => code), ["subject-differs"]);
});

test("the same report as a FHIR message has its MessageHeader first, known by the same id when it is sent again", () => {
  const parts = fromHl7();
  const made = () => expectOk(fhirMessage(parts, { madeAt: setting.madeAt, sender: "MEADOWLAB", event: "R01" }));
  const { id, bundle } = made();
  const [header, report] = resourcesOf(bundle);
  assert.deepEqual([header?.resourceType, header?.id, report?.resourceType], ["MessageHeader", id, "DiagnosticReport"]);
  assert.deepEqual(header?.focus, [{ reference: `urn:uuid:${report?.id}` }]);
  const issues = validator.validate(bundle, { now: instant(Date.parse("2026-11-23T10:00:00Z")) });
  const errors = issues.filter(({ severity }) => severity === "error");
  assert.deepEqual(errors, []);
  assert.equal(made().id, id);
});
