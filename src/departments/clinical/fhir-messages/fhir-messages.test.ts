/** FHIR R4 §2.4 (messaging): what a message that comes in by a link becomes, and what its sender is told. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { linkActor } from "#access";
import { expectOk, hospitalTime, type JsonObject, silentLog } from "#kernel";
import {
  checkResource,
  type DiagnosticReport,
  type Observation,
  type Patient,
  type ServiceRequest,
} from "#standards/fhir";
import { contextOf } from "../../../../test/handler-context.ts";
import { aLaboratory } from "../../../../test/laboratory.ts";
import type { Safeguards } from "../gates/safeguards.ts";
import type { LinkMessage } from "../messages/link-message.ts";
import { previewMessage } from "../messages/preview.ts";
import { receive } from "../messages/receive.ts";

interface Changes {
  readonly id?: string;
  readonly envelope?: string;
  readonly value?: number;
  readonly nhs?: string;
  readonly family?: string;
  readonly born?: string;
  readonly status?: string;
  readonly issued?: string;
}

/** A potassium of a laboratory, ordered here, with the people and places that it names. */
function aMessage(changes: Changes = {}): JsonObject {
  const {
    id = "m-1",
    envelope = "b-1",
    value = 4.1,
    nhs = "9990000018",
    family = "Osei",
    born = "1957-04-03",
  } = changes;
  const { status = "final", issued = "2026-11-23T10:00:00Z" } = changes;
  const subject = { reference: "urn:uuid:b" };
  const code = { coding: [{ system: "http://loinc.org", code: "2823-3" }], text: "Potassium" };
  const number = (text: string) => [{ system: "urn:lab", value: text }];
  const resources: readonly JsonObject[] = [
    {
      resourceType: "MessageHeader",
      id,
      eventCoding: { system: "http://terminology.hl7.org/CodeSystem/v2-0003", code: "R01" },
      source: { endpoint: "https://lab.example/fhir" },
      focus: [{ reference: "urn:uuid:c" }],
    },
    {
      resourceType: "Patient",
      identifier: [{ system: "https://fhir.nhs.uk/Id/nhs-number", value: nhs }],
      name: [{ family }],
      birthDate: born,
      generalPractitioner: [{ reference: "urn:uuid:g" }],
    },
    {
      resourceType: "DiagnosticReport",
      identifier: number("26U1"),
      basedOn: [{ reference: "urn:uuid:f" }],
      ...{ status, code, subject, issued, result: [{ reference: "urn:uuid:d" }] },
      performer: [{ reference: "urn:uuid:g" }],
    },
    {
      resourceType: "Observation",
      status,
      code,
      subject,
      specimen: { reference: "urn:uuid:e" },
      valueQuantity: { value, unit: "mmol/L" },
    },
    { resourceType: "Specimen", accessionIdentifier: { value: "S1" }, subject },
    {
      resourceType: "ServiceRequest",
      identifier: number("ICE-1"),
      status: "completed",
      intent: "order",
      code,
      subject,
    },
    { resourceType: "Organization", identifier: number("ODS1"), name: "Meadow Pathology" },
  ];
  const entry = resources.map((resource, at) => ({ fullUrl: `urn:uuid:${"abcdefg"[at]}`, resource }));
  return { resourceType: "Bundle", id: envelope, type: "message", timestamp: "2026-11-23T11:00:00Z", entry };
}

/** Measured to two places. */
function asMeasured(message: JsonObject): string {
  return JSON.stringify(message).replace('"value":4.1,', '"value":4.10,');
}

interface Answer {
  readonly code: string;
  readonly identifier: string;
  readonly text: string;
}

