/** Source: FHIR R4 structure definitions; the figures are those of the published specification. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type ElementDefinition, isResourceType, jsonKey, resourceTypes, type Shape, shapeOf } from "./definitions.ts";

function shape(name: string): Shape {
  const found = shapeOf(name);
  assert.ok(found !== undefined, `${name} has a shape`);
  return found;
}

function element(shapeName: string, name: string): ElementDefinition {
  const found = shape(shapeName).elements.find((candidate) => candidate.name === name);
  assert.ok(found !== undefined, `${shapeName} has ${name}`);
  return found;
}

test("R4 has 146 resource types; abstract types, datatypes and types of later versions are none of them", () => {
  assert.equal(resourceTypes.length, 146);
  assert.ok(isResourceType("Patient"));
  for (const name of ["Resource", "DomainResource", "HumanName", "SubscriptionStatus", "constructor"]) {
    assert.ok(!isResourceType(name), name);
  }
});

test("every element leads to a shape that is there", () => {
  const seen = new Set<string>();
  const visit = (name: string): void => {
    if (seen.has(name)) return;
    seen.add(name);
    for (const { types } of shape(name).elements) for (const type of types) visit(type.name);
  };
  for (const type of resourceTypes) visit(type);
  assert.ok(seen.size > 600, `${seen.size} shapes`);
});

test("an element states its cardinality, its types, what it may refer to and its codes", () => {
  assert.deepEqual(element("Patient", "managingOrganization"), {
    name: "managingOrganization",
    choice: false,
    min: 0,
    max: 1,
    types: [{ name: "Reference", targets: ["Organization"] }],
    codes: undefined,
  });
  assert.equal(element("Patient", "name").max, Number.POSITIVE_INFINITY);
  assert.equal(element("Patient.communication", "language").min, 1);
  assert.deepEqual(element("Patient.contact", "gender").codes, {
    system: "http://hl7.org/fhir/administrative-gender",
    codes: ["male", "female", "other", "unknown"],
  });
});

test("a shape has the elements of its base before its own", () => {
  const names = shape("Patient").elements.map(({ name }) => name);
  assert.deepEqual(names.slice(0, 9), [
    "id",
    "meta",
    "implicitRules",
    "language",
    "text",
    "contained",
    "extension",
    "modifierExtension",
    "identifier",
  ]);
  assert.deepEqual(
    shape("Timing.repeat")
      .elements.slice(0, 3)
      .map(({ name }) => name),
    ["id", "extension", "bounds"],
  );
});

test("an inner element is a shape, and one that repeats another leads to it", () => {
  assert.deepEqual(element("Observation.component", "referenceRange").types, [
    { name: "Observation.referenceRange", targets: [] },
  ]);
  assert.equal(shape("Observation.referenceRange").kind, "inner");
});

test("the key of a choice in JSON has the type in it", () => {
  const value = element("Observation", "value");
  assert.ok(value.choice);
  assert.equal(jsonKey(value, "Quantity"), "valueQuantity");
  assert.equal(jsonKey(value, "dateTime"), "valueDateTime");
  assert.equal(jsonKey(element("Patient", "birthDate"), "date"), "birthDate");
});

test("what R4 does not have has no shape", () => {
  for (const name of ["Pateint", "Patient.nose", "Patient.name", "", "__proto__"])
    assert.equal(shapeOf(name)?.name, undefined, name);
});
