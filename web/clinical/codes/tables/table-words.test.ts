import assert from "node:assert/strict";
import { test } from "node:test";
import { overriddenText, ownTitle, tableTitle, whoseRow } from "./table-words.ts";

const sex = { name: "AdministrativeSex", table: "HL70001", system: "", rows: 6, uses: [], isOpen: true };
const row = { kind: "guide", table: "AdministrativeSex", code: "W", layer: "official" } as const;

test("a table is named in words, with its number where it has one", () => {
  assert.equal(tableTitle("AdministrativeSex", [sex]), "Administrative sex (HL7 0001)");
  assert.equal(tableTitle("AllergySeverity[reaction.severity]", []), "Allergy severity: reaction.severity");
  assert.deepEqual(["units", "L", "PBCL"].map(ownTitle), ["Units (OBX-6)", "Local codes", "Codes of PBCL"]);
});

test("a row says for whom it counts, and for whom it does not", () => {
  assert.equal(whoseRow({ kind: "guide", links: ["lab", "blood"] }), "lab, blood");
  assert.equal(whoseRow({ kind: "own" }), "every sender");
  assert.equal(overriddenText({ ...row, overriddenBy: [] }), undefined);
  assert.equal(overriddenText({ ...row, overriddenBy: [{ layer: "sender", who: "lab" }] }), "not for lab");
  assert.equal(overriddenText({ ...row, overriddenBy: [{ layer: "trust" }] }), "not used: the trust says otherwise");
});
