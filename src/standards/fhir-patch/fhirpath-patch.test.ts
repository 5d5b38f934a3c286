// Source: FHIR R4 §3.1.0.6.1 (FHIRPath Patch). The published cases run in test/conformance/fhir-patch.ts.
import assert from "node:assert/strict";
import test from "node:test";
import { expectOk, type Json, type JsonObject, limits, type Result, writtenNumbers, writtenNumbersOf } from "#kernel";
import { applyFhirPathPatch } from "./fhirpath-patch.ts";

const osei: JsonObject = {
  resourceType: "Patient",
  birthDate: "1950",
  _birthDate: { id: "b" },
  name: [{ family: "Osei", given: ["Abena", null, "Ama"], _given: [null, { id: "g" }, { id: "h" }] }],
  contact: [{ name: { text: "Kofi" } }],
  contained: [{ resourceType: "Organization", id: "o", name: "Ward 7" }],
};

type Part = JsonObject;

/** An operation: texts, positions and a value, each as a part. */
function operation(members: Readonly<Record<string, Json>>): JsonObject {
  const part = Object.entries(members).map(([name, value]): Part => {
    if (name === "value") return { name, ...(value as JsonObject) };
    if (typeof value === "number") return { name, valueInteger: value };
    return name === "type" ? { name, valueCode: value } : { name, valueString: value };
  });
  return { name: "operation", part };
}

function patch(...operations: readonly Readonly<Record<string, Json>>[]): JsonObject {
  return { resourceType: "Parameters", parameter: operations.map(operation) };
}

function patched(...operations: readonly Readonly<Record<string, Json>>[]): JsonObject {
  return expectOk(applyFhirPathPatch(osei, patch(...operations)));
}

function flaw(result: Result<unknown>): string {
  return result.ok ? "" : `${result.problems[0].code} ${result.problems[0].where}`;
}

test("a choice is added by the type of its value", () => {
  const { deceasedDateTime } = patched({
    type: "add",
    path: "Patient",
    name: "deceased",
    value: { valueDateTime: "2020" },
  });
  assert.equal(deceasedDateTime, "2020");
  const { deceasedBoolean } = patched({
    type: "add",
    path: "Patient",
    name: "deceased[x]",
    value: { valueBoolean: true },
  });
  assert.equal(deceasedBoolean, true);
  const named = patched({ type: "add", path: "Patient", name: "deceasedBoolean", value: { valueBoolean: true } });
  assert.equal(named.deceasedBoolean, true);
});

test("an element without a type of its own is made of its parts, as deep as they go", () => {
  const value = {
    part: [
      { name: "name", valueHumanName: { family: "Mensah" } },
      { name: "telecom", valueContactPoint: { value: "1" } },
      { name: "telecom", valueContactPoint: { value: "2" } },
      { name: "gender", valueCode: "male", _valueCode: { id: "x" } },
    ],
  };
  const { contact } = patched({ type: "add", path: "Patient", name: "contact", value });
  assert.deepEqual((contact as readonly Json[])[1], {
    name: { family: "Mensah" },
    telecom: [{ value: "1" }, { value: "2" }],
    gender: "male",
    _gender: { id: "x" },
  });
});

test("an extension is added to a primitive", () => {
  const extension = { valueExtension: { url: "http://x", valueCode: "y" } };
  const { birthDate, _birthDate } = patched({
    type: "add",
    path: "Patient.birthDate",
    name: "extension",
    value: extension,
  });
  assert.equal(birthDate, "1950");
  assert.deepEqual(_birthDate, { id: "b", extension: [{ url: "http://x", valueCode: "y" }] });
});

test("a resource is added as it is", () => {
  const resource = { resourceType: "Device", id: "d" };
  const { contained } = patched({ type: "add", path: "Patient", name: "contained", value: { resource } });
  assert.deepEqual((contained as readonly Json[])[1], resource);
});

test("an element of a contained resource is changed", () => {
  const { contained } = patched({
    type: "replace",
    path: "Patient.contained[0].name",
    value: { valueString: "Ward 8" },
  });
  assert.deepEqual(contained, [{ resourceType: "Organization", id: "o", name: "Ward 8" }]);
});

test("what stands beside a primitive goes and moves with it", () => {
  assert.deepEqual(
    patched({ type: "replace", path: "Patient.birthDate", value: { valueDate: "1951" } })._birthDate,
    undefined,
  );
  assert.deepEqual(patched({ type: "delete", path: "Patient.birthDate" })._birthDate, undefined);
  const { name } = patched({ type: "move", path: "Patient.name[0].given", source: 2, destination: 0 });
  assert.deepEqual(name, [{ family: "Osei", given: ["Ama", "Abena", null], _given: [{ id: "h" }, null, { id: "g" }] }]);
});

test("the last name of a list takes the arrays with it that hold nothing then", () => {
  const steps = [0, 1, 2].map(() => ({ type: "delete", path: "Patient.name[0].given[0]" }));
  assert.deepEqual(patched(...steps).name, [{ family: "Osei" }]);
});

