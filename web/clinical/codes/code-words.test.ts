import assert from "node:assert/strict";
import { test } from "node:test";
import { senderText, systemName } from "./code-words.ts";

test("a sender reads as on the pages of messages", () => {
  assert.equal(senderText("BIOLIMS|CGH-LAB"), "BIOLIMS at CGH-LAB");
});

test("a sender that names only its facility is that facility", () => {
  assert.equal(senderText("|CGH-LAB"), "CGH-LAB");
});

test("a system without a name that people use is its address", () => {
  assert.equal(systemName("http://loinc.org"), "LOINC");
  assert.equal(systemName("http://terminology.hl7.org/CodeSystem/v2-0371"), "HL7 v2-0371");
  assert.equal(systemName("http://hl7.org/fhir/administrative-gender"), "FHIR administrative-gender");
  assert.equal(systemName("urn:oid:1.2.3"), "urn:oid:1.2.3");
});
