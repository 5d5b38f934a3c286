/** What a report shows: cancelled is cancelled, corrected says what it was, an organism has its sensitivities. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { instant } from "#kernel";
import type { Version } from "#record";
import type { DiagnosticReport, Observation, ServiceRequest, Specimen } from "#standards/fhir";
import { anObservation, aReport } from "../../../../test/builders/chart.ts";
import { wardTime } from "../../../../test/ward/index.ts";
import type { Panel } from "../api.ts";
import { panelOf } from "./panel.ts";
import { ResourceMap } from "./resource-map.ts";

type Resource = Observation | Specimen | ServiceRequest | DiagnosticReport;

function versionOf(resource: Resource, version = 1): Version {
  const { resourceType: kind, id = "" } = resource;
  const meta = { versionId: String(version), lastUpdated: "2026-11-23T09:31:00.000Z" };
  const body = JSON.stringify({ ...resource, meta });
  return { kind, id, version, position: version, at: instant(Date.parse(meta.lastUpdated)), action: "update", body };
}

function panel(report: DiagnosticReport, resources: readonly Resource[], earlier: readonly Version[] = []): Panel {
  const first = earlier[0];
  return panelOf(report, {
    patientId: "osei",
    hospitalTime: wardTime,
    resources: new ResourceMap(resources.map((resource) => versionOf(resource, earlier.length + 1))),
    earlier: first === undefined ? new Map() : new Map([[`${first.kind}/${first.id}`, earlier]]),
    messages: new Map([["DiagnosticReport/ue", ["m-2", "m-1"]]]),
  });
}

const flag = (code: string) => [{ coding: [{ code }] }];

test("a report names its results, their values, ranges and flags, and the messages it came from", () => {
  const raised = anObservation({ valueQuantity: { value: 6.2, unit: "mmol/L" }, interpretation: flag("H") });
  const { results, messages, worst, discipline, status } = panel(aReport(), [raised]);
  const [result] = results;
  assert.deepEqual(
    [result?.name.text, result?.value.text, result?.range, result?.interpretation?.text, result?.outsideRange],
    ["Potassium", "6.2 mmol/L", "3.5 - 5.3", "High", "above"],
  );
  assert.deepEqual([messages, worst?.code, discipline, status.tone], [["m-2", "m-1"], "H", "Chemistry", "final"]);
});

test("a value outside its range is pointed out though the laboratory did not flag it", () => {
  const [result] = panel(aReport(), [anObservation({ valueQuantity: { value: 2.9, unit: "mmol/L" } })]).results;
  assert.equal(result?.interpretation, undefined);
  assert.equal(result?.outsideRange, "below");
});

test("a cancelled result is shown as cancelled, and is not counted among the abnormal", () => {
  const cancelled = anObservation({
    status: "cancelled",
    dataAbsentReason: { coding: [{ code: "not-performed" }], text: "Result cannot be obtained" },
    interpretation: flag("HH"),
  });
  const { results, worst } = panel(aReport(), [cancelled]);
  assert.deepEqual(results[0]?.status, { code: "cancelled", text: "Cancelled", tone: "cancelled", stands: false });
  assert.equal(results[0]?.value.text, "Result cannot be obtained");
  assert.equal(worst, undefined);
});

test("results of a report entered in error warn nobody", () => {
  const raised = anObservation({ interpretation: flag("HH") });
  assert.equal(panel(aReport({ status: "entered-in-error" }), [raised]).worst, undefined);
});

test("a corrected result says what it said before, and versions that said the same are left out", () => {
  const first = anObservation({
    status: "preliminary",
    valueQuantity: { value: 6.2, unit: "mmol/L" },
    interpretation: flag("H"),
  });
  const final = anObservation({ valueQuantity: { value: 6.2, unit: "mmol/L" }, interpretation: flag("H") });
  const renamed = { ...final, note: [{ text: "Telephoned to ward" }] };
  const corrected = anObservation({ status: "corrected", valueQuantity: { value: 4.6, unit: "mmol/L" } });
  const earlier = [versionOf(renamed, 3), versionOf(final, 2), versionOf(first, 1)];
  const [result] = panel(aReport(), [corrected], earlier).results;
  assert.equal(result?.status.tone, "corrected");
  assert.deepEqual(
    result?.earlier.map((each) => [each.version, each.value.text, each.status.text, each.interpretation?.code]),
    [
      [3, "6.2 mmol/L", "Final", "H"],
      [1, "6.2 mmol/L", "Preliminary", "H"],
    ],
  );
});

test("an organism has its sensitivities as parts, and they are not shown a second time beside it", () => {
  const organism = anObservation({
    id: "organism",
    code: { text: "Organism" },
    valueCodeableConcept: { text: "Escherichia coli" },
    hasMember: [{ reference: "Observation/trimethoprim" }, { reference: "Observation/nitrofurantoin" }],
  });
  const resistant = anObservation({
    id: "trimethoprim",
    code: { text: "Trimethoprim" },
    valueString: "R",
    interpretation: flag("R"),
  });
  const susceptible = anObservation({ id: "nitrofurantoin", code: { text: "Nitrofurantoin" }, valueString: "S" });
  const references = [organism, resistant, susceptible].map(({ id }) => ({ reference: `Observation/${id}` }));
  const { results } = panel(aReport({ result: references }), [organism, resistant, susceptible]);
  assert.equal(results.length, 1);
  assert.equal(results[0]?.organism, "Escherichia coli");
  assert.deepEqual(
    results[0]?.parts.map((part) => [part.name.text, part.value.text, part.interpretation?.text]),
    [
      ["Trimethoprim", "R", "Resistant"],
      ["Nitrofurantoin", "S", undefined],
    ],
  );
});

test("results that name each other as members do not go on for ever", () => {
  const one = anObservation({ id: "one", hasMember: [{ reference: "Observation/two" }] });
  const two = anObservation({ id: "two", hasMember: [{ reference: "Observation/one" }] });
  const { results } = panel(aReport({ result: [{ reference: "Observation/one" }] }), [one, two]);
  assert.equal(JSON.stringify(results).match(/"id":"two"/g)?.length, 2);
});

test("components of one observation are its parts, with the observation as their heading", () => {
  const { valueQuantity: _, ...pressure } = anObservation({ code: { text: "Blood pressure" } });
  const component = [
    { code: { text: "Systolic" }, valueQuantity: { value: 128, unit: "mmHg" } },
    { code: { text: "Diastolic" }, valueQuantity: { value: 74, unit: "mmHg" } },
  ];
  const [result] = panel(aReport(), [{ ...pressure, component }]).results;
  assert.equal(result?.value.kind, "none");
  assert.deepEqual(
    result?.parts.map((part) => part.value.text),
    ["128 mmHg", "74 mmHg"],
  );
});

test("specimen, numbers and requester come from what the report points at", () => {
  const type = (code: string) => ({ coding: [{ system: "http://terminology.hl7.org/CodeSystem/v2-0203", code }] });
  const specimen: Specimen = {
    resourceType: "Specimen",
    id: "blood",
    type: { text: "Venous blood" },
    receivedTime: "2026-11-23T08:50:00+00:00",
    collection: { collectedDateTime: "2026-11-23T08:15:00+00:00" },
  };
  const order: ServiceRequest = {
    resourceType: "ServiceRequest",
    id: "order",
    status: "active",
    intent: "order",
    subject: { reference: "Patient/osei" },
    requester: { display: "Dr Ingrid Lindqvist" },
    identifier: [{ type: type("PLAC"), value: "ICE-70021" }],
  };
  const report = aReport({
    specimen: [{ reference: "Specimen/blood" }],
    basedOn: [{ reference: "ServiceRequest/order" }],
    identifier: [{ type: type("FILL"), value: "26B004711" }],
    performer: [{ display: "Meadowbank Pathology" }],
  });
  const shown = panel(report, [specimen, order]);
  assert.deepEqual(
    [shown.specimens[0]?.type, shown.received, shown.requester?.text, shown.accessionNumber, shown.orderNumber],
    ["Venous blood", "2026-11-23T08:50:00+00:00", "Dr Ingrid Lindqvist", "26B004711", "ICE-70021"],
  );
  assert.deepEqual(shown.performers, [{ text: "Meadowbank Pathology" }]);
});

test("plain text inside a report is its text, a PDF is an attachment of the chart", () => {
  const text = "HISTOLOGY\n   Left breast core biopsy      B5b";
  const report = aReport({
    presentedForm: [
      { contentType: "text/plain", data: Buffer.from(text).toString("base64") },
      { contentType: "application/pdf", url: "Binary/7c", size: 48_123, title: "Full report" },
      { contentType: "application/pdf", data: "JVBERi0=" },
      { contentType: "text/html", url: "javascript:alert(1)" },
    ],
  });
  const { texts, attachments } = panel(report, []);
  assert.deepEqual(texts, [{ text, laidOut: true }]);
  assert.deepEqual(attachments, [
    {
      title: "Full report",
      contentType: "application/pdf",
      url: "/api/clinical/patients/osei/attachments/7c",
      sizeBytes: 48_123,
    },
    {
      title: "PDF document",
      contentType: "application/pdf",
      url: "/api/clinical/patients/osei/inside/DiagnosticReport/ue/2",
    },
  ]);
});
