import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { FieldView, SegmentView } from "#departments/clinical/api";
import { leavesOf } from "./leaves.ts";

const sex: FieldView = {
  where: "PID-8",
  number: 8,
  title: "Administrative Sex",
  raw: "F",
  text: "F",
  components: [],
  isNull: false,
  outcome: { is: "mapped", element: "Patient.gender" },
};

const name: FieldView = {
  where: "PID-5",
  number: 5,
  title: "Patient Name",
  raw: "OSEI^ADAEZE",
  isNull: false,
  components: [
    { where: "PID-5.1", title: "Family Name", text: "OSEI", isNull: false },
    { where: "PID-5.2", title: "Given Name", text: "ADAEZE", isNull: false },
  ],
};

describe("The values of a message", () => {
  it("are its fields, and the components of those that have any, in their order", () => {
    const pid: SegmentView = { name: "PID", where: "PID", fields: [name, sex] };
    assert.deepEqual(leavesOf([pid]), [
      { where: "PID-5.1", title: "Patient Name: Family Name", text: "OSEI" },
      { where: "PID-5.2", title: "Patient Name: Given Name", text: "ADAEZE" },
      { where: "PID-8", title: "Administrative Sex", text: "F", outcome: { is: "mapped", element: "Patient.gender" } },
    ]);
  });
});
