/** One test under one number on several specimens: sender, order, test and specimen tell results apart. Source: HL7 v2.5.1 §7.4.3. */
import assert from "node:assert/strict";
import { test } from "node:test";

import type { DiagnosticReport, Observation } from "#standards/fhir";
import { anMsh, anObx, aPid, message, potassium, segment } from "../../../../test/builders/index.ts";
import { aLaboratory } from "../../../../test/laboratory.ts";
import { mrsOsei } from "../../../../test/ward/index.ts";
import type { LinkMessage } from "../messages/link-message.ts";

interface Sent {
  readonly controlId: string;
  readonly value: string;
  /** Filler numbers of its specimens: one report each; none: one report without SPM. */
  readonly specimens?: readonly string[];
  readonly status?: string;
  readonly source?: string;
}

let minutes = 0;

/** Potassium of order 26U1, each message reported a minute after the one before. */
function result({ controlId, value, specimens = [], status = "F", source = "" }: Sent): string {
  minutes += 1;
  const reportedAt = `202611230${8 + Math.floor(minutes / 60)}${String(minutes % 60).padStart(2, "0")}00+0000`;
  const reports = specimens.length === 0 ? [undefined] : specimens;
  return message(
    anMsh("ORU^R01", { version: "2.5.1", controlId }),
    aPid(mrsOsei),
    ...reports.flatMap((specimen, at) => [
      segment("OBR", {
        1: `${at + 1}`,
        2: "ICE-1",
        3: "26U1",
        4: "K^Potassium^L",
        15: source,
        22: reportedAt,
        25: status,
      }),
      anObx({ ...potassium, value: `${value}${at === 0 ? "" : at}`, status }, 1),
      ...(specimen === undefined ? [] : [segment("SPM", { 1: "1", 2: `&ICE^${specimen}&PATHLAB`, 4: "BLD" })]),
    ]),
  );
}

type Recorded = Observation & { readonly meta: { readonly versionId: string } };

async function aLab() {
  const lab = await aLaboratory();
  const values = async () =>
    (await lab.all<Recorded>("Observation")).map(({ valueQuantity, meta }) => [valueQuantity?.value, meta.versionId]);
  const specimens = async () =>
    new Set((await lab.all<Observation>("Observation")).map(({ specimen }) => specimen?.reference)).size;
  const take = async (sent: Sent) => assert.equal((await lab.send(result(sent))).code, "AA");
  return { lab, values, specimens, take };
}

test("of two specimens in messages of their own, each has its result and its corrections", async () => {
  const { lab, values, specimens, take } = await aLab();
  await take({ controlId: "1", value: "4.1", specimens: ["S1"] });
  await take({ controlId: "2", value: "6.2", specimens: ["S2"] });
  assert.deepEqual(await values(), [
    [4.1, "1"],
    [6.2, "1"],
  ]);
  assert.equal(await specimens(), 2);
  await take({ controlId: "3", value: "6.3", specimens: ["S2"], status: "C" });
  await take({ controlId: "4", value: "4.2", specimens: ["S1"], status: "C" });
  assert.deepEqual(await values(), [
    [6.3, "2"],
    [4.2, "2"],
  ]);
  assert.equal((await lab.all<DiagnosticReport>("DiagnosticReport")).length, 2);
  assert.equal((await lab.all("ServiceRequest")).length, 1);
});

test("a correction that names no specimen is of the one there is, and does not make it forgotten", async () => {
  const { values, specimens, take } = await aLab();
  await take({ controlId: "1", value: "4.1", specimens: ["S1"] });
  await take({ controlId: "2", value: "4.2", status: "C" });
  await take({ controlId: "3", value: "4.3", status: "C", source: "BLD" });
  assert.deepEqual(await values(), [[4.3, "3"]]);
  await take({ controlId: "4", value: "6.2", specimens: ["S2"] });
  assert.deepEqual(await values(), [
    [4.3, "3"],
    [6.2, "1"],
  ]);
  assert.equal(await specimens(), 2);
});

test("a correction that names no specimen is held where there are results of two", async () => {
  const { lab, values, take } = await aLab();
  await take({ controlId: "1", value: "4.1", specimens: ["S1"] });
  await take({ controlId: "2", value: "6.2", specimens: ["S2"] });
  assert.equal((await lab.send(result({ controlId: "3", value: "5.0", status: "C" }))).code, "AE");
  assert.deepEqual(await values(), [
    [4.1, "1"],
    [6.2, "1"],
  ]);
  const held = (await lab.all<LinkMessage>("LinkMessage")).filter(({ state }) => state === "held");
  assert.deepEqual(
    held.map(({ reasons: [first] }) => [first?.code, first?.where]),
    [["specimen-not-named", "OBR[1]"]],
  );
});

test("what named no specimen gets the first that is named", async () => {
  const { values, specimens, take } = await aLab();
  await take({ controlId: "1", value: "4.1", status: "P" });
  await take({ controlId: "2", value: "4.2", specimens: ["S1"] });
  assert.deepEqual(await values(), [[4.2, "2"]]);
  await take({ controlId: "3", value: "6.2", specimens: ["S2"] });
  assert.deepEqual(await values(), [
    [4.2, "2"],
    [6.2, "1"],
  ]);
  assert.equal(await specimens(), 2);
});

test("together in one message they are the same results as apart, in whichever order they stand", async () => {
  const { values, take } = await aLab();
  await take({ controlId: "1", value: "4.1", specimens: ["S1", "S2"] });
  assert.deepEqual(await values(), [
    [4.1, "1"],
    [4.11, "1"],
  ]);
  await take({ controlId: "2", value: "6.2", specimens: ["S2"], status: "C" });
  await take({ controlId: "3", value: "6.3", specimens: ["S2", "S1"], status: "C" });
  assert.deepEqual(await values(), [
    [6.3, "3"],
    [6.31, "2"],
  ]);
});