async function aLink(safeguards: Safeguards = {}) {
  const laboratory = await aLaboratory();
  const { offsetMinutesAt } = hospitalTime("Europe/London");
  return {
    ...laboratory,
    async sendFhir(message: JsonObject | string): Promise<Answer> {
      const frame = new TextEncoder().encode(typeof message === "string" ? message : JSON.stringify(message));
      const context = contextOf(laboratory.parts, linkActor("gp"));
      const given = { context, link: "gp", connection: "gp-1", format: "fhir", offsetMinutesAt } as const;
      const text = new TextDecoder().decode(expectOk(await receive(frame, { ...given, log: silentLog, safeguards })));
      const answer = JSON.parse(text) as JsonObject;
      assert.deepEqual(checkResource(answer), []);
      const [first] = (answer.entry ?? []) as unknown as [{ resource: { response: Omit<Answer, "text"> } }?];
      return { code: "", identifier: "", ...first?.resource.response, text };
    },
    messages: () => laboratory.all<LinkMessage>("LinkMessage"),
  };
}

test("a message brings its results for the patient of its number, and is kept with its books", async () => {
  const { sendFhir, all, messages, versions } = await aLink();
  const { code, identifier } = await sendFhir(asMeasured(aMessage()));
  assert.deepEqual([code, identifier], ["ok", "m-1"]);
  const [patient] = await all<Patient>("Patient");
  const [report] = await all<DiagnosticReport>("DiagnosticReport");
  const [observation] = await all<Observation>("Observation");
  const subject = { reference: `Patient/${patient?.id}` };
  assert.deepEqual([report?.subject, observation?.subject], [subject, subject]);
  assert.deepEqual(report?.result, [{ reference: `Observation/${observation?.id}` }]);
  assert.match(JSON.stringify(report?.contained), /Meadow Pathology/);
  assert.equal(patient?.generalPractitioner?.[0]?.display, "Meadow Pathology");
  const [stored] = await versions("Observation", observation?.id ?? "");
  assert.match(stored?.body ?? "", /"value":4\.10,/);
  const [message] = await messages();
  assert.deepEqual([message?.state, message?.format, message?.type], ["mapped", "fhir", "FHIR^R01"]);
  assert.deepEqual(message?.patient.nhsNumber, "9990000018");
  assert.deepEqual(message?.orders, [{ placer: "ICE-1", filler: "26U1" }]);
  const { leaves = 0, mapped = 0, unmapped = [] } = message?.ledger ?? {};
  assert.equal(leaves, mapped + unmapped.length);
  assert.deepEqual(new Set(unmapped.map(({ reason }) => reason)), new Set(["administrative"]));
});

test("the same message in another envelope is answered as before; another one under its id is held", async () => {
  const { sendFhir, all, messages } = await aLink();
  const first = await sendFhir(aMessage());
  assert.equal((await sendFhir(aMessage({ envelope: "b-2" }))).text, first.text);
  assert.equal((await messages()).length, 1);
  const other = await sendFhir(aMessage({ value: 9.9 }));
  assert.equal(other.code, "fatal-error");
  assert.match(other.text, /people decide on it/);
  assert.deepEqual((await messages()).map(({ state }) => state).sort(), ["held", "mapped"]);
  assert.deepEqual(
    (await all<Observation>("Observation")).map(({ valueQuantity }) => valueQuantity?.value),
    [4.1],
  );
});

test("the number of somebody of another name and birth holds the message, and nothing of it is written", async () => {
  const { sendFhir, all, messages } = await aLink();
  await sendFhir(aMessage());
  const { code } = await sendFhir(aMessage({ id: "m-2", family: "Brown", born: "1990-01-01", value: 9.9 }));
  assert.equal(code, "fatal-error");
  const held = (await messages()).find(({ state }) => state === "held");
  const [reason] = held?.reasons ?? [];
  assert.deepEqual([reason?.code, reason?.where], ["identity-conflict", "Bundle.entry[1].resource.identifier"]);
  assert.equal((await all("Observation")).length, 1);
});

test("a laboratory's number of another patient holds the message", async () => {
  const { sendFhir, messages } = await aLink();
  await sendFhir(aMessage());
  await sendFhir(aMessage({ id: "m-2", nhs: "9990000026", family: "Brown", born: "1990-01-01" }));
  assert.equal(
    (await messages()).find(({ state }) => state === "held")?.reasons[0]?.code,
    "belongs-to-another-patient",
  );
});

