import assert from "node:assert/strict";
import { test } from "node:test";
import { instant } from "#kernel";
import type { DocumentReference, Observation, ServiceRequest } from "#standards/fhir";
import { anEncounter, anObservation, aReport } from "../../../../test/builders/chart.ts";
import { ResourceMap } from "./resource-map.ts";
import { timelineEntry } from "./timeline-entry.ts";

function source(...observations: readonly Observation[]) {
  const versions = observations.map((body) => ({
    kind: "Observation",
    id: body.id ?? "",
    version: 1,
    position: 1,
    at: instant(0),
    action: "create" as const,
    body: JSON.stringify(body),
  }));
  return { patientId: "osei", resources: new ResourceMap(versions) };
}

test("a stay is named by its kind and place, from its start to its end", () => {
  const entry = timelineEntry(
    anEncounter({ status: "finished", period: { start: "2026-11-22", end: "2026-11-25" } }),
    source(),
  );
  assert.deepEqual(
    [entry.kind, entry.title, entry.time, entry.end, entry.status.text],
    ["encounter", "Inpatient, Ward 7, bay 2, bed 3", "2026-11-22", "2026-11-25", "Finished"],
  );
});

test("a report says how many of its results are flagged, those that stand", () => {
  const high = anObservation({ interpretation: [{ coding: [{ code: "H" }] }] });
  const gone = anObservation({ id: "gone", status: "cancelled", interpretation: [{ coding: [{ code: "LL" }] }] });
  const references = [high, gone].map(({ id }) => ({ reference: `Observation/${id}` }));
  const entry = timelineEntry(aReport({ result: references }), source(high, gone));
  assert.equal(entry.summary, "1 of 1 result flagged abnormal");
  assert.equal(entry.worst?.code, "H");
  assert.deepEqual(entry.open, { is: "report", id: "ue" });
});

test("an order says who asked and how urgent it is; a cancelled one is cancelled", () => {
  const order: ServiceRequest = {
    resourceType: "ServiceRequest",
    id: "order",
    status: "revoked",
    intent: "order",
    priority: "stat",
    code: { text: "Blood culture" },
    subject: { reference: "Patient/osei" },
    requester: { display: "Dr Ingrid Lindqvist" },
    authoredOn: "2026-11-23T08:00:00+00:00",
  };
  const entry = timelineEntry(order, source());
  assert.deepEqual(
    [entry.title, entry.summary, entry.status.text, entry.status.stands],
    ["Blood culture", "Requested by Dr Ingrid Lindqvist, stat", "Cancelled", false],
  );
});

test("a document opens by its attachment", () => {
  const document: DocumentReference = {
    resourceType: "DocumentReference",
    id: "letter",
    status: "current",
    type: { text: "Discharge summary" },
    date: "2026-11-25T11:00:00+00:00",
    author: [{ display: "Dr Ingrid Lindqvist" }],
    content: [{ attachment: { contentType: "application/pdf", url: "Binary/7c", title: "Discharge summary" } }],
  };
  const entry = timelineEntry(document, source());
  assert.deepEqual([entry.title, entry.summary], ["Discharge summary", "By Dr Ingrid Lindqvist"]);
  assert.equal(entry.open?.is === "attachment" && entry.open.url, "/api/clinical/patients/osei/attachments/7c");
});
