/** What is found in messages before they reach a chart, and what becomes of them then. See docs/operate/gates.md. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import type { Observation } from "#standards/fhir";
import { anAdt, anOruR01, type OruR01, potassium } from "../../../../test/builders/index.ts";
import { aLaboratory } from "../../../../test/laboratory.ts";
import { mrONeill, mrsOsei } from "../../../../test/ward/index.ts";
import type { SenderContract } from "../configuration/link-settings.ts";
import type { LinkMessage } from "../messages/link-message.ts";
import { type GateRow, gates } from "./gate-table.ts";
import type { Safeguards } from "./safeguards.ts";

const contract: SenderContract = {
  applications: ["PATHLAB"],
  facilities: [],
  types: ["ORU"],
  versions: ["2.4"],
  processing: ["P"],
  nhsNumberRequired: true,
};

/** Sends one message over a link with these settings and tells what became of it. */
async function sent(message: string, settings: Safeguards["settings"] = {}) {
  const laboratory = await aLaboratory();
  const reply = await laboratory.send(message, { safeguards: { settings } });
  const [kept] = await laboratory.all<LinkMessage>("LinkMessage");
  return { code: reply.code, state: kept?.state, reasons: kept?.reasons.map(({ code, where }) => `${code} ${where}`) };
}

test("a message within the contract of its sender is recorded", async () => {
  assert.deepEqual(await sent(anOruR01(), { contract }), { code: "AA", state: "mapped", reasons: [] });
});

const breaches: readonly (readonly [string, OruR01, string])[] = [
  ["another application", { application: "BLOODBANK" }, "sender-not-agreed MSH-3"],
  ["another version of HL7", { version: "2.3" }, "version-not-agreed MSH-12"],
  ["a message for training", { msh: { 11: "T" } }, "processing-not-agreed MSH-11"],
  ["no NHS number", { pid: { 3: "H1042318^^^MEADOW^MR" } }, "nhs-number-required PID[1]-3"],
];

for (const [what, oru, reason] of breaches) {
  test(`outside the contract of its sender, ${what} holds the message`, async () => {
    const { code, state, reasons } = await sent(anOruR01(oru), { contract });
    assert.deepEqual([code, state, reasons], ["AE", "held", [reason]]);
  });
}

test("the settings of a link reject what they hold otherwise, or let it pass with a remark", async () => {
  const rejected = await sent(anOruR01({ version: "2.3" }), { contract, gates: { "version-not-agreed": "reject" } });
  assert.deepEqual([rejected.code, rejected.state], ["AE", "rejected"]);
  const accepted = await sent(anOruR01({ version: "2.3" }), { contract, gates: { "version-not-agreed": "accept" } });
  assert.deepEqual([accepted.state, accepted.reasons], ["mapped", ["version-not-agreed MSH-12"]]);
});

test("a result reported in the future is held, for it would win over its own corrections", async () => {
  const { state, reasons } = await sent(anOruR01({ reportedAt: "20271123092500+0000" }));
  assert.deepEqual([state, reasons], ["held", ["report-time-in-future OBR[1]-22"]]);
});

test("a specimen taken in the future is recorded with a remark, and held where the link says so", async () => {
  const message = anOruR01({ collectedAt: "20271123" });
  assert.deepEqual((await sent(message)).reasons, ["time-in-future OBR[1]-7"]);
  assert.equal((await sent(message, { gates: { "time-in-future": "hold" } })).state, "held");
});

test("a clock that is some hours ahead is worth no word", async () => {
  assert.deepEqual((await sent(anOruR01({ reportedAt: "20261124093000+0000" }))).reasons, []);
});

test("a date of birth in the future holds the message", async () => {
  const { reasons } = await sent(anOruR01({ pid: { 7: "20570314" } }));
  assert.deepEqual(reasons, ["birth-date-in-future PID[1]-7"]);
});

