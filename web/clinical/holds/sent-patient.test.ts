import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { PatientRow } from "#departments/clinical/api";
import { differences } from "./sent-patient.ts";

const osei: PatientRow = {
  id: "osei",
  name: "OSEI, Adaeze (Mrs)",
  born: { date: "1961-03-12", text: "12-Mar-1961" },
  gender: { text: "Female" },
  nhsNumber: { digits: "9990001234", text: "999 000 1234", valid: true },
  active: true,
};

describe("What a message says of its patient, beside the record", () => {
  it("differs in family name, date of birth and NHS number, and in nothing where they agree", () => {
    const sent = { name: "OSEI, A", born: "1961-03-12", nhsNumber: "999 000 1234", hospitalNumbers: [] };
    assert.deepEqual([...differences(sent, osei)], []);
    const other = { name: "ADEYEMI, Baby", born: "2026-11-20", nhsNumber: "999 000 0019", hospitalNumbers: [] };
    assert.deepEqual([...differences(other, osei)], ["name", "born", "nhsNumber"]);
  });

  it("does not differ in what it does not state", () => {
    assert.deepEqual([...differences({ hospitalNumbers: ["H1"] }, osei)], []);
  });
});
