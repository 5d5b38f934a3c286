/** What is unusual about who looked: rules as data, in `rules.ts`. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { instant } from "#kernel";
import { judge, type Look, plainName } from "./judge.ts";
import { type Deed, Usual } from "./usual.ts";

const look: Look = {
  personName: "Dr Ingrid Lindqvist",
  patientName: { given: "Abena", family: "Osei" },
  isFlagged: false,
  staffNames: new Set(["ingrid lindqvist", "marta kelly"]),
  timesUsual: 0,
  hourPerCent: 40,
};

const cases: readonly (readonly [what: string, change: Partial<Look>, rules: readonly string[]])[] = [
  ["one patient of many", {}, []],
  ["one's own record", { patientName: { given: "Ingrid", family: "Lindqvist" } }, ["own-record"]],
  ["somebody of the same surname", { patientName: { given: "Olof", family: "LINDQVIST" } }, ["same-surname"]],
  ["a surname that only ends alike", { patientName: { given: "Olof", family: "qvist" } }, []],
  ["a colleague", { patientName: { given: "Marta", family: "Kelly" } }, ["colleague"]],
  ["a record with a mark", { isFlagged: true }, ["flagged-patient"]],
  ["three times the usual number", { timesUsual: 3.04 }, ["unusual-volume"]],
  ["twice the usual number", { timesUsual: 2 }, []],
  ["an unusual hour alone is too little", { hourPerCent: 0.2 }, []],
  ["an unusual hour adds to the rest", { hourPerCent: 0.2, isFlagged: true }, ["flagged-patient", "unusual-hour"]],
  ["an hour of somebody hardly known", { hourPerCent: undefined, isFlagged: true }, ["flagged-patient"]],
  ["a patient without a name", { patientName: { given: "", family: "" } }, []],
];

describe("a look at a record", () => {
  for (const [what, change, rules] of cases) {
    it(what, () => {
      assert.deepEqual(
        judge({ ...look, ...change }).map(({ rule }) => rule),
        rules,
      );
    });
  }

  it("compares names without titles, accents and signs", () => {
    assert.equal(plainName("Dr. Zoë  O'Neill"), "zoe oneill");
  });
});

describe("what is usual", () => {
  const deed = (day: number, patient: number, hour = 10): Deed => ({
    person: "User/1",
    role: "doctor",
    day: `2026-03-${String(day).padStart(2, "0")}`,
    hour,
    patients: [`Patient/${patient}`],
    at: instant(0),
  });

  it("is learnt from the days before, and a patient counts once a day", () => {
    const usual = new Usual();
    for (let day = 1; day <= 5; day += 1) for (let one = 0; one < 40; one += 1) usual.add(deed(day, one % 20));
    for (let one = 0; one < 80; one += 1) usual.add(deed(6, one));
    assert.equal(usual.timesUsual(deed(6, 0)), 4);
    assert.equal(usual.hourPerCent(deed(6, 0, 3)), 0);
    assert.equal(usual.hourPerCent(deed(6, 0, 11)), 100);
  });

  it("says nothing of somebody who is new, or looks at few", () => {
    const usual = new Usual();
    for (let one = 0; one < 50; one += 1) usual.add(deed(1, one));
    assert.equal(usual.timesUsual(deed(1, 0)), 0);
    assert.equal(usual.hourPerCent(deed(1, 0, 3)), undefined);
  });
});
