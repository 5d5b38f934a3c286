/** A run against a real door, what came out of it, and what may be played against. */
import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { messagesOfFiles, type RunExpected, usualMasks } from "#departments/clinical";
import { expectOk, silentLog } from "#kernel";
import { anOpenLink } from "../../../test/doors/mllp.ts";
import { ackOf, controlIdOf } from "../../../test/doors/mllp-sender.ts";
import { playPlan, type RunPlan } from "./run-plan.ts";
import { readTarget, targetRefusal } from "./targets.ts";

function message(id: string, value = "4.1"): Buffer {
  const msh = `MSH|^~\\&|LAB|L|GP|G|20261120090000||ORU^R01|${id}|P|2.4`;
  return Buffer.from(`${msh}\rPID|1||H${id}^^^M^MR\rOBX|1|NM|K||${value}|mmol/L\r`);
}

const files = ["1", "2", "3"].map((id) => ({ name: `${id}.hl7`, bytes: message(id) }));
const needs = { host: "127.0.0.1", log: silentLog, signal: new AbortController().signal };

async function aPlan(t: TestContext, take: (body: Uint8Array) => Promise<void>): Promise<RunPlan> {
  const receive = async (body: Uint8Array) => {
    await take(body);
    return ackOf(controlIdOf(body), controlIdOf(body) === "3" ? "AE" : "AA");
  };
  const { port } = await anOpenLink(t, { receive });
  const target = { by: "mllp", host: "127.0.0.1", port, isEncrypted: false, mode: "original" } as const;
  const traffic = { by: "files", name: "three", files: 3, hash: "" } as const;
  const settings = { target, traffic, pace: { by: "acknowledged" }, connections: 2 } as const;
  return { settings, messages: messagesOfFiles(files).messages, target: { answerWithinSeconds: 5 } };
}

test("every message is sent, its acknowledgement is kept, and what comes out in a folder is compared", async (t) => {
  const folder = await mkdtemp(join(tmpdir(), "corridor-simulator-"));
  t.after(() => rm(folder, { recursive: true, force: true }));
  await writeFile(join(folder, "old.hl7"), message("0"));
  const plan = await aPlan(t, async (body) => {
    const id = controlIdOf(body);
    await writeFile(join(folder, `${id}.hl7`), id === "2" ? message(id, "9.9") : body);
  });
  const expected: RunExpected = {
    messages: 3,
    hash: "",
    receiver: { by: "folder", path: folder },
    masks: usualMasks,
    quietSeconds: 5,
  };
  const settings = { ...plan.settings, expected };
  const outputs = messagesOfFiles(files).messages;
  const { summary, comparison, answers } = expectOk(await playPlan({ ...plan, settings, expected: outputs }, needs));
  assert.deepEqual(summary.codes, { AA: 2, AE: 1 });
  assert.deepEqual(answers.map(({ controlId }) => controlId).sort(), ["1", "2", "3"]);
  assert.deepEqual([comparison?.equal, comparison?.different, comparison?.missing], [2, 1, 0]);
  assert.deepEqual(comparison?.mismatches[0]?.differences, [{ where: "OBX[1]-5", expected: "4.1", received: "9.9" }]);
});

test("a place to look for outputs that is not there, and an empty run, are told before anything is sent", async (t) => {
  let sent = 0;
  const plan = await aPlan(t, async () => {
    sent += 1;
  });
  const receiver = { by: "folder", path: "/nowhere/at/all" } as const;
  const settings = { ...plan.settings, expected: { messages: 1, hash: "", receiver, masks: [], quietSeconds: 1 } };
  const refused = await playPlan({ ...plan, settings, expected: [] }, needs);
  assert.equal(!refused.ok && refused.problems[0].code, "folder-not-found");
  const empty = await playPlan({ ...plan, messages: [] }, needs);
  assert.equal(!empty.ok && empty.problems[0].code, "run-empty");
  assert.equal(sent, 0);
});

const own = 2575;
const listed = ["mllp://lab-test:6661", "https://test.example/hl7"].map((text) => expectOk(readTarget(text)));
const targets: readonly (readonly [target: string, isAllowed: boolean])[] = [
  [`mllp://127.0.0.1:${own}`, true],
  [`localhost:${own}`, true],
  [`mllp://[::1]:${own}`, true],
  ["127.0.0.1:5432", false],
  [`10.0.0.7:${own}`, false],
  ["LAB-TEST:6661", true],
  ["mllps://lab-test:6661", true],
  ["lab-test:6662", false],
  ["https://test.example/hl7/in", true],
  ["https://test.example/hl7x", false],
  ["http://test.example/hl7", false],
  ["http://169.254.169.254/latest", false],
];

for (const [text, isAllowed] of targets) {
  test(`${text} ${isAllowed ? "may" : "may not"} be played against`, () => {
    const refusal = targetRefusal(expectOk(readTarget(text)), { listed, isOwn: (port) => port === own });
    assert.equal(refusal === undefined, isAllowed);
  });
}

test("what is no address is refused", () => {
  for (const text of ["", "lab-test", "mllp://lab-test", "ftp://lab-test:21", "http://user:secret@test.example/"])
    assert.equal(readTarget(text).ok, false, text);
});
