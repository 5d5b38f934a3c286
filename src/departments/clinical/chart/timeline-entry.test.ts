import assert from "node:assert/strict";
import { test } from "node:test";
import { instant } from "#kernel";
import type { DocumentReference, Observation, ServiceRequest } from "#standards/fhir";
import { anEncounter, anObservation, aReport } from "../../../../test/builders/chart.ts";
import { decideStep } from "../imaging/worklist/decide-step.ts";
import { stepTaskId, taskOf } from "../imaging/worklist/imaging-step.ts";
import { usualWorklistRules } from "../imaging/worklist/worklist-rules.ts";
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

test("an order for images says in which room it waits, and that it is under way", () => {
  const order: ServiceRequest = {
    resourceType: "ServiceRequest",
    id: "chest",
    status: "active",
    intent: "order",
    category: [{ coding: [{ system: "http://terminology.hl7.org/CodeSystem/v2-0074", code: "RX" }] }],
    subject: { reference: "Patient/osei" },
  };
  const entryOf = (status: "ready" | "in-progress") => {
    const step = decideStep({ order, known: undefined, rules: usualWorklistRules, orderedAt: instant(0) });
    assert.ok(step !== undefined);
    const id = stepTaskId("chest");
    const body = JSON.stringify({ ...taskOf({ ...step, accession: "R26-1", status }), id });
    const version = { kind: "Task", id, version: 1, position: 1, at: instant(0), action: "create" as const, body };
    return timelineEntry(order, { patientId: "osei", resources: new ResourceMap([version]) });
  };
  const [waiting, begun] = [entryOf("ready"), entryOf("in-progress")];
  assert.deepEqual([waiting.summary, waiting.status.text], ["on the worklist of XR1 as R26-1", "Active"]);
  assert.deepEqual([begun.summary, begun.status.text], ["being examined at XR1", "In progress"]);
});

test("an appointment says what for, with whom and where, and why it does not take place", () => {
  const entry = timelineEntry(
    {
      resourceType: "Appointment",
      id: "clinic",
      status: "noshow",
      serviceType: [{ text: "Diabetes clinic" }],
      cancelationReason: { text: "Patient unwell" },
      start: "2026-12-01T09:30:00Z",
      end: "2026-12-01T10:00:00Z",
      participant: [
        { actor: { reference: "Patient/osei", display: "Ama Osei" }, status: "accepted" },
        { actor: { display: "Ingrid Lindqvist" }, status: "accepted" },
        { actor: { display: "MEADOW, CLINIC2" }, status: "accepted" },
      ],
    },
    source(),
  );
  assert.deepEqual(
    [entry.title, entry.summary, entry.time, entry.status.text],
    [
      "Appointment, Diabetes clinic",
      "Ingrid Lindqvist, MEADOW, CLINIC2; Patient unwell",
      "2026-12-01T09:30:00Z",
      "Did not come",
    ],
  );
});

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
