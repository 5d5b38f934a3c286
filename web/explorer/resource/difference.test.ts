import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { differences } from "./difference.ts";

const potassium = {
  resourceType: "Observation",
  meta: { versionId: "1", lastUpdated: "2026-11-22T08:10:00Z" },
  status: "final",
  code: { coding: [{ system: "http://loinc.org", code: "2823-3" }] },
  valueQuantity: { value: 6.1, unit: "mmol/L" },
  note: [{ text: "Haemolysed." }, { text: "Telephoned." }],
};

const told = (before: unknown, after: unknown) =>
  differences(before, after).map(({ is, path, type }) => `${is} ${path}${type === "" ? "" : ` (${type})`}`);

describe("The difference between two versions", () => {
  it("is nothing where only the version is another", () => {
    const again = { ...potassium, meta: { versionId: "2", lastUpdated: "2026-11-22T09:10:00Z" } };
    assert.deepEqual(differences(potassium, again), []);
  });

  it("names what changed, deep inside, in R4's order and with its type", () => {
    const corrected = { ...potassium, valueQuantity: { unit: "mmol/L", value: 6.8 }, status: "corrected" };
    assert.deepEqual(told(potassium, corrected), ["changed status (code)", "changed valueQuantity.value (decimal)"]);
    assert.deepEqual(differences(potassium, corrected)[1], {
      is: "changed",
      path: "valueQuantity.value",
      type: "decimal",
      before: 6.1,
      after: 6.8,
    });
  });

  it("keeps equal items of a list together when one is put between them", () => {
    const noted = { ...potassium, note: [{ text: "Haemolysed." }, { text: "Repeat." }, { text: "Telephoned." }] };
    assert.deepEqual(told(potassium, noted), ["added note[1] (Annotation)"]);
    assert.deepEqual(told(noted, potassium), ["removed note[1] (Annotation)"]);
  });

  it("compares the items of a list that are not equal in their order", () => {
    const noted = { ...potassium, note: [{ text: "Not haemolysed." }, { text: "Telephoned." }] };
    assert.deepEqual(told(potassium, noted), ["changed note[0].text (markdown)"]);
  });

  it("tells a choice of another type as one taken away and one added", () => {
    const { valueQuantity: _, ...rest } = potassium;
    const other = { ...rest, valueString: "not measured" };
    assert.deepEqual(told(potassium, other).toSorted(), [
      "added valueString (string)",
      "removed valueQuantity (Quantity)",
    ]);
  });

  it("takes members in another order for the same", () => {
    const { status, ...rest } = potassium;
    assert.deepEqual(differences(potassium, { ...rest, status }), []);
  });
});
