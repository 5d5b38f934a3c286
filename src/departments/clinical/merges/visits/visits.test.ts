/** Visits joined and moved: HL7 v2.5.1 §3.3.42 (A42), §3.3.45 (A45). */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { DiagnosticReport, Encounter, Observation, Patient, Specimen } from "#standards/fhir";
import { aLaboratory } from "../../../../../test/laboratory.ts";
import type { LinkMessage } from "../../messages/link-message.ts";

type Known<T> = T & { readonly id: string };

const head = (type: string, at: string) =>
  `MSH|^~\\&|PAS|MEADOW|CORRIDOR|MEADOW|${at}+0000||${type}|${type.slice(-3)}${at}|P|2.5.1`;
const osei = "PID|1||H1^^^MEADOW^MR||OSEI^AMA||19500101|F";
const brown = "PID|1||H2^^^MEADOW^MR||BROWN^TOM||19600101|M";
const pv1 = (visit: string) => `PV1|1|I|W7^B1^1^MEADOW||||||||||||||||${visit}^^^MEADOW^VN`;

const admitted = (pid: string, visit: string, at: string) =>
  [head("ADT^A01", at), `EVN|A01|${at}`, pid, pv1(visit)].join("\r");
const reported = (pid: string, visit: string, at: string, filler = "26U1") =>
  [
    ...[head("ORU^R01", at), pid, pv1(visit), `ORC|RE|P1|${filler}`, `OBR|1|P1|${filler}|FBC^Blood count^L|||${at}`],
    "OBX|1|NM|HB^Haemoglobin^L||120|g/L|||||F",
    "SPM|1|S1||BLD^Blood^HL70487",
  ].join("\r");
const moved = (event: string, { pid, mrg, visit, at }: Readonly<Record<"pid" | "mrg" | "visit" | "at", string>>) =>
  [head(`ADT^${event}`, at), `EVN|${event}|${at}`, pid, mrg, pv1(visit)].join("\r");

async function aHospital() {
  const { send, all } = await aLaboratory();
  const visits = async () =>
    new Map((await all<Known<Encounter>>("Encounter")).map((each) => [each.identifier?.[0]?.value, each]));
  const patient = async (number: string) =>
    (await all<Known<Patient>>("Patient")).find(({ identifier }) => identifier?.some(({ value }) => value === number));
  return { send, all, visits, patient };
}

test("what stood under a visit stands under the one it is joined to, and what comes late under the old number follows", async () => {
  const { send, all, visits } = await aHospital();
  await send(admitted(osei, "V1", "20261120090000"));
  await send(admitted(osei, "V2", "20261120100000"));
  await send(reported(osei, "V1", "20261120110000"));
  const mrg = "MRG|H1^^^MEADOW^MR||||V1^^^MEADOW^VN";
  assert.equal((await send(moved("A42", { pid: osei, mrg, visit: "V2", at: "20261120120000" }))).code, "AA");
  const [ceased, kept] = [(await visits()).get("V1"), (await visits()).get("V2")];
  assert.deepEqual([ceased?.status, kept?.status], ["entered-in-error", "in-progress"]);
  assert.deepEqual(
    kept?.identifier?.map(({ value, use }) => [value, use]),
    [
      ["V2", undefined],
      ["V1", "old"],
    ],
  );
  await send(reported(osei, "V1", "20261120130000", "26U2"));
  const reports = await all<DiagnosticReport>("DiagnosticReport");
  assert.deepEqual(new Set(reports.map(({ encounter }) => encounter?.reference)), new Set([`Encounter/${kept?.id}`]));
  assert.equal((await all("Encounter")).length, 2);
});

test("a visit that was recorded on another patient's chart goes to its own, with its results and their specimens", async () => {
  const { send, all, visits, patient } = await aHospital();
  await send(admitted(osei, "V0", "20261120080000"));
  await send(admitted(brown, "V1", "20261120090000"));
  await send(reported(brown, "V1", "20261120110000"));
  const mrg = "MRG|H2^^^MEADOW^MR||||V1^^^MEADOW^VN";
  assert.equal((await send(moved("A45", { pid: osei, mrg, visit: "V1", at: "20261120120000" }))).code, "AA");
  const home = `Patient/${(await patient("H1"))?.id}`;
  const [report] = await all<DiagnosticReport>("DiagnosticReport");
  const [result] = await all<Observation>("Observation");
  const [specimen] = await all<Specimen>("Specimen");
  assert.deepEqual(
    [report, result, specimen].map((each) => each?.subject?.reference),
    [home, home, home],
  );
  const [visit] = [...(await all<Known<Encounter>>("Encounter"))].filter(
    ({ id }) => `Encounter/${id}` === report?.encounter?.reference,
  );
  assert.deepEqual([visit?.subject?.reference, visit?.status], [home, "in-progress"]);
  assert.equal((await visits()).size, 2);
  await send(reported(brown, "V1", "20261120130000", "26U9"));
  const late = (await all<LinkMessage>("LinkMessage")).find(({ state }) => state === "held");
  assert.equal(late?.reasons[0]?.code, "belongs-to-another-patient", "for the wrong patient again: a person looks");
});

test("a visit of a patient that the record does not know is held", async () => {
  const { send, all } = await aHospital();
  await send(admitted(osei, "V1", "20261120090000"));
  const mrg = "MRG|H9^^^MEADOW^MR||||V1^^^MEADOW^VN";
  assert.equal((await send(moved("A45", { pid: osei, mrg, visit: "V2", at: "20261120120000" }))).code, "AE");
  const held = (await all<LinkMessage>("LinkMessage")).find(({ state }) => state === "held");
  assert.deepEqual([held?.reasons[0]?.code, held?.reasons[0]?.where], ["patient-not-identified", "MRG[1]-1"]);
});
