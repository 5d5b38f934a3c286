/** What waits for destinations when patients are joined, and parted. Source: HL7 v2.5.1 §3.3.40 (A40), §3.3.37 (A37). */
import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { continueMerges, type Delivery, mergesActor } from "#departments/clinical";
import { expectOk } from "#kernel";
import { aMerge, anOruR01, aParting } from "../../../test/builders/index.ts";
import { aHospital } from "../../../test/deliveries/hospital.ts";
import { mrsOsei } from "../../../test/ward/index.ts";
import { openDeliveries } from "./deliveries.ts";

const toGp = { name: "all", when: {}, to: ["gp"] };

/** Mrs Osei as she was registered a second time, in the emergency department. */
const asSecond = { patient: { ...mrsOsei, nhsNumber: "", hospitalNumber: "H9" }, pid: { 3: "H9^^^MEADOW^MR" } };

/** Of her second registration one result is parked at the surgery, and another waits behind it. */
async function twoRegistrations(t: TestContext) {
  const hospital = await aHospital(t, { link: { routes: [toGp] }, surgeries: ["gp"], openDeliveries });
  const { send, until, all, door } = hospital;
  const of = async (controlId: string) => {
    const found = (await all<Delivery & { readonly id: string }>("Delivery")).find(
      (delivery) => delivery.controlId === controlId,
    );
    assert.ok(found !== undefined);
    return found;
  };
  await send(anOruR01({ controlId: "FIRST-1", filler: "26U1" }));
  await until(() => door("gp").received.length === 1);
  door("gp").answering.code = "AR";
  await send(anOruR01({ controlId: "SECOND-1", filler: "26U2", ...asSecond }));
  await until(async () => (await of("SECOND-1")).state === "parked");
  await send(anOruR01({ controlId: "SECOND-2", filler: "26U3", ...asSecond }));
  door("gp").answering.code = "AA";
  const skip = async (controlId: string) => {
    const { id, ...delivery } = await of(controlId);
    const body = { ...delivery, state: "cancelled", from: "parked", comment: "sent by fax" };
    await hospital.record.transact({ operations: [{ action: "update", kind: "Delivery", id, body }] });
    hospital.deliveries.engine.decided();
  };
  const waiting = async () =>
    (await all<Delivery>("Delivery")).filter(({ state }) => state === "queued").map(({ controlId }) => controlId);
  const carryOn = async () => expectOk(await continueMerges(hospital.access.contextOf(mergesActor)));
  return { ...hospital, skip, waiting, carryOn };
}

test("after a merge, what waits for either patient and what comes behind goes as one lane, in order", async (t) => {
  const { send, until, door, skip, waiting } = await twoRegistrations(t);
  await send(aMerge({ controlId: "MERGE" }));
  await send(anOruR01({ controlId: "FIRST-2", filler: "26U4" }));
  await send(anOruR01({ controlId: "OTHER", filler: "26U5", pid: { 3: "H77^^^MEADOW^MR" } }));
  await until(async () => door("gp").received.includes("OTHER") && (await waiting()).length === 3);
  assert.deepEqual((await waiting()).sort(), ["FIRST-2", "MERGE", "SECOND-2"]);
  await skip("SECOND-1");
  await until(() => door("gp").received.length === 6);
  assert.deepEqual(
    door("gp").received.filter((controlId) => controlId !== "OTHER"),
    ["FIRST-1", "SECOND-1", "SECOND-2", "MERGE", "FIRST-2"],
  );
});

test("parted again, each patient's deliveries go by themselves", async (t) => {
  const { send, until, door, skip, waiting, carryOn } = await twoRegistrations(t);
  await send(aMerge({ controlId: "MERGE" }));
  await send(anOruR01({ controlId: "FIRST-2", filler: "26U4" }));
  await send(aParting([mrsOsei.hospitalNumber, "H9"], { controlId: "PARTING" }));
  await carryOn();
  await until(async () => (await waiting()).length === 1);
  assert.deepEqual(await waiting(), ["SECOND-2"]);
  await skip("SECOND-1");
  await until(() => door("gp").received.includes("SECOND-2"));
});
