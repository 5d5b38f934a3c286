/** What laboratories answer to orders. Source: HL7 v2.5.1 §4.4.2 (ORR^O02), §4.4.7 (ORL^O22). */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { checkResource, type Resource, type ServiceRequest, type Specimen, type Task } from "#standards/fhir";
import { anMsh, anOrder, anOruR01, aPid, type Fields, message, segment } from "../../../../test/builders/index.ts";
import { aLaboratory } from "../../../../test/laboratory.ts";
import { mrONeill, mrsOsei } from "../../../../test/ward/index.ts";
import type { LinkMessage } from "../messages/link-message.ts";

interface Reply {
  readonly type?: "ORR^O02" | "ORL^O22";
  readonly control?: string;
  readonly orc?: Fields;
  readonly pid?: string;
  readonly obr?: Fields;
  readonly spm?: Fields;
}

function aReply({ type = "ORL^O22", control = "OK", orc = {}, pid = aPid(mrsOsei), obr, spm }: Reply = {}): string {
  return message(
    anMsh(type, { controlId: "L-1", version: "2.5.1" }),
    segment("MSA", { 1: "AA", 2: "O-1" }),
    ...(pid === "" ? [] : [pid]),
    segment("ORC", { 1: control, 2: "ICE-70021", 3: "26U004417", 9: "20261123083000+0000", ...orc }),
    ...(obr === undefined ? [] : [segment("OBR", { 1: "1", ...obr })]),
    ...(spm === undefined ? [] : [segment("SPM", { 1: "1", ...spm })]),
  );
}

async function answered(reply: Reply = {}) {
  const { send, all } = await aLaboratory();
  await send(anOrder({ controlId: "O-1" }), { link: "ice" });
  const { code } = await send(aReply(reply));
  const [order, another] = await all<ServiceRequest>("ServiceRequest");
  assert.equal(another, undefined, "the reply makes no order of its own");
  const [task] = await all<Task>("Task");
  const resources = [order, task, ...(await all<Specimen>("Specimen"))].filter((each) => each !== undefined);
  assert.deepEqual(
    resources.flatMap((resource) => checkResource(resource as unknown as Resource)),
    [],
  );
  return { code, order, task, all, send };
}

describe("A reply to an order", () => {
  test("gives it the laboratory's number, and a task that says it was accepted", async () => {
    const { code, order, task } = await answered();
    assert.equal(code, "AA");
    assert.deepEqual(
      order?.identifier?.map(({ value }) => value),
      ["ICE-70021", "26U004417"],
    );
    assert.equal(order?.code?.coding?.[0]?.code, "UE", "what was ordered stays");
    assert.deepEqual([order?.status, task?.status], ["active", "accepted"]);
    assert.equal(task?.for?.reference, order?.subject.reference);
  });

  test("brings the accession number of the specimen", async () => {
    const { order, all } = await answered({ spm: { 2: "^SP1&LAB", 4: "BLD^Blood^HL70487", 30: "ACC-991^^^PATHLAB" } });
    const accession = order?.identifier?.find(({ type }) => type?.coding?.[0]?.code === "ACSN");
    assert.equal(accession?.value, "ACC-991");
    assert.equal((await all<Specimen>("Specimen"))[0]?.accessionIdentifier?.value, "ACC-991");
  });

  test("needs no PID: the order says for whom it is", async () => {
    const { code, task } = await answered({ pid: "", type: "ORR^O02" });
    assert.deepEqual([code, task?.status], ["AA", "accepted"]);
  });

  test("sent again changes nothing, and one that is older than what is known is stale", async () => {
    const { send, all } = await answered({ control: "CR", orc: { 9: "20261123100000+0000" } });
    await send(aReply({ control: "OK" }).replace("L-1", "L-2"));
    assert.equal((await all<ServiceRequest>("ServiceRequest"))[0]?.status, "revoked");
  });

  const rows = [
    ["UA", {}, "revoked", "rejected"],
    ["CR", {}, "revoked", "cancelled"],
    ["HR", {}, "on-hold", "on-hold"],
    ["NA", {}, "active", "received"],
    ["UC", {}, "active", undefined],
    ["SC", { 5: "IP" }, "active", "in-progress"],
    ["SC", { 5: "CM" }, "completed", "completed"],
  ] as const;
  for (const [control, orc, status, task] of rows) {
    test(`${control} with status ${JSON.stringify(orc)} makes it ${status}`, async () => {
      const found = await answered({ control, orc });
      assert.deepEqual([found.order?.status, found.task?.status], [status, task]);
    });
  }

  test("says why an order was not accepted", async () => {
    const { order, task } = await answered({ control: "UA", orc: { 16: "INS^Sample insufficient^L" } });
    assert.equal(task?.statusReason?.coding?.[0]?.display, "Sample insufficient");
    assert.equal(
      order?.extension?.some(({ url }) => url.endsWith("request-statusReason")),
      true,
    );
  });

  test("and its results meet the same order", async () => {
    const { send, all } = await answered();
    await send(anOruR01({ controlId: "M-1" }));
    const orders = await all<ServiceRequest>("ServiceRequest");
    assert.deepEqual(
      orders.map(({ status }) => status),
      ["completed"],
    );
  });
});

describe("A reply is held", () => {
  const cases: readonly (readonly [why: string, code: string, reply: string])[] = [
    ["when nobody ordered it", "order-not-known", aReply({ orc: { 2: "ICE-1" } })],
    ["when it names another patient", "belongs-to-another-patient", aReply({ pid: aPid(mrONeill) })],
  ];
  for (const [why, code, reply] of cases) {
    test(why, async () => {
      const { send, all } = await aLaboratory();
      await send(anOrder({ controlId: "O-1" }), { link: "ice" });
      await send(anOruR01({ controlId: "M-1", filler: "26U9", placer: "P9", patient: mrONeill }));
      assert.equal((await send(reply)).code, "AE");
      const held = (await all<LinkMessage>("LinkMessage")).find(({ state }) => state === "held");
      assert.equal(held?.reasons[0]?.code, code);
    });
  }
});
