/** Which version of a result the record keeps, in whatever order they come. Source: HL7 v2.5.1 tables 0085 and 0123. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { DiagnosticReport, Observation } from "#standards/fhir";
import { anOruR01, creatinine, type Obx, type OruR01, potassium } from "../../../../test/builders/index.ts";
import { aLaboratory } from "../../../../test/laboratory.ts";
import type { LinkMessage } from "./link-message.ts";

/** A version of Mrs Osei's potassium, reported at an hour of the day. */
function version(status: string, value: string, hour: string, oru: OruR01 = {}): string {
  const time = `20261123${hour}0000+0000`;
  const obx: Obx = { ...potassium, value, status };
  return anOruR01({ controlId: `${status}-${hour}`, sentAt: time, reportedAt: time, status, obx: [obx], ...oru });
}

/** Sends the messages one after another and tells what is recorded then, and what became of each message. */
async function after(...messages: readonly string[]) {
  const laboratory = await aLaboratory();
  for (const message of messages) assert.equal((await laboratory.send(message)).code, "AA");
  const observations = await laboratory.all<Observation & { id: string; meta: { versionId: string } }>("Observation");
  const [observation] = observations;
  const kept = await laboratory.all<LinkMessage>("LinkMessage");
  return {
    ...laboratory,
    kept,
    observations,
    status: observation?.status,
    value: observation?.valueQuantity?.value,
    versionId: observation?.meta.versionId,
    reports: await laboratory.all<DiagnosticReport>("DiagnosticReport"),
    states: kept.map(({ state }) => state),
  };
}

test("preliminary, final and corrected are versions of one Observation", async () => {
  const { observations, status, value, versionId, versions, reports } = await after(
    version("P", "4.0", "09"),
    version("F", "4.1", "10"),
    version("C", "4.3", "11"),
  );
  assert.equal(observations.length, 1);
  assert.deepEqual([status, value, versionId], ["corrected", 4.3, "3"]);
  const bodies = (await versions("Observation", observations[0]?.id ?? "")).map(({ body }) => JSON.parse(body));
  assert.deepEqual(
    bodies.map((body) => [body.status, body.valueQuantity.value]),
    [
      ["preliminary", 4],
      ["final", 4.1],
      ["corrected", 4.3],
    ],
  );
  assert.deepEqual(
    reports.map((report) => report.status),
    ["corrected"],
  );
});

test("a final result that comes after its correction changes nothing and is listed as older", async () => {
  const { status, value, versionId, states, kept } = await after(version("C", "4.3", "11"), version("F", "4.1", "10"));
  assert.deepEqual([status, value, versionId], ["corrected", 4.3, "1"]);
  assert.deepEqual(states, ["mapped", "stale"]);
  assert.deepEqual(
    kept[1]?.reasons.map(({ code, where }) => [code, where]),
    [
      ["older-than-recorded", "OBX[1]"],
      ["older-than-recorded", "OBR[1]"],
    ],
  );
  assert.deepEqual(kept[1]?.resources, []);
});

test("a preliminary result never replaces a final one, even when it says that it is newer", async () => {
  const { status, value, states } = await after(version("F", "4.1", "10"), version("P", "9.9", "12"));
  assert.deepEqual([status, value], ["final", 4.1]);
  assert.equal(states[1], "stale", "its report brings no result that the final one lacks");
});

test("a cancelled result replaces a final one", async () => {
  const { status, value, observations } = await after(
    version("F", "4.1", "10"),
    version("X", "", "10", { controlId: "X" }),
  );
  assert.deepEqual([status, value], ["cancelled", undefined]);
  assert.equal(observations[0]?.dataAbsentReason?.text, "Result cannot be obtained");
});

test("a correction of the same time as the final result replaces it, and not the other way round", async () => {
  const forward = await after(version("F", "4.1", "10"), version("C", "4.3", "10"));
  assert.deepEqual([forward.status, forward.value], ["corrected", 4.3]);
  const backward = await after(version("C", "4.3", "10"), version("F", "4.1", "10"));
  assert.deepEqual([backward.status, backward.value], ["corrected", 4.3]);
});

test("of two final results of the same time the one that came last counts", async () => {
  const second = version("F", "4.2", "10", { controlId: "F-again" });
  const { status, value, versionId } = await after(version("F", "4.1", "10"), second);
  assert.deepEqual([status, value, versionId], ["final", 4.2, "2"]);
});

test("the same result in another message is recorded already", async () => {
  const { versionId, kept, all } = await after(
    version("F", "4.1", "10"),
    version("F", "4.1", "10", { controlId: "F-again" }),
  );
  assert.equal(versionId, "1");
  assert.deepEqual([kept[1]?.state, kept[1]?.reasons[0]?.code], ["mapped", "nothing-new"]);
  assert.equal((await all("Provenance")).length, 1);
});

test("without a time of the report, the status counts before the time of the message", async () => {
  const none = { reportedAt: "" };
  const late = await after(version("C", "4.3", "10", none), version("F", "4.1", "12", none));
  assert.deepEqual([late.status, late.value], ["corrected", 4.3]);
  const older = await after(version("F", "4.3", "12", none), version("F", "4.1", "10", none));
  assert.deepEqual([older.value, older.states], [4.3, ["mapped", "stale"]]);
});

test("a wrong-patient notice (W) or a deletion (D) marks the result as an error and keeps what it was", async () => {
  for (const status of ["W", "D"]) {
    const wrong = version(status, "", "11", { controlId: status, status: "C" });
    const { observations } = await after(version("F", "4.1", "10"), wrong);
    assert.deepEqual(
      observations.map((each) => [each.status, each.valueQuantity?.value]),
      [["entered-in-error", 4.1]],
      status,
    );
  }
});

test("U makes a preliminary result final without sending it again", async () => {
  const { status, value } = await after(version("P", "4.0", "09"), version("U", "", "10", { status: "F" }));
  assert.deepEqual([status, value], ["final", 4]);
});

test("a report keeps the results that a later message leaves out, and an older one still adds its own", async () => {
  const first = version("F", "4.1", "10");
  const added = anOruR01({ controlId: "added", reportedAt: "20261123110000+0000", obx: [creatinine] });
  const forward = await after(first, added);
  assert.equal(forward.reports[0]?.result?.length, 2);
  const backward = await after(added, first);
  assert.equal(backward.reports[0]?.result?.length, 2);
  assert.equal(backward.reports[0]?.issued, "2026-11-23T11:00:00+00:00");
  assert.equal(backward.observations.length, 2);
});

test("a corrected document is a new version of the same document", async () => {
  const document = (text: string): Obx => ({
    type: "ED",
    test: "PDF^Report^L",
    value: `^AP^PDF^Base64^${Buffer.from(`%PDF-1.4 ${text} and so on`).toString("base64")}`,
  });
  const { all } = await after(
    anOruR01({ controlId: "1", reportedAt: "20261123100000+0000", obx: [document("first")] }),
    anOruR01({ controlId: "2", reportedAt: "20261123110000+0000", status: "C", obx: [document("second")] }),
    anOruR01({ controlId: "3", reportedAt: "20261123090000+0000", obx: [document("oldest")] }),
  );
  const [binary, another] = await all<{ data: string; meta: { versionId: string } }>("Binary");
  assert.equal(another, undefined);
  assert.match(Buffer.from(binary?.data ?? "", "base64").toString(), /second/);
  assert.equal(binary?.meta.versionId, "2");
});
