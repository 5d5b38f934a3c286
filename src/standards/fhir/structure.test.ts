/** Source: FHIR R4 §2.6.2 (JSON representation), §2.24 (datatypes), and the structure definitions of the types used. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { isJsonObject, type JsonObject, limits } from "#kernel";
import { testData } from "../../../test/data.ts";
import type { Encounter, Observation, Patient } from "./generated/types.ts";
import { checkResource } from "./structure.ts";

/** Each problem as `code where`. */
function found(json: unknown): readonly string[] {
  return checkResource(json).map((problem) => `${problem.code} ${problem.where}`);
}

const mrsOsei: Patient = {
  resourceType: "Patient",
  id: "osei",
  name: [{ use: "official", family: "Osei", given: ["Abena", "Rose"], _given: [null, { id: "second" }] }],
  birthDate: "1961-05",
  _birthDate: { extension: [{ url: "http://example.org/registered", valueBoolean: true }] },
  deceasedBoolean: false,
  contact: [{ gender: "male", relationship: [{ text: "Son" }] }],
  communication: [{ language: { text: "Twi" } }],
  contained: [{ resourceType: "Organization", id: "o", name: "Leeds General" }],
};

function changed(fields: JsonObject): JsonObject {
  return { ...mrsOsei, ...fields };
}

test("a right resource has no problems", () => {
  assert.deepEqual(checkResource(mrsOsei), []);
});

test("what is no resource of R4 is refused as a whole", () => {
  assert.deepEqual(found("Patient"), ["wrong-json-type Resource"]);
  assert.deepEqual(found(null), ["wrong-json-type Resource"]);
  assert.deepEqual(found({ id: "1" }), ["unknown-resource-type Resource"]);
  assert.deepEqual(found({ resourceType: "Pateint" }), ["unknown-resource-type Resource"]);
  assert.deepEqual(found({ resourceType: "DomainResource" }), ["unknown-resource-type Resource"]);
  assert.deepEqual(found({ resourceType: "HumanName" }), ["unknown-resource-type Resource"]);
});

test("a problem says where it is, in FHIRPath, and what is expected, in a sentence", () => {
  assert.deepEqual(checkResource(changed({ contact: [{ gender: "man" }] })), [
    {
      category: "incorrect",
      code: "code-not-in-value-set",
      message: "gender must be one of male, female, other, unknown.",
      where: "Patient.contact[0].gender",
    },
  ]);
});

test("elements that R4 does not have are refused, at any depth", () => {
  assert.deepEqual(found(changed({ height: 170 })), ["unknown-element Patient.height"]);
  assert.deepEqual(found(changed({ name: [{ surname: "Osei" }] })), [
    "unknown-element Patient.name[0].surname",
    "empty-value Patient.name[0]",
  ]);
  assert.deepEqual(found(changed({ contained: [{ resourceType: "Organization", gender: "male" }] })), [
    "unknown-element Patient.contained[0].gender",
  ]);
  assert.deepEqual(found(JSON.parse('{"resourceType":"Patient","__proto__":{"a":1},"a b":1}')), [
    "unknown-element Patient",
    "unknown-element Patient",
  ]);
});

test("required elements must be there, or be explained by an extension", () => {
  const pulse = { resourceType: "Observation", code: { text: "Pulse" } };
  assert.deepEqual(found(pulse), ["required-element-missing Observation.status"]);
  assert.deepEqual(
    found({ ...pulse, _status: { extension: [{ url: "http://example.org/why", valueCode: "x" }] } }),
    [],
  );
  assert.deepEqual(found(changed({ communication: [{ preferred: true }] })), [
    "required-element-missing Patient.communication[0].language",
  ]);
  assert.deepEqual(
    found({ resourceType: "MedicationRequest", status: "active", intent: "order", subject: { display: "x" } }),
    ["required-element-missing MedicationRequest.medication"],
  );
});

test("an array where one value is allowed, and one value where an array is, are refused", () => {
  assert.deepEqual(found(changed({ birthDate: ["1961"] })), ["wrong-json-type Patient.birthDate"]);
  assert.deepEqual(found(changed({ name: { family: "Osei" } })), ["wrong-json-type Patient.name"]);
  assert.deepEqual(found(changed({ managingOrganization: [{ display: "x" }] })), [
    "wrong-json-type Patient.managingOrganization",
  ]);
});

test("a choice of types has one value; its sibling with extensions does not count", () => {
  assert.deepEqual(found(changed({ deceasedDateTime: "2024" })), ["choice-given-twice Patient.deceased"]);
  assert.deepEqual(found(changed({ _deceasedBoolean: { id: "d" } })), []);
  const observation: Observation = {
    resourceType: "Observation",
    status: "final",
    code: { text: "Note" },
    valueString: "x",
  };
  assert.deepEqual(found({ ...observation, valueQuantity: { value: "4" } }), [
    "wrong-json-type Observation.value.ofType(Quantity).value",
    "choice-given-twice Observation.value",
  ]);
});