test("a correction is a version of the same result, and what was reported before it is stale", async () => {
  const { sendFhir, all, messages } = await aLink();
  await sendFhir(aMessage());
  await sendFhir(aMessage({ id: "m-2", value: 4.3, status: "corrected", issued: "2026-11-23T12:00:00Z" }));
  const late = await sendFhir(aMessage({ id: "m-3", value: 3.9, issued: "2026-11-23T11:00:00Z" }));
  assert.equal(late.code, "ok");
  const observations = await all<Observation>("Observation");
  assert.deepEqual(
    observations.map(({ valueQuantity, status }) => [valueQuantity?.value, status]),
    [[4.3, "corrected"]],
  );
  const stale = (await messages()).find(({ controlId }) => controlId === "m-3");
  assert.ok(stale?.reasons.some(({ code }) => code === "older-than-recorded"));
});

test("an order that was placed here is completed by the report on its number, and is not made again", async () => {
  const { sendFhir, all, record } = await aLink();
  await sendFhir(aMessage({ status: "preliminary" }));
  const [patient] = await all<Patient>("Patient");
  const [mine] = await all<ServiceRequest>("ServiceRequest");
  const { id: _, ...order } = mine as ServiceRequest;
  const body = { ...order, id: "placed-here", status: "active", identifier: [{ system: "urn:lab", value: "ICE-2" }] };
  expectOk(
    await record.transact({ operations: [{ action: "create", kind: "ServiceRequest", id: "placed-here", body }] }),
  );
  const text = JSON.stringify(aMessage({ id: "m-2" }))
    .replaceAll("ICE-1", "ICE-2")
    .replaceAll("26U1", "26U2");
  assert.equal((await sendFhir(text)).code, "ok");
  const report = (await all<DiagnosticReport>("DiagnosticReport")).find(({ status }) => status === "final");
  assert.deepEqual(report?.basedOn, [{ reference: "ServiceRequest/placed-here" }]);
  assert.deepEqual(report?.subject, { reference: `Patient/${patient?.id}` });
  const placed = (await all<ServiceRequest>("ServiceRequest")).find(({ id }) => id === "placed-here");
  assert.equal(placed?.status, "completed");
});

test("the contract of a link is kept by its messages too", async () => {
  const contract = { applications: ["https://other.example"], facilities: [], types: [], versions: [], processing: [] };
  const settings = { contract: { ...contract, nhsNumberRequired: true } };
  const { sendFhir, messages } = await aLink({ settings });
  await sendFhir(aMessage());
  assert.equal((await messages())[0]?.reasons[0]?.code, "sender-not-agreed");
});

test("what cannot be taken as a whole is rejected, kept, and its sender told where it is wrong", async () => {
  const { sendFhir, all, messages } = await aLink();
  const lost = await sendFhir(
    JSON.stringify(aMessage()).replaceAll("urn:uuid:f", "urn:uuid:z").replace("urn:uuid:z", "urn:uuid:y"),
  );
  assert.equal(lost.code, "fatal-error");
  assert.match(lost.text, /Bundle\.entry\[2\]/);
  assert.match((await sendFhir("{}")).text, /^\{"resourceType":"OperationOutcome"/);
  assert.deepEqual(
    (await messages()).map(({ state }) => state),
    ["rejected", "rejected"],
  );
  assert.equal((await all("Observation")).length, 0);
});

test("every value of a message is in its ledger once", () => {
  const message = aMessage();
  const raw = new TextEncoder().encode(asMeasured(message));
  const { offsetMinutesAt } = hospitalTime("Europe/London");
  const { ledger } = expectOk(previewMessage({ raw, format: "fhir", patientReference: "Patient/p", offsetMinutesAt }));
  assert.equal(new Set(ledger.map(({ where }) => where)).size, ledger.length);
  const entry = ledger.find(({ where }) => where === "Bundle.entry[3].resource.valueQuantity.value");
  assert.deepEqual(entry, { where: entry?.where, value: "4.10", element: "Observation.valueQuantity.value" });
});
