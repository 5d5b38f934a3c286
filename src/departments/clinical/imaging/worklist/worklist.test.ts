/** From an order for images to what a modality is told, does and tells. Source: PS3.4 Annexes F and K; IHE RAD TF-1 §3 (SWF.b). */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { decidingForLink, workerActor } from "#access";
import { expectOk, silentLog } from "#kernel";
import { fhirKinds, parseBody } from "#record";
import { type Attributes, codeItem, type DataSet, dataSetOf } from "#standards/dicom";
import { statuses } from "#standards/dimse";
import { checkResource, type ServiceRequest, type Task } from "#standards/fhir";
import { contextOf } from "../../../../../test/handler-context.ts";
import { freshRecord } from "../../../../../test/record.ts";
import { findWorklist } from "./find-worklist.ts";
import { stepTaskId, studyUidOf } from "./imaging-step.ts";
import { performedStepDefinition } from "./performed-step.ts";
import { beginStep, changeStep } from "./tell-step.ts";
import { worklistRound } from "./worklist-round.ts";
import { usualWorklistRules } from "./worklist-rules.ts";

const kept = await freshRecord({ kinds: [...fhirKinds, performedStepDefinition] });
const context = contextOf(kept, decidingForLink(workerActor("worklist")));
const { cursors } = kept.store;
const telling = { context, callingAe: "CT1" };
const category = (code: string) => [{ coding: [{ system: "http://terminology.hl7.org/CodeSystem/v2-0074", code }] }];

async function keep(kind: string, id: string, body: object): Promise<void> {
  const operations = [{ action: "update", kind, id, body: { resourceType: kind, ...body } } as const];
  expectOk(await kept.record.transact({ operations }));
  expectOk(await worklistRound({ look: kept.record, context, rules: usualWorklistRules, cursors, log: silentLog }));
}

async function ordered(id: string, more: Partial<ServiceRequest> = {}): Promise<void> {
  await keep("ServiceRequest", id, {
    status: "active",
    intent: "order",
    category: category("CT"),
    code: { coding: [{ code: "CCHESC", display: "CT chest with contrast" }] },
    subject: { reference: "Patient/osei" },
    occurrenceDateTime: "2026-03-02T10:30:00Z",
    requester: { display: "Dr Ingrid Lindqvist" },
    ...more,
  });
}

async function orderNow(id: string): Promise<ServiceRequest> {
  return parseBody<ServiceRequest>(expectOk(await kept.record.read("ServiceRequest", id)));
}

async function taskNow(order: string): Promise<Task> {
  return parseBody<Task>(expectOk(await kept.record.read("Task", stepTaskId(order))));
}

async function found(step: Attributes, keys: Attributes = {}): Promise<readonly DataSet[]> {
  const asked = dataSetOf({
    AccessionNumber: "",
    PatientName: "",
    StudyInstanceUID: "",
    RequestedProcedureCodeSequence: [],
    ScheduledProcedureStepSequence: [dataSetOf(step)],
    ...keys,
  });
  const items: DataSet[] = [];
  for await (const page of findWorklist(context, asked)) items.push(...expectOk(page));
  return items;
}

function accessions(items: readonly DataSet[]): readonly (string | undefined)[] {
  return items.map((item) => item.text("AccessionNumber"));
}

await keep("Patient", "osei", {
  identifier: [
    { system: "urn:corridor:authority:NHS", value: "9434765919" },
    { type: { coding: [{ code: "MR" }] }, system: "urn:corridor:authority:CGH", value: "H1042301" },
  ],
  name: [{ family: "Öséi", given: ["Ama", "Serwaa"], prefix: ["Mrs"] }],
  gender: "female",
  birthDate: "1952-03-14",
});
await ordered("ct", { identifier: [{ type: { coding: [{ code: "FILL" }] }, value: "R26-1" }] });

