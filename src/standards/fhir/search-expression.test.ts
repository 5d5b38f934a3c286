/** Source: FHIRPath 2.0 grammar, as far as R4's search parameters use it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { parseSearchExpression } from "./search-expression.ts";
import { routesOf } from "./search-route.ts";

/** `type: key.key[condition]` for each way that the expression takes through a resource. */
function routes(type: string, text: string): readonly string[] {
  const expression = parseSearchExpression(text);
  assert.ok(expression !== undefined, `${text} is read`);
  return routesOf(expression, type).map(({ steps, type: end }) => {
    const path = steps.map(({ key, conditions, index }) => {
      const filters = conditions.map((condition) => `[${condition.kind}]`).join("");
      return `${key}${index ?? ""}${filters}`;
    });
    return `${end}: ${path.join(".")}`;
  });
}

test("a path follows elements, and a choice becomes a route for each of its types", () => {
  assert.deepEqual(routes("Patient", "Patient.contact.name"), ["HumanName: contact.name"]);
  assert.deepEqual(routes("Patient", "Patient.deceased"), ["boolean: deceasedBoolean", "dateTime: deceasedDateTime"]);
});

test("the three ways to write a cast mean the same", () => {
  for (const text of [
    "Observation.value as Quantity",
    "Observation.value.as(Quantity)",
    "Observation.value.ofType(Quantity)",
  ]) {
    assert.deepEqual(routes("Observation", text), ["Quantity: valueQuantity"]);
  }
  assert.deepEqual(routes("Observation", "(Observation.value as CodeableConcept).text"), [
    "string: valueCodeableConcept.text",
  ]);
});

test("a union has the routes of its parts, those of the type asked for", () => {
  assert.deepEqual(routes("Person", "Patient.name | Person.name"), ["HumanName: name"]);
  assert.deepEqual(routes("Patient", "Resource.id"), ["id: id"]);
});

test("conditions and positions stay with the step before them", () => {
  assert.deepEqual(routes("Patient", "Patient.telecom.where(system='phone')"), ["ContactPoint: telecom[equals]"]);
  assert.deepEqual(routes("Account", "Account.subject.where(resolve() is Patient)"), [
    "Reference: subject[resolves-to]",
  ]);
  assert.deepEqual(routes("Device", "Device.extension('http://example.org/a')"), ["Extension: extension[equals]"]);
  assert.deepEqual(routes("Bundle", "Bundle.entry[0].resource"), ["Resource: entry0.resource"]);
});

test("a name that the type has not leads nowhere", () => {
  assert.deepEqual(routes("Patient", "Patient.nose"), []);
  assert.deepEqual(routes("Patient", "Patient.gender.nose"), []);
});

test("what is not of this part of FHIRPath is not read", () => {
  const others = ["", "Patient.", "Patient.name.first()", "(Patient.name", "Patient.where()", "Patient name", "1 + 1"];
  for (const text of [...others, "Patient.name.where(use != 'old')", "'open", "(".repeat(100_000)]) {
    assert.equal(parseSearchExpression(text), undefined, text.slice(0, 40));
  }
});
