/** What a resource is found by. FHIR R4 §3.1.1.4. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { JsonObject } from "#kernel";
import { fhirKinds, indexEntriesOf } from "./kinds.ts";

const keysOf = (type: string, body: JsonObject) => indexEntriesOf(type, { resourceType: type, ...body }).keys;

describe("the keys of a resource", () => {
  type Case = readonly [what: string, type: string, body: JsonObject, ...keys: string[]];
  const cases: readonly Case[] = [
    [
      "a code with and without its system",
      "Patient",
      { identifier: [{ system: "urn:a", value: "1" }] },
      "identifier=1",
      "identifier=urn:a|1",
    ],
    ["a code of no system", "Patient", { identifier: [{ value: "1" }] }, "identifier=1", "identifier=|1"],
    ["all codes of a system", "Patient", { identifier: [{ system: "urn:a", value: "1" }] }, "identifier=urn:a|"],
    ["a code whose system its element says", "Patient", { gender: "female" }, "gender=female"],
    [
      "an identifier with its type",
      "Patient",
      { identifier: [{ type: { coding: [{ system: "urn:t", code: "MR" }] }, value: "1" }] },
      "identifier:of-type=urn:t|MR|1",
    ],
    [
      "the identifier of what a reference points at",
      "Observation",
      { subject: { identifier: { system: "urn:a", value: "1" } } },
      "subject:identifier=urn:a|1",
    ],
    [
      "a canonical with and without its version",
      "QuestionnaireResponse",
      { questionnaire: "http://a/q|2" },
      "questionnaire=http://a/q|2",
      "questionnaire=http://a/q",
    ],
  ];
  for (const [what, type, body, ...expected] of cases) {
    it(`are ${what}`, () => {
      const keys = keysOf(type, body);
      for (const key of expected) assert.ok(keys.includes(key), `${key} among ${keys.join(" ")}`);
    });
  }

  it("of a reference stand by themselves, those to a patient under `patient` alone", () => {
    const { references } = indexEntriesOf("Observation", { subject: { reference: "Patient/1" } });
    assert.deepEqual(references, ["patient=Patient/1"]);
    const ofGroup = indexEntriesOf("Observation", { subject: { reference: "Group/1" } });
    assert.deepEqual(ofGroup.references, ["subject=Group/1"]);
  });

  it("are not made twice for parameters that hold the same values", () => {
    const keys = keysOf("Observation", { code: { coding: [{ code: "718-7" }] } });
    assert.deepEqual(keys, ["code=718-7", "code=|718-7"]);
  });

  it("keep a text normalised and as it was written", () => {
    const { texts } = indexEntriesOf("Patient", { name: [{ family: "Ōsei" }] });
    assert.deepEqual(texts, [
      { parameter: "name", text: "osei", written: "Ōsei" },
      { parameter: "family", text: "osei", written: "Ōsei" },
    ]);
  });

  it("of an identifier with a bar in it are not those of another system's", () => {
    const keys = keysOf("Patient", { identifier: [{ value: "urn:a|1" }] });
    assert.ok(!keys.includes("identifier=urn:a|1"));
  });

  it("hold neither id nor time, which the record knows itself", () => {
    const { keys, dates } = indexEntriesOf("Patient", { id: "1", meta: { lastUpdated: "2026-03-02T09:00:00Z" } });
    assert.deepEqual([keys.filter((key) => key.startsWith("_")), dates], [[], []]);
  });
});

describe("the kinds", () => {
  it("are all types of R4 but the AuditEvent, which has a log of its own", () => {
    assert.equal(fhirKinds.length, 145);
    assert.ok(!fhirKinds.some(({ kind }) => kind === "AuditEvent"));
  });
});
