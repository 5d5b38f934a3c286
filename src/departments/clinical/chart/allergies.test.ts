/** "No allergies recorded" and "No known allergies" are different facts. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { AllergyIntolerance } from "#standards/fhir";
import { allergiesOf } from "./allergies.ts";

const clinical = (code: string) => ({ coding: [{ code }] });

function anAllergy(overrides: Partial<AllergyIntolerance> = {}): AllergyIntolerance {
  return {
    resourceType: "AllergyIntolerance",
    id: "penicillin",
    clinicalStatus: clinical("active"),
    verificationStatus: { coding: [{ code: "confirmed", display: "Confirmed" }] },
    code: { text: "Penicillin" },
    patient: { reference: "Patient/osei" },
    reaction: [{ manifestation: [{ text: "Anaphylaxis" }] }],
    ...overrides,
  };
}

const noneKnown = anAllergy({
  id: "none",
  code: { coding: [{ system: "http://snomed.info/sct", code: "716186003" }] },
});

test("nothing in the record is said to be unrecorded, and not none", () => {
  assert.deepEqual(allergiesOf([]), { state: "unrecorded", text: "No allergies recorded" });
});

test("no known allergies is said where somebody recorded it", () => {
  assert.deepEqual(allergiesOf([noneKnown]), { state: "none-known", text: "No known allergies" });
});

test("an allergy outweighs a none known, and the dangerous come first", () => {
  const latex = anAllergy({ id: "latex", code: { text: "Latex" }, criticality: "high" });
  const found = allergiesOf([noneKnown, anAllergy(), latex]);
  assert.equal(found.state, "listed");
  assert.equal(found.text, "Latex, Penicillin");
  assert.deepEqual(found.state === "listed" && found.list[1], {
    id: "penicillin",
    substance: "Penicillin",
    reactions: ["Anaphylaxis"],
    status: "Confirmed",
  });
});

test("refuted, mistaken and resolved ones no longer hold", () => {
  const refuted = anAllergy({ verificationStatus: clinical("refuted") });
  const mistaken = anAllergy({ verificationStatus: clinical("entered-in-error") });
  const resolved = anAllergy({ clinicalStatus: clinical("resolved") });
  assert.equal(allergiesOf([refuted, mistaken, resolved]).state, "unrecorded");
});

test("no known drug allergy is not no allergy", () => {
  const noDrug = anAllergy({ code: { text: "No known drug allergy", coding: [{ code: "409137002" }] } });
  assert.deepEqual(allergiesOf([noDrug]).text, "No known drug allergy");
});
