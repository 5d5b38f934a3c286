import assert from "node:assert/strict";
import { test } from "node:test";
import type { CodeableConcept } from "#standards/fhir";
import { interpretation, isAbnormal, worstAbnormal } from "./interpretation.ts";

const flag = (code: string, display?: string): CodeableConcept => ({
  coding: [
    {
      system: "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation",
      code,
      ...(display ? { display } : {}),
    },
  ],
});

test("a flag keeps its letters and gets words, a tone and a direction", () => {
  assert.deepEqual(interpretation([flag("HH")]), {
    code: "HH",
    text: "Critically high",
    tone: "critical",
    direction: "high",
  });
  assert.deepEqual(interpretation([flag("R")]), { code: "R", text: "Resistant", tone: "resistant" });
  assert.deepEqual(interpretation([flag("N")]), { code: "N", text: "Normal", tone: "normal" });
});

test("a flag of the laboratory's own keeps its own words and is not called normal", () => {
  assert.deepEqual(interpretation([flag("QX", "See comment")]), { code: "QX", text: "See comment", tone: "unknown" });
  assert.deepEqual(interpretation([{ text: "*" }]), { code: "*", text: "*", tone: "unknown" });
});

test("of several flags the gravest leads and none is lost", () => {
  assert.equal(interpretation([flag("H"), flag("AA")])?.code, "AA");
  assert.equal(interpretation([flag("H"), flag("AA")])?.text, "Critically abnormal, High");
  assert.equal(interpretation([]), undefined);
});

test("the worst of a panel is its gravest abnormal flag; normal and susceptible are none", () => {
  const flags = ["N", "L", "HH", "S"].map((code) => interpretation([flag(code)]));
  assert.equal(worstAbnormal(flags)?.code, "HH");
  assert.equal(worstAbnormal([interpretation([flag("N")]), interpretation([flag("R")]), undefined]), undefined);
  assert.equal(isAbnormal(interpretation([flag("L")])), true);
  assert.equal(isAbnormal(interpretation([flag("POS")])), false);
});