test("what is empty after a deletion goes too, up to the resource", () => {
  assert.equal(patched({ type: "delete", path: "Patient.contact.name.text" }).contact, undefined);
  assert.equal(patched({ type: "delete", path: "Patient.birthDate.id" })._birthDate, undefined);
  const given = { given: ["Abena", null, "Ama"], _given: [null, { id: "g" }, null] };
  assert.deepEqual(patched({ type: "delete", path: "Patient.name.given[2].id" }).name, [{ family: "Osei", ...given }]);
});

test("deleting what is not there changes nothing", () => {
  assert.deepEqual(patched({ type: "delete", path: "Patient.active" }), osei);
});

test("the resource that was given is not changed", () => {
  const before = structuredClone(osei);
  patched({ type: "insert", path: "Patient.name.given", index: 0, value: { valueString: "Mrs" } });
  assert.deepEqual(osei, before);
});

test("numbers come as they were written in the patch", () => {
  const observation: JsonObject = { resourceType: "Observation", valueQuantity: { unit: "g" } };
  const value = { valueDecimal: 5, [writtenNumbers]: { valueDecimal: "5.0" } } as JsonObject;
  const parameters = patch({ type: "add", path: "Observation.value", name: "value", value });
  const { valueQuantity } = expectOk(applyFhirPathPatch(observation, parameters));
  assert.deepEqual(writtenNumbersOf(valueQuantity), { value: "5.0" });
});

const refused: readonly (readonly [Json, string])[] = [
  [{ resourceType: "Patient" }, "patch-malformed Parameters"],
  [{ resourceType: "Parameters", parameter: [{ name: "op" }] }, "patch-malformed Parameters.parameter[0]"],
  [patch({ type: "upsert", path: "Patient" }), "patch-malformed Parameters.parameter[0]"],
  [patch({ type: "delete" }), "patch-malformed Parameters.parameter[0]"],
  [patch({ type: "add", path: "Patient", name: "active" }), "patch-malformed Parameters.parameter[0]"],
  [patch({ type: "insert", path: "Patient.name", index: -1, value: {} }), "patch-malformed Parameters.parameter[0]"],
  [patch({ type: "move", path: "Patient.name", source: 0 }), "patch-malformed Parameters.parameter[0]"],
  [patch({ type: "delete", path: "Patient.name[" }), "fhirpath-syntax Parameters.parameter[0].part"],
  [patch({ type: "delete", path: "Patient.name.given" }), "patch-target-ambiguous Parameters.parameter[0]"],
  [
    patch({ type: "add", path: "Patient", name: "birthDate", value: { valueDate: "1951" } }),
    "patch-element-given Parameters.parameter[0]",
  ],
  [
    patch({ type: "add", path: "Patient", name: "nickname", value: { valueString: "x" } }),
    "patch-element-unknown Parameters.parameter[0]",
  ],
  [
    patch({ type: "add", path: "Patient", name: "contact", value: { part: [{ name: "nick", valueString: "x" }] } }),
    "patch-element-unknown Parameters.parameter[0]",
  ],
  [
    patch({ type: "replace", path: "Patient.active", value: { valueBoolean: true } }),
    "patch-target-missing Parameters.parameter[0]",
  ],
  [
    patch({ type: "insert", path: "Patient.photo", index: 0, value: { valueAttachment: {} } }),
    "patch-target-missing Parameters.parameter[0]",
  ],
  [
    patch({ type: "insert", path: "Patient.name", index: 2, value: { valueHumanName: {} } }),
    "patch-target-missing Parameters.parameter[0]",
  ],
  [
    patch(
      { type: "delete", path: "Patient.contact" },
      { type: "move", path: "Patient.name", source: 1, destination: 0 },
    ),
    "patch-target-missing Parameters.parameter[1]",
  ],
  [
    patch({ type: "move", path: "Patient.name.given.where($this = 'Ama')", source: 0, destination: 0 }),
    "patch-target-ambiguous Parameters.parameter[0]",
  ],
];

for (const [parameters, expected] of refused) {
  test(`${expected}: ${JSON.stringify(parameters)}`, () => {
    assert.equal(flaw(applyFhirPathPatch(osei, parameters)), expected);
  });
}

test("the sentence of a problem names the operation", () => {
  const result = applyFhirPathPatch(osei, patch({ type: "delete", path: "Patient.name.given" }));
  assert.equal(result.ok || result.problems[0].message, "Operation 1 (delete): several elements stand at its path.");
});

test("more operations than the limit are refused", () => {
  const operations = Array.from({ length: limits.patchOperationsMax + 1 }, () => ({
    type: "delete",
    path: "Patient.active",
  }));
  assert.equal(flaw(applyFhirPathPatch(osei, patch(...operations))), "patch-too-long Parameters.parameter");
});
