import assert from "node:assert/strict";
import { test } from "node:test";
import { aliasesOf, currentPatientKey, laneKeyOf } from "./aliases.ts";
import type { PatientMerge } from "./patient-merge.ts";

function given(up: string, forWhom: string, state: PatientMerge["state"] = "merged"): PatientMerge {
  const patient = (value: string) => ({ reference: `Patient/${value}`, numbers: [{ system: "urn:m", value }] });
  const told = { recordedAt: "2026-11-23T10:00:00Z", message: "LinkMessage/1", event: "A40", steps: 1, moved: 1 };
  return { ...told, state, discarded: patient(up), survivor: patient(forWhom) };
}

test("a key of a number that was given up is that of the number at the end of the chain", () => {
  const aliases = aliasesOf([given("H3", "H2"), given("H2", "H1")]);
  assert.equal(currentPatientKey("urn:m|H3", aliases), "urn:m|H1");
  assert.equal(currentPatientKey("urn:m|H1", aliases), "urn:m|H1");
  assert.equal(currentPatientKey("urn:m|H8", aliases), "urn:m|H8");
});

test("what was queued before a merge and what comes after it are in one lane", () => {
  const aliases = aliasesOf([given("H2", "H1")]);
  const lane = (patientKey: string) => laneKeyOf({ destination: "gp", patientKey }, aliases);
  assert.equal(lane("urn:m|H2"), lane("urn:m|H1"));
  assert.notEqual(lane("urn:m|H2"), lane("urn:m|H5"));
});

test("a merge that was undone leads nowhere", () => {
  assert.equal(currentPatientKey("urn:m|H2", aliasesOf([given("H2", "H1", "undone")])), "urn:m|H2");
});

test("numbers that lead in a ring end somewhere", () => {
  const aliases = aliasesOf([given("H2", "H1"), given("H1", "H2")]);
  assert.ok(["urn:m|H1", "urn:m|H2"].includes(currentPatientKey("urn:m|H1", aliases)));
});
