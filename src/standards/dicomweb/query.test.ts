import assert from "node:assert/strict";
import { test } from "node:test";
import { limits } from "#kernel";
import { parseQuery } from "./query.ts";

// DICOM PS3.18 §8.3.4 (search parameters), PS3.4 §C.2.2.2 (matching).

const queryOf = (text: string) => {
  const query = parseQuery(new URLSearchParams(text));
  assert.ok(query.ok, query.ok ? "" : query.problems[0].message);
  return query.value;
};
const testOf = (text: string) => queryOf(text).match[0]?.test;
const refusal = (text: string) => {
  const query = parseQuery(new URLSearchParams(text));
  return query.ok ? undefined : query.problems.map(({ code, message }) => `${code}: ${message}`).join(" ");
};

const matches: readonly (readonly [string, unknown])[] = [
  ["PatientID=0042", { is: "one-of", values: ["0042"] }],
  ["PatientName=Müller*", { is: "wildcard", pattern: "Müller*" }],
  ["00100010=山田*", { is: "wildcard", pattern: "山田*" }],
  ["PatientName=*", undefined],
  ["PatientName=", undefined],
  ['PatientName=""', { is: "empty" }],
  ["StudyInstanceUID=1.2,1.3", { is: "one-of", values: ["1.2", "1.3"] }],
  ["StudyInstanceUID=1.2\\1.3", { is: "one-of", values: ["1.2", "1.3"] }],
  ["ModalitiesInStudy=CT\\MR", { is: "one-of", values: ["CT", "MR"] }],
  ["StudyDate=20260101-20260131", { is: "range", from: "20260101", to: "20260131" }],
  ["StudyDate=-20260131", { is: "range", to: "20260131" }],
  ["StudyDate=20260101-", { is: "range", from: "20260101" }],
  ["StudyDate=2026.01.02", { is: "one-of", values: ["20260102"] }],
  ["StudyTime=10-1130", { is: "range", from: "10", to: "1130" }],
  ["AcquisitionDateTime=2026-2027", { is: "range", from: "2026", to: "2027" }],
  ["AcquisitionDateTime=20260101120000-0500-", { is: "range", from: "20260101120000-0500" }],
  ["Rows=512", { is: "one-of", values: ["512"] }],
  ["StudyID=a,b", { is: "one-of", values: ["a,b"] }],
];

for (const [text, expected] of matches) {
  test(`${text} is ${JSON.stringify(expected) ?? "matched by everything"}`, () => {
    assert.deepEqual(testOf(text), expected);
  });
}

test("an attribute of a sequence is named by its path, in keywords and tags", () => {
  const [match] = queryOf("RequestAttributesSequence.00400009=SPS1").match;
  assert.deepEqual(match, { path: [0x0040_0275, 0x0040_0009], test: { is: "one-of", values: ["SPS1"] } });
});

test("what is matched or named is included, from lists and repeated; all of it where that is asked for", () => {
  assert.deepEqual(
    queryOf("PatientName=&includefield=StudyDescription,00081030&includefield=Rows").include,
    [0x0010_0010, 0x0008_1030, 0x0028_0010],
  );
  assert.equal(queryOf("includefield=all").include, "all");
});

test("limit and offset are taken; our own limit holds where the caller's is greater or wanting", () => {
  assert.deepEqual(
    [queryOf("limit=5&offset=10"), queryOf(""), queryOf("limit=99999999")].map(({ limit, offset, isLimitOurs }) => [
      limit,
      offset,
      isLimitOurs,
    ]),
    [
      [5, 10, false],
      [limits.queryRowsMax, 0, true],
      [limits.queryRowsMax, 0, true],
    ],
  );
});

const refusals: readonly (readonly [string, RegExp])[] = [
  ["PatientNmae=x", /^attribute-unknown: .*Did you mean PatientName\?$/],
  ["patientname=x", /Did you mean PatientName\?/],
  ["limt=5", /Did you mean limit\?/],
  ["includefield=StudyDescripton", /Did you mean StudyDescription\?/],
  ["Wibblewobble=x", /^attribute-unknown: Wibblewobble is no attribute of DICOM, nor a parameter of this request\.$/],
  ["00100099=x", /^attribute-unknown/],
  ["PatientName.StudyDate=x", /^attribute-path-invalid/],
  ["RequestAttributesSequence=x", /^attribute-not-matched/],
  ["StudyDate=yesterday", /^value-invalid/],
  ["StudyInstanceUID=1.2*", /^value-invalid/],
  ["PatientName=a*\\b", /^value-invalid/],
  ["PatientID=1&00100020=2", /^attribute-repeated/],
  ["limit=-1", /^parameter-invalid/],
  ["fuzzymatching=yes", /^parameter-invalid/],
  ["PatientNmae=x&StudyDate=y", /attribute-unknown.*value-invalid/],
];

for (const [text, expected] of refusals) {
  test(`${text} is refused with the reason`, () => {
    assert.match(refusal(text) ?? "", expected);
  });
}