test("an NHS number with spaces is read in PID-3, and in PID-2 and PID-19 without authority", async () => {
  for (const pid of [
    { 3: "999 000 0018^^^NHS^NH" },
    { 3: "H1^^^MEADOW^MR", 2: "999 000 0018" },
    { 3: "", 19: "9990000018" },
  ]) {
    const { send, all } = await aLaboratory();
    assert.equal((await send(anOruR01({ pid }))).code, "AA");
    assert.equal((await all<LinkMessage>("LinkMessage"))[0]?.patient.nhsNumber, mrsOsei.nhsNumber);
  }
});

test("a result for a patient who has died is recorded with a remark", async () => {
  const { send, all } = await aLaboratory();
  await send(anAdt({ event: "A31", controlId: "A-1", pid: { 30: "Y" } }));
  assert.equal((await send(anOruR01({ controlId: "M-1" }))).code, "AA");
  const [, result] = await all<LinkMessage>("LinkMessage");
  assert.deepEqual([result?.state, result?.reasons[0]?.code], ["mapped", "patient-deceased"]);
});

test("a wrong-patient notice is told with its message, and the result stays visible as an error", async () => {
  const { send, all } = await aLaboratory();
  await send(anOruR01({ controlId: "M-1", obx: [potassium] }));
  const wrong = { ...potassium, status: "W", value: "" };
  await send(anOruR01({ controlId: "M-2", status: "C", reportedAt: "20261123103000+0000", obx: [wrong] }));
  const [, notice] = await all<LinkMessage>("LinkMessage");
  assert.deepEqual(
    notice?.reasons.map(({ code, where }) => [code, where]),
    [["wrong-patient", "OBX[1]-11"]],
  );
  const [result] = await all<Observation>("Observation");
  assert.deepEqual([result?.status, result?.valueQuantity?.value], ["entered-in-error", 4.1]);
});

test("a result that was on the wrong patient comes to the right one, and stays marked where it was", async () => {
  const { send, all } = await aLaboratory();
  await send(anOruR01({ controlId: "M-0", filler: "26U1", patient: mrONeill }));
  await send(anOruR01({ controlId: "M-1", obx: [potassium] }));
  const wrong = { ...potassium, status: "W", value: "" };
  await send(anOruR01({ controlId: "M-2", status: "C", reportedAt: "20261123103000+0000", obx: [wrong] }));
  const right = { patient: mrONeill, obx: [potassium], reportedAt: "20261123104500+0000" };
  assert.equal((await send(anOruR01({ controlId: "M-3", ...right }))).code, "AA");
  const correction = {
    ...right,
    obx: [{ ...potassium, value: "4.4" }],
    status: "C",
    reportedAt: "20261123110000+0000",
  };
  assert.equal((await send(anOruR01({ controlId: "M-4", ...correction }))).code, "AA");
  const patients = await all<{ id: string; name: { family: string }[] }>("Patient");
  const nameOf = (reference?: string) => patients.find(({ id }) => `Patient/${id}` === reference)?.name[0]?.family;
  const results = (await all<Observation>("Observation")).filter(({ code }) => code.coding?.[0]?.code === "2823-3");
  assert.deepEqual(
    results
      .map(({ subject, status, valueQuantity }) => [nameOf(subject?.reference), status, valueQuantity?.value])
      .sort(),
    [
      ["O'Neill", "corrected", 4.4],
      ["O'Neill", "final", 4.1],
      ["Osei", "entered-in-error", 4.1],
    ],
  );
});

test("the page of gates says of each what it does", () => {
  const page = readFileSync(new URL("../../../../docs/operate/gates.md", import.meta.url), "utf8");
  for (const [code, gate] of Object.entries(gates) as readonly (readonly [string, GateRow])[]) {
    const row = page.split("\n").find((line) => line.startsWith(`| \`${code}\` |`));
    assert.ok(row?.includes(`| ${gate.choices.join(", ")} |`), `docs/operate/gates.md lacks ${code} with its choices`);
  }
});