describe("An order for images", () => {
  it("is on the worklist of its room, with the patient, a study UID and the number of who fills it", async () => {
    const [item, another] = await found({ ScheduledStationAETitle: "CT1", Modality: "" });
    assert.ok(item !== undefined && another === undefined);
    assert.deepEqual(checkResource(await taskNow("ct")), []);
    assert.equal(item.text("PatientName"), "Öséi^Ama^Serwaa^Mrs");
    assert.equal(item.text("AccessionNumber"), "R26-1");
    assert.equal(item.text("StudyInstanceUID"), studyUidOf("ct"));
    assert.equal(item.items("RequestedProcedureCodeSequence")[0]?.text("CodeValue"), "CCHESC");
    assert.equal(item.items("ScheduledProcedureStepSequence")[0]?.text("Modality"), "CT");
    assert.equal(item.get("PatientID"), undefined, "what was not asked for");
  });

  it("is given an accession number where it has none, and keeps it", async () => {
    await ordered("mr", { category: category("NMR") });
    const number = (await orderNow("mr")).identifier?.[0]?.value ?? "";
    assert.match(number, /^A26[0-9A-Z]{11}$/);
    await ordered("mr", { category: category("NMR"), priority: "urgent" });
    assert.equal((await orderNow("mr")).identifier?.[0]?.value, number);
    assert.equal((await taskNow("mr")).priority, "urgent");
  });

  it("is found by every kind of matching", async () => {
    const day = { ScheduledProcedureStepStartDate: "20260302" };
    const of = async (step: Attributes, keys?: Attributes) =>
      accessions(await found({ Modality: "CT", ...step }, keys)).length;
    assert.equal(await of(day), 1);
    assert.equal(await of({ ScheduledProcedureStepStartDate: "20260303-" }), 0);
    assert.equal(await of({ ...day, ScheduledProcedureStepStartTime: "1000-1100" }), 1);
    const moments = {
      ScheduledProcedureStepStartDate: "20260301-20260302",
      ScheduledProcedureStepStartTime: "1100-0900",
    };
    assert.equal(await of(moments), 0, "until nine on the second day");
    assert.equal(await of({}, { PatientName: "osei*" }), 1);
    assert.equal(await of({}, { PatientName: "OSEI^AMA^SERWAA^MRS" }), 1);
    assert.equal(await of({}, { PatientName: "?sei^b*" }), 0);
    assert.equal(await of({}, { PatientID: "H1042301" }), 1);
    assert.equal(await of({}, { StudyInstanceUID: ["1.2.3", studyUidOf("ct")] }), 1);
    assert.equal(await of({ ScheduledStationAETitle: "CT2" }), 0);
  });

  it("leaves the worklist when it is withdrawn; one for the laboratory was never on it", async () => {
    await ordered("xr", { category: category("RX") });
    await ordered("blood", { category: category("HM") });
    assert.equal((await found({ Modality: "CR" })).length, 1);
    await ordered("xr", { category: category("RX"), status: "revoked" });
    assert.equal((await found({ Modality: "CR" })).length, 0);
    assert.equal((await taskNow("xr")).status, "cancelled");
    assert.equal((await kept.record.read("Task", stepTaskId("blood"))).ok, false);
  });

  it("is done when a study answers it that no modality told of", async () => {
    await ordered("us", { category: category("CUS") });
    const basedOn = [{ reference: "ServiceRequest/us" }];
    await keep("ImagingStudy", "s", { status: "available", subject: { reference: "Patient/osei" }, basedOn });
    assert.equal((await orderNow("us")).status, "completed");
    assert.equal((await taskNow("us")).status, "completed");
  });
});

function begun(order: string, accession: string): DataSet {
  const step = { StudyInstanceUID: studyUidOf(order), ScheduledProcedureStepID: accession, AccessionNumber: accession };
  return dataSetOf({
    ScheduledStepAttributesSequence: [dataSetOf(step)],
    PerformedProcedureStepID: "P1",
    PerformedStationAETitle: "CT1",
    PerformedProcedureStepStartDate: "20260302",
    PerformedProcedureStepStartTime: "103500",
    PerformedProcedureStepStatus: "IN PROGRESS",
    Modality: "CT",
  });
}

const end = { PerformedProcedureStepEndDate: "20260302", PerformedProcedureStepEndTime: "104500" };
const tell = async (sopInstance: string, values: Attributes) =>
  expectOk(await changeStep(telling, { sopInstance, told: dataSetOf(values) })).status;

describe("A modality", () => {
  it("begins a step, which leaves the worklist, and completes the order with it", async () => {
    const told = begun("ct", "R26-1");
    assert.equal(expectOk(await beginStep(telling, { sopInstance: "1.2.1", told })).status.code, 0);
    assert.equal((await taskNow("ct")).status, "in-progress");
    assert.equal((await orderNow("ct")).status, "active");
    assert.equal((await found({ Modality: "CT" })).length, 0);
    const again = await beginStep(telling, { sopInstance: "1.2.1", told });
    assert.equal(expectOk(again).status.code, statuses.duplicateSopInstance);
    const unfinished = await tell("1.2.1", { ...end, PerformedProcedureStepStatus: "COMPLETED" });
    assert.deepEqual([unfinished.code, unfinished.offending], [statuses.missingAttributeValue, [0x0040_0340]]);
    const series = [dataSetOf({ SeriesInstanceUID: "1.2.1.1", ProtocolName: "Chest" })];
    const done = { ...end, PerformedProcedureStepStatus: "COMPLETED", PerformedSeriesSequence: series };
    assert.equal((await tell("1.2.1", done)).code, 0);
    assert.equal((await orderNow("ct")).status, "completed");
    const { executionPeriod } = await taskNow("ct");
    assert.deepEqual(executionPeriod, { start: "2026-03-02T10:35:00+00:00", end: "2026-03-02T10:45:00+00:00" });
    assert.equal((await tell("1.2.1", done)).errorId, 0xa506, "what has ended stays");
  });

  it("breaks a step off, and the order says why", async () => {
    await ordered("ct2", { identifier: [{ type: { coding: [{ code: "FILL" }] }, value: "R26-2" }] });
    expectOk(await beginStep(telling, { sopInstance: "1.2.2", told: begun("ct2", "R26-2") }));
    const why = [codeItem({ value: "110501", scheme: "DCM", meaning: "Equipment failure" })];
    const broken = {
      PerformedProcedureStepStatus: "DISCONTINUED",
      PerformedProcedureStepDiscontinuationReasonCodeSequence: why,
    };
    assert.equal((await tell("1.2.2", broken)).code, 0);
    assert.equal((await orderNow("ct2")).status, "revoked");
    assert.equal((await taskNow("ct2")).statusReason?.coding?.[0]?.code, "110501");
  });

  it("may tell of what nobody ordered, and of nothing that does not exist", async () => {
    const told = begun("nobody", "X");
    assert.equal(expectOk(await beginStep(telling, { sopInstance: "1.2.3", told })).status.code, 0);
    assert.equal((await tell("1.2.9", end)).code, statuses.noSuchSopInstance);
    const partly = expectOk(await beginStep(telling, { sopInstance: "1.2.4", told: dataSetOf({ Modality: "CT" }) }));
    assert.equal(partly.status.code, statuses.missingAttribute);
  });
});
