import assert from "node:assert/strict";
import { test } from "node:test";
import { chosenMeaning, systemsFor } from "./meaning.ts";

const potassium = { system: "http://loinc.org", code: "2823-3", display: "Potassium", why: "words fit" };
const nothing = { system: "http://loinc.org", code: " " };

test("a chosen suggestion is proposed as a code, without the reason it was suggested", () => {
  const { why: _, ...code } = potassium;
  assert.deepEqual(chosenMeaning("suggestion-0", [potassium], nothing), code);
});

test("a suggestion that is no longer there is nothing to propose", () => {
  assert.equal(chosenMeaning("suggestion-1", [potassium], nothing), undefined);
});

test("a typed code counts from its first letter, and its name may be left out", () => {
  assert.equal(chosenMeaning("typed", [], nothing), undefined);
  assert.deepEqual(chosenMeaning("typed", [], { ...nothing, code: " 2823-3 ", display: " " }), {
    system: "http://loinc.org",
    code: "2823-3",
  });
});

test("that there is no other code is a proposal of its own", () => {
  assert.equal(chosenMeaning("none", [potassium], nothing), "none");
});

test("a unit means a unit of UCUM and nothing else", () => {
  assert.deepEqual(systemsFor("OBX-6"), ["http://unitsofmeasure.org"]);
  assert.equal(systemsFor("OBX-3").length, 2);
});
