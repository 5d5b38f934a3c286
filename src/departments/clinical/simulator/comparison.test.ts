/** What came out is compared field by field with what was expected; what differs in every message is left out by rule. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { expectOk } from "#kernel";
import { compareMessages } from "./compare-messages.ts";
import { compareRuns, type WholeRun } from "./compare-runs.ts";
import { compareOutputs } from "./comparison.ts";
import { readMask, usualMasks } from "./field-mask.ts";
import type { Answer } from "./play.ts";
import { summaryOf } from "./summary.ts";

const masks = usualMasks.map((text) => expectOk(readMask(text)));

interface Out {
  readonly id?: string;
  readonly at?: string;
  readonly patient?: string;
  readonly order?: string;
  readonly obx?: readonly string[];
}

function out({ id = "1", at = "20261120", patient = "H1", order = "F1", obx = ["OBX|1|NM|K||4.1|mmol/L"] }: Out = {}) {
  const segments = [
    `MSH|^~\\&|LAB|L|GP|G|${at}||ORU^R01|${id}|P|2.4`,
    `PID|1||${patient}^^^M^MR||Osei^Adaeze`,
    `OBR|1|P1|${order}|UE^Urea`,
    ...obx,
  ];
  return Buffer.from(segments.map((each) => `${each}\r`).join(""));
}

const cases: readonly {
  readonly title: string;
  readonly received: Out;
  readonly masked?: readonly string[];
  readonly where: readonly string[];
}[] = [
  { title: "another time and number", received: { id: "9", at: "20261121" }, where: [] },
  { title: "another number, which is compared", received: { id: "9" }, masked: ["MSH-7"], where: ["MSH[1]-10"] },
  { title: "another value", received: { obx: ["OBX|1|NM|K||5.9|mmol/L"] }, where: ["OBX[1]-5"] },
  {
    title: "another value in a masked field",
    received: { obx: ["OBX|1|NM|K||5.9|mmol/L"] },
    masked: ["OBX-5"],
    where: [],
  },
  { title: "a segment more", received: { obx: ["OBX|1|NM|K||4.1|mmol/L", "NTE|1|L|seen"] }, where: ["segments"] },
  {
    title: "a masked segment more",
    received: { obx: ["OBX|1|NM|K||4.1|mmol/L", "ZXX|1"] },
    masked: ["ZXX"],
    where: [],
  },
  { title: "empty fields at the end", received: { obx: ["OBX|1|NM|K||4.1|mmol/L||||"] }, where: [] },
];

for (const { title, received, masked, where } of cases) {
  test(`${title}: ${where.join(", ") || "the same"}`, () => {
    const rules = masked === undefined ? masks : masked.map((text) => expectOk(readMask(text)));
    const found = compareMessages(out(), out(received), rules);
    assert.deepEqual(
      found.map((difference) => difference.where),
      where,
    );
  });
}

test("a component may be left out on its own", () => {
  const [one, other] = [out({ patient: "H1" }), out({ patient: "H2" })];
  assert.deepEqual(compareMessages(one, other, [expectOk(readMask("PID-3.1"))]), []);
  assert.deepEqual(compareMessages(one, other, [expectOk(readMask("PID-3.2"))]), [
    { where: "PID[1]-3", expected: "H1^^^M^MR", received: "H2^^^M^MR" },
  ]);
});

test("a place that is none is refused", () => {
  for (const text of ["", "MSH-", "obx-5", "OBX-5.1.2"]) assert.equal(readMask(text).ok, false, text);
});

test("messages are paired by patient and order whatever their numbers, and the rest is missing or unexpected", () => {
  const named = (name: string, given: Out) => ({ name, body: out(given) });
  const expected = [
    named("a", { id: "1", order: "F1" }),
    named("b", { id: "2", order: "F2" }),
    named("c", { id: "3", patient: "H2" }),
    named("d", { id: "4", patient: "H3" }),
  ];
  const received = [
    named("r1", { id: "70", patient: "H2", obx: ["OBX|1|NM|K||9.9|mmol/L"] }),
    named("r2", { id: "71", order: "F2" }),
    named("r3", { id: "72", order: "F1" }),
    named("r4", { id: "73", patient: "H9" }),
  ];
  const { mismatches, ...counts } = compareOutputs(expected, received, masks);
  assert.deepEqual(counts, { expected: 4, received: 4, equal: 2, different: 1, missing: 1, unexpected: 1 });
  assert.deepEqual(
    mismatches.map(({ is, name, differences }) => [is, name, differences.map(({ where }) => where)]),
    [
      ["different", "c", ["OBX[1]-5"]],
      ["missing", "d", []],
      ["unexpected", "r4", []],
    ],
  );
});

test("two runs are told apart by figures, by messages acknowledged otherwise, and by what came out otherwise", () => {
  const answer = (controlId: string, code: string, tookMs: number): Answer => ({
    name: controlId,
    controlId,
    outcome: code === "AA" ? "accepted" : "refused",
    code,
    sentMs: 0,
    tookMs,
  });
  const run = (answers: readonly Answer[], value: string): WholeRun => ({
    answers,
    run: {
      settings: {
        target: { by: "http", url: "http://127.0.0.1/" },
        traffic: { by: "day", date: "2026-11-20", seed: 1, patients: 3 },
        pace: { by: "acknowledged" },
        connections: 1,
      },
      summary: summaryOf(3, answers, 1_000),
      comparison: compareOutputs(
        [{ name: "a", body: out() }],
        [{ name: "r", body: out({ obx: [`OBX|1|NM|K||${value}|mmol/L`] }) }],
        masks,
      ),
    },
  });
  const first = run([answer("M1", "AA", 5), answer("M2", "AA", 5)], "4.1");
  const second = run([answer("M2", "AE", 9), answer("M1", "AA", 9), answer("M3", "AA", 9)], "4.2");
  const differences = compareRuns(first, second);
  assert.equal(differences.isSameTraffic, true);
  assert.deepEqual(differences.answers, [
    { name: "M2", controlId: "M2", first: "AA", second: "AE" },
    { name: "M3", controlId: "M3", second: "AA" },
  ]);
  assert.deepEqual(
    differences.broken.map(({ name }) => name),
    ["a"],
  );
  assert.deepEqual(differences.mended, []);
  const changed = differences.figures.filter((figure) => figure.first !== figure.second).map(({ name }) => name);
  assert.ok(changed.includes("Refused") && changed.includes("Came out different"));
});