test("nothing may be empty or null", () => {
  assert.deepEqual(found(changed({ name: [] })), ["empty-value Patient.name"]);
  assert.deepEqual(found(changed({ name: [{}] })), ["empty-value Patient.name[0]"]);
  assert.deepEqual(found(changed({ birthDate: "" })), ["empty-value Patient.birthDate"]);
  assert.deepEqual(found(changed({ birthDate: null })), ["wrong-json-type Patient.birthDate"]);
  assert.deepEqual(found(changed({ maritalStatus: null })), ["wrong-json-type Patient.maritalStatus"]);
  assert.deepEqual(found(changed({ name: [{ given: ["Abena", null] }] })), [
    "wrong-json-type Patient.name[0].given[1]",
  ]);
  assert.deepEqual(found(changed({ name: [{ given: [null], _given: [null] }] })), [
    "wrong-json-type Patient.name[0].given[0]",
    "wrong-json-type Patient.name[0].given[0]",
  ]);
});

test("primitives keep to the formats of their types", () => {
  const wrong: readonly (readonly [string, unknown, string])[] = [
    ["id", "osei/1", "wrong-format"],
    ["id", "x".repeat(65), "wrong-format"],
    ["active", "true", "wrong-json-type"],
    ["birthDate", "1961-02-30", "wrong-format"],
    ["birthDate", "1961-02-03T00:00:00Z", "wrong-format"],
    ["implicitRules", "a b", "wrong-format"],
    ["language", " en", "wrong-format"],
    ["gender", 1, "wrong-json-type"],
    ["multipleBirthInteger", 1.5, "wrong-format"],
  ];
  for (const [name, value, code] of wrong) {
    assert.equal(checkResource({ resourceType: "Patient", [name]: value })[0]?.code, code, `${name} ${value}`);
  }
  const instant = (lastUpdated: string): number =>
    checkResource({ resourceType: "Patient", meta: { lastUpdated } }).length;
  assert.equal(instant("2026-01-01T10:00:00.123+01:00"), 0);
  assert.equal(instant("2026-01-01T10:00:00"), 1);
  assert.equal(instant("2026-01-01T10:00Z"), 1);
  const photo = (data: string): number => checkResource({ resourceType: "Patient", photo: [{ data }] }).length;
  assert.equal(photo("AAEC AwQ=\n"), 0);
  assert.equal(photo("AAECAwQ"), 1);
  assert.equal(photo("AA=CAwQ="), 1);
});

test("an element that is repeated by reference is checked like the original", () => {
  const encounter: Encounter = { resourceType: "Encounter", status: "finished", class: { code: "AMB" } };
  assert.deepEqual(found(encounter), []);
  const item = { linkId: "1", type: "group", item: [{ linkId: "1.1", type: "grupo" }] };
  assert.deepEqual(found({ resourceType: "Questionnaire", status: "draft", item: [item] }), [
    "code-not-in-value-set Questionnaire.item[0].item[0].type",
  ]);
});

test("entries of a Bundle are checked as resources", () => {
  const bundle = {
    resourceType: "Bundle",
    type: "collection",
    entry: [{ resource: mrsOsei }, { resource: { id: "x" } }],
  };
  assert.deepEqual(found(bundle), ["unknown-resource-type Bundle.entry[1].resource"]);
});

test("depth and the number of problems are bounded", () => {
  let item: JsonObject = { linkId: "x", type: "group" };
  for (let depth = 0; depth < 5_000; depth += 1) item = { linkId: "x", type: "group", item: [item] };
  const problems = checkResource({ resourceType: "Questionnaire", status: "draft", item: [item] });
  assert.deepEqual(
    problems.map((problem) => problem.code),
    ["too-deep"],
  );
  const names = Array.from({ length: 1_000 }, () => ({ surname: "x" }));
  assert.equal(checkResource({ resourceType: "Patient", name: names }).length, limits.resourceProblemsMax);
});

test("any JSON is answered with problems, never with a throw, and no problem repeats a value", () => {
  const name = fc.constantFrom(
    "name",
    "gender",
    "contact",
    "extension",
    "value",
    "valueString",
    "_given",
    "given",
    "id",
  );
  const json = fc.letrec((tie) => ({
    value: fc.oneof(fc.constant("secret"), fc.constant(null), fc.double(), fc.boolean(), tie("list"), tie("object")),
    list: fc.array(tie("value"), { maxLength: 3 }),
    object: fc.dictionary(name, tie("value"), { maxKeys: 4 }),
  })).object;
  fc.assert(
    fc.property(json, (object) => {
      const problems = checkResource({ ...(object as JsonObject), resourceType: "Patient" });
      assert.doesNotMatch(JSON.stringify(problems), /secret/);
    }),
    { seed: 7, numRuns: 2_000 },
  );
});

const validatorCases = testData("validator");

test("nothing that the reference validator accepts is refused", { skip: validatorCases.skip }, () => {
  const cases: unknown = JSON.parse(readFileSync(join(validatorCases.path, "cases.json"), "utf8"));
  assert.ok(Array.isArray(cases));
  // One case passes only by an option that leaves contained resources unlooked at; two are JSON with comments.
  const setAside = new Set(["contained-resource.json", "json-comments-1.json", "json-comments-2.json"]);
  const accepted = cases.filter(
    (item) => isJsonObject(item) && item.valid === true && !setAside.has(String(item.file)),
  );
  assert.ok(accepted.length > 80);
  for (const { file } of accepted) {
    const text = readFileSync(join(validatorCases.path, "resources", String(file)), "utf8");
    assert.deepEqual(checkResource(JSON.parse(text)), [], String(file));
  }
});
