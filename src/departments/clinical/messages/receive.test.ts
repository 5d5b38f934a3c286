/** What the sender of a message gets back, and what is in the record then. Source: HL7 v2.5.1 §2.9.2. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { DiagnosticReport, Observation, Patient, Provenance } from "#standards/fhir";
import { anOrder, anOruR01, potassium } from "../../../../test/builders/index.ts";
import { anActor } from "../../../../test/handler-context.ts";
import { aLaboratory } from "../../../../test/laboratory.ts";
import { babyAdeyemi, mrONeill, mrsOsei } from "../../../../test/ward/index.ts";
import type { LinkMessage } from "./link-message.ts";

test("a result is acknowledged with AA, and its resources are in the record", async () => {
  const { send, all } = await aLaboratory();
  const reply = await send(anOruR01({ controlId: "M-1" }));
  assert.deepEqual([reply.code, reply.controlId, reply.error], ["AA", "M-1", ""]);
  const [patient] = await all<Patient>("Patient");
  assert.equal(patient?.name?.[0]?.family, "Osei");
  const observations = await all<Observation>("Observation");
  assert.deepEqual(
    observations.map((each) => [each.code.coding?.[0]?.display, each.valueQuantity?.value, each.subject?.reference]),
    [
      ["Sodium", 138, `Patient/${patient?.id}`],
      ["Potassium", 4.1, `Patient/${patient?.id}`],
      ["Creatinine", 131, `Patient/${patient?.id}`],
    ],
  );
});

test("everything a message wrote names the message it came from", async () => {
  const { send, all } = await aLaboratory();
  await send(anOruR01());
  const [message] = await all<LinkMessage & { id: string }>("LinkMessage");
  const [provenance, more] = await all<Provenance>("Provenance");
  assert.equal(more, undefined);
  assert.equal(provenance?.entity?.[0]?.what.reference, `LinkMessage/${message?.id}`);
  assert.deepEqual(
    provenance?.target.map(({ reference }) => reference),
    message?.resources.map(({ kind, id, version }) => `${kind}/${id}/_history/${version}`),
  );
});

test("a message is kept byte for byte, with its outcome and its answer", async () => {
  const { send, all, record } = await aLaboratory();
  const sent = anOruR01({ controlId: "M-1" });
  const reply = await send(sent);
  const [message] = await all<LinkMessage>("LinkMessage");
  const raw = message && (await record.readBlob(message.raw.hash));
  assert.equal(raw?.ok && new TextDecoder().decode(raw.value), sent);
  assert.equal(message?.state, "mapped");
  assert.equal(message?.acknowledgement?.text.replaceAll("\r", "\n"), reply.text);
  assert.deepEqual(message?.patient, { nhsNumber: mrsOsei.nhsNumber, hospitalNumbers: [mrsOsei.hospitalNumber] });
  assert.deepEqual(message?.orders, [{ placer: "ICE-70021", filler: "26U004417" }]);
  assert.equal(message?.mapping, "oru-r01/1");
});

test("the same message again gets the same answer and has no second effect", async () => {
  const { send, record } = await aLaboratory();
  const first = await send(anOruR01({ controlId: "M-1" }));
  const before = await record.position();
  const second = await send(anOruR01({ controlId: "M-1" }));
  assert.equal(second.text, first.text);
  assert.equal(await record.position(), before);
});

test("another message under the same MSH-10 is held, and its sender told", async () => {
  const { send, all } = await aLaboratory();
  await send(anOruR01({ controlId: "M-1" }));
  const other = anOruR01({ controlId: "M-1", obx: [{ ...potassium, value: "9.9" }] });
  const reply = await send(other);
  assert.equal(reply.code, "AE");
  assert.match(reply.error, /MSH\^1\^10/);
  const messages = await all<LinkMessage>("LinkMessage");
  assert.deepEqual(messages.map(({ state }) => state).sort(), ["held", "mapped"]);
  assert.equal(messages.find(({ state }) => state === "held")?.reasons[0]?.code, "control-id-reused");
  const values = (await all<Observation>("Observation")).map(({ valueQuantity }) => valueQuantity?.value);
  assert.ok(!values.includes(9.9));
  assert.equal((await send(other)).text, reply.text, "it, too, is answered the same the second time");
});

test("the same MSH-10 from another sender is another message", async () => {
  const { send, all } = await aLaboratory();
  await send(anOruR01({ controlId: "M-1", application: "PATHLAB" }));
  const reply = await send(anOruR01({ controlId: "M-1", application: "BLOODBANK" }));
  assert.equal(reply.code, "AA");
  assert.equal((await all("LinkMessage")).length, 2);
});

test("a message without MSH-10 is kept and refused by AR, which names MSH-10", async () => {
  const { send, all } = await aLaboratory();
  const reply = await send(anOruR01({ controlId: "", version: "2.5.1" }));
  assert.equal(reply.code, "AR");
  assert.match(reply.error, /^ERR\|\|MSH\^1\^10(\^1)?\|101\^/);
  const [message] = await all<LinkMessage>("LinkMessage");
  assert.equal(message?.state, "rejected");
  assert.equal(message?.reasons[0]?.where, "MSH-10");
});

test("a type that is not mapped is kept and refused by AR: 200 for the type, 201 for the event", async () => {
  const { send, all } = await aLaboratory();
  const type = await send(anOruR01({ controlId: "M-1", version: "2.5.1", msh: { 9: "QBP^Q11^QBP_Q11" } }));
  assert.equal(type.code, "AR");
  assert.match(type.error, /\|200\^/);
  const event = await send(anOruR01({ controlId: "M-2", version: "2.5.1", msh: { 9: "ADT^A99" } }));
  assert.equal(event.code, "AR");
  assert.match(event.error, /\|201\^/);
  const states = (await all<LinkMessage>("LinkMessage")).map(({ state }) => state);
  assert.deepEqual(states, ["rejected", "rejected"]);
});

test("what is no message at all is kept and refused", async () => {
  const { send, all } = await aLaboratory();
  const reply = await send("hello\r");
  assert.equal(reply.code, "AR");
  const [message] = await all<LinkMessage>("LinkMessage");
  assert.equal(message?.reasons[0]?.code, "header-missing");
});

test("an NHS number with a wrong check digit holds the message", async () => {
  const { send, all } = await aLaboratory();
  const reply = await send(anOruR01({ version: "2.5.1", pid: { 3: "9990000019^^^NHS^NH" } }));
  assert.equal(reply.code, "AE");
  assert.match(reply.error, /PID\^1\^3\^1\^1/);
  assert.equal((await all<LinkMessage>("LinkMessage"))[0]?.reasons[0]?.code, "nhs-number-check-digit");
  assert.deepEqual(await all("Patient"), []);
});

test("a result about nobody, of several patients, or without OBR is not taken", async () => {
  const { send, all } = await aLaboratory();
  const nobody = await send(anOruR01({ controlId: "M-1", pid: { 3: "" } }));
  const several = await send(anOruR01({ controlId: "M-2" }) + anOruR01().split("\r").slice(1).join("\r"));
  const empty = await send(anOruR01({ controlId: "M-3", reports: [] }));
  assert.deepEqual([nobody.code, several.code, empty.code], ["AE", "AR", "AE"]);
  assert.deepEqual(
    (await all<LinkMessage>("LinkMessage")).map(({ state, reasons }) => [state, reasons[0]?.code]),
    [
      ["held", "patient-not-identified"],
      ["rejected", "several-patients"],
      ["rejected", "segment-missing"],
    ],
  );
  assert.deepEqual(await all("Observation"), []);
});

test("a missing line end, which would swallow an order, holds the message", async () => {
  const { send, all } = await aLaboratory();
  const reply = await send(anOrder({ control: "NW" }).replace("\rORC|", "ORC|"));
  assert.equal(reply.code, "AE");
  assert.equal((await all<LinkMessage>("LinkMessage"))[0]?.state, "rejected", "there is no other ORC in it");
  const two = anOrder({ controlId: "M-2" }).replace("\rOBR|", "OBR|");
  assert.equal((await send(two)).code, "AE");
  assert.equal((await all<LinkMessage>("LinkMessage"))[1]?.reasons[0]?.code, "segment-break-missing");
});

test("a patient is found by NHS number, else by hospital number, else made", async () => {
  const { send, all } = await aLaboratory();
  await send(anOruR01({ controlId: "M-1", pid: { 3: `${mrsOsei.nhsNumber}^^^NHS^NH` } }));
  await send(anOruR01({ controlId: "M-2", filler: "26U2" }));
  await send(anOruR01({ controlId: "M-3", filler: "26U3", pid: { 3: `${mrsOsei.hospitalNumber}^^^MEADOW^MR` } }));
  await send(anOruR01({ controlId: "M-4", filler: "26U4", patient: mrONeill }));
  const patients = await all<Patient>("Patient");
  assert.deepEqual(
    patients.map(({ name }) => name?.[0]?.family),
    ["Osei", "O'Neill"],
  );
  const subjects = (await all<DiagnosticReport>("DiagnosticReport")).map(({ subject }) => subject?.reference);
  assert.deepEqual(new Set(subjects.slice(0, 3)), new Set([`Patient/${patients[0]?.id}`]));
});

test("a number whose name and date of birth are both another person's holds the message", async () => {
  const { send, all } = await aLaboratory();
  await send(anOruR01({ controlId: "M-1" }));
  const stolen = { ...babyAdeyemi, nhsNumber: mrsOsei.nhsNumber, hospitalNumber: mrsOsei.hospitalNumber };
  const reply = await send(anOruR01({ controlId: "M-2", filler: "26U2", patient: stolen }));
  assert.equal(reply.code, "AE");
  const [, held] = await all<LinkMessage>("LinkMessage");
  assert.deepEqual([held?.state, held?.reasons[0]?.code], ["held", "identity-conflict"]);
  assert.equal((await all("DiagnosticReport")).length, 1);
});

test("a changed name alone, or a changed date of birth alone, is no conflict", async () => {
  const { send } = await aLaboratory();
  await send(anOruR01({ controlId: "M-1" }));
  const married = await send(anOruR01({ controlId: "M-2", patient: { ...mrsOsei, family: "Mensah" } }));
  const typo = await send(anOruR01({ controlId: "M-3", patient: { ...mrsOsei, birthDate: "1957-03-15" } }));
  assert.deepEqual([married.code, typo.code], ["AA", "AA"]);
});

test("numbers of two patients in one message hold it", async () => {
  const { send, all } = await aLaboratory();
  await send(anOruR01({ controlId: "M-1" }));
  await send(anOruR01({ controlId: "M-2", filler: "26U2", patient: mrONeill }));
  const mixed = { ...mrsOsei, hospitalNumber: mrONeill.hospitalNumber };
  const reply = await send(anOruR01({ controlId: "M-3", filler: "26U3", patient: mixed }));
  assert.equal(reply.code, "AE");
  assert.equal((await all<LinkMessage>("LinkMessage"))[2]?.reasons[0]?.code, "several-patients-match");
});

test("a laboratory number that comes again for another patient holds the message", async () => {
  const { send, all } = await aLaboratory();
  await send(anOruR01({ controlId: "M-1" }));
  const reply = await send(anOruR01({ controlId: "M-2", patient: mrONeill }));
  assert.equal(reply.code, "AE");
  const [, held] = await all<LinkMessage>("LinkMessage");
  assert.equal(held?.reasons[0]?.code, "belongs-to-another-patient");
  assert.equal((await all("Patient")).length, 1, "nothing of it was written");
});

test("a message cut off between its bytes and its outcome is taken up when it comes again", async () => {
  const { send, all, parts } = await aLaboratory();
  const full = await aLaboratory();
  await full.send(anOruR01({ controlId: "M-1" }));
  const [whole] = await full.all<LinkMessage & { id: string }>("LinkMessage");
  assert.ok(whole !== undefined);
  const { acknowledgement: _answer, mapping: _mapping, ledger: _ledger, patientReference: _patient, ...start } = whole;
  const received = { ...start, state: "received" as const, resources: [] };
  await parts.record.transact({
    operations: [{ action: "create", kind: "LinkMessage", id: whole.id, body: received }],
  });
  const reply = await send(anOruR01({ controlId: "M-1" }));
  assert.equal(reply.code, "AA");
  const [message] = await all<LinkMessage>("LinkMessage");
  assert.equal(message?.state, "mapped");
  assert.equal((await all("Observation")).length, 3);
});

test("the same message on several connections at once has one effect and one answer", async () => {
  const { send, all, versions } = await aLaboratory();
  const message = anOruR01({ controlId: "M-1", obx: [potassium] });
  const replies = await Promise.all([1, 2, 3, 4].map((at) => send(message, { connection: `lab-${at}` })));
  assert.equal(new Set(replies.map(({ text }) => text)).size, 1);
  const [observation, another] = await all<Observation & { id: string }>("Observation");
  assert.equal(another, undefined);
  assert.equal((await versions("Observation", observation?.id ?? "")).length, 1);
  assert.equal((await all("Provenance")).length, 1);
});

test("results of one patient on many connections at once lose nothing", async () => {
  const { send, all } = await aLaboratory();
  const messages = Array.from({ length: 24 }, (_, at) =>
    anOruR01({
      controlId: `M-${at}`,
      filler: `26U${at % 6}`,
      obx: [{ ...potassium, test: `K${at}^Potassium ${at}^L` }],
    }),
  );
  const replies = await Promise.all(messages.map((message, at) => send(message, { connection: `lab-${at}` })));
  assert.deepEqual([...new Set(replies.map(({ code }) => code))], ["AA"]);
  assert.equal((await all("Patient")).length, 1);
  const reports = await all<DiagnosticReport>("DiagnosticReport");
  assert.deepEqual(
    reports.map(({ result }) => result?.length),
    [4, 4, 4, 4, 4, 4],
  );
  assert.equal((await all("Observation")).length, 24);
});

test("a link that may not write gets no acknowledgement", async () => {
  const barred = await aLaboratory(() => anActor("librarian"));
  await assert.rejects(barred.send(anOruR01()), /kind-forbidden/);
  assert.deepEqual(await barred.all("Observation"), []);
});
