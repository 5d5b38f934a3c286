/** Source: FHIRPath 2.0 (http://hl7.org/fhirpath/N1), FHIR R4 §2.9. The official suite is in `test/conformance/fhirpath.ts`. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { expectOk, instant, limits, writtenNumbers } from "#kernel";
import { compileFhirPath, type FhirPathEnvironment, type FhirPathSettings } from "./index.ts";

const osei = {
  resourceType: "Patient",
  id: "osei",
  active: true,
  birthDate: "1951-03-04",
  _birthDate: { extension: [{ url: "http://example.org/time", valueDateTime: "1951-03-04T06:30:00Z" }] },
  name: [
    { use: "official", family: "Osei", given: ["Ama", null], _given: [null, { id: "unknown" }] },
    { family: "Boateng" },
  ],
  contained: [{ resourceType: "Organization", id: "gp", name: "The Surgery" }],
  generalPractitioner: [{ reference: "#gp" }],
  deceasedBoolean: false,
};

function evaluated(
  expression: string,
  input: unknown = osei,
  environment: FhirPathEnvironment = {},
): readonly unknown[] {
  return expectOk(expectOk(compileFhirPath(expression)).evaluate(input, environment));
}

function problemOf(expression: string, input: unknown = osei, settings: FhirPathSettings = {}) {
  const compiled = compileFhirPath(expression, settings);
  const result = compiled.ok ? compiled.value.evaluate(input) : compiled;
  return result.ok ? undefined : result.problems[0];
}

test("an element is found by its name, whatever its type and however its key is written in JSON", () => {
  assert.deepEqual(evaluated("Patient.deceased"), [false]);
  assert.deepEqual(evaluated("birthDate.extension('http://example.org/time').value"), ["1951-03-04T06:30:00Z"]);
  assert.deepEqual(evaluated("name.given"), ["Ama", null]);
  assert.deepEqual(evaluated("name.given.select(hasValue())"), [true, false]);
  assert.deepEqual(evaluated("name.given.id"), ["unknown"]);
  assert.deepEqual(evaluated("generalPractitioner.resolve().name"), ["The Surgery"]);
});

test("decimals are exact, and as precise as they were written", () => {
  assert.deepEqual(evaluated("0.1 + 0.2 = 0.3"), [true]);
  assert.deepEqual(evaluated("(1.10 * 1.1).toString()"), ["1.210"]);
  const written = { resourceType: "Observation", valueQuantity: { value: 5, [writtenNumbers]: { value: "5.0" } } };
  assert.deepEqual(evaluated("Observation.value.value.precision()", written), [1]);
  assert.deepEqual(evaluated("Observation.value.value.lowBoundary(2).toString()", written), ["4.95"]);
});

test("quantities are compared and added across units", () => {
  const glucose = {
    resourceType: "Observation",
    valueQuantity: { value: 5.4, unit: "mg/dL", system: "http://unitsofmeasure.org", code: "mg/dL" },
  };
  assert.deepEqual(evaluated("value < 1 'g/L'", glucose), [true]);
  assert.deepEqual(evaluated("1 'm' + 5 'cm' = 1.05 'm'"), [true]);
  assert.deepEqual(evaluated("1 'm' > 1 's'"), []);
  assert.deepEqual(evaluated("5 'mg'.toQuantity('g')"), [{ value: 0.005, unit: "g" }]);
  assert.deepEqual(evaluated("1 year = 12 months"), [true]);
  assert.deepEqual(evaluated("1 year = 1 'a'"), []);
  assert.deepEqual(evaluated("(1 | 1.0 | 1 '1').count()"), [1]);
});

test("time comes with the environment, in UTC; without it nothing is guessed", () => {
  const now = instant(Date.parse("2026-11-23T23:59:59.500Z"));
  assert.deepEqual(evaluated("now() | today() | timeOfDay()", osei, { now }), [
    "2026-11-23T23:59:59.500Z",
    "2026-11-23",
    "23:59:59.500",
  ]);
  assert.equal(problemOf("today()")?.code, "fhirpath-no-clock");
});

test("an element is told with its place in the input", () => {
  const places = expectOk(expectOk(compileFhirPath("Patient.name.where(use = 'official').given")).locate(osei));
  assert.deepEqual(places, [
    { value: "Ama", type: "string", path: ["name", 0, "given", 0] },
    { value: null, type: "string", path: ["name", 0, "given", 1] },
  ]);
  assert.deepEqual(expectOk(expectOk(compileFhirPath("deceased | 'x'")).locate(osei)), [
    { value: false, type: "boolean", path: ["deceasedBoolean"] },
  ]);
});

test("a wrong expression is told with its place", () => {
  const cases: readonly (readonly [string, string])[] = [
    ["name.", "offset 5"],
    ["name.where()", "offset 5"],
    ["name.gibtEsNicht()", "offset 5"],
    ["name\n  .first(", "offset 14"],
    ["value as Nothing", "offset 6"],
    ["'open", "offset 0"],
    ["@2026-02-30", "offset 0"],
    ["(1", "offset 2"],
    ["1 2", "offset 2"],
  ];
  for (const [expression, where] of cases) {
    assert.deepEqual(
      [problemOf(expression)?.code, problemOf(expression)?.where],
      ["fhirpath-syntax", where],
      expression,
    );
  }
});

test("an element that the type does not have is empty, and a problem where the compilation is strict", () => {
  assert.deepEqual(evaluated("Patient.nickname"), []);
  assert.equal(problemOf("Patient.nickname", osei, { type: "Patient", isStrict: true })?.where, "offset 8");
  assert.equal(problemOf("Patient.name.family", osei, { type: "Patient", isStrict: true }), undefined);
});

test("every expression and evaluation has bounds", () => {
  assert.equal(problemOf(`${"(".repeat(5000)}1${")".repeat(5000)}`)?.code, "fhirpath-syntax");
  assert.equal(problemOf(`1${" + 1".repeat(limits.fhirPathOperationsMax + 1)}`)?.code, "fhirpath-syntax");
  assert.equal(problemOf(" ".repeat(limits.fhirPathCharactersMax + 1))?.code, "fhirpath-syntax");
  assert.equal(problemOf("(1).repeat($this + 1)")?.code, "fhirpath-too-many-steps");
  const doubled = "('x' | 'y').repeat($this + $this).count()";
  assert.equal(problemOf(doubled)?.code, "fhirpath-text-too-long");
});

test("no regular expression takes for ever", () => {
  const text = `${"a".repeat(limits.fhirPathPatternTextCharactersMax - 1)}!`;
  assert.deepEqual(evaluated("matches('(a+)+$')", text), [false]);
  assert.deepEqual(evaluated("matches('(a|aa)+!')", text), [true]);
  assert.equal(problemOf("matches('(?=a)a*a*$')", text)?.code, "fhirpath-bad-pattern");
  assert.equal(problemOf("matches('a')", `${text}!`)?.code, "fhirpath-text-too-long");
});

test("a condition on the JSON itself and the same condition on nodes give the same", () => {
  const conditions = [
    "name.exists() and active",
    "name.where(use = 'official').exists()",
    "name.all(family.exists())",
    "name.exists(given.empty())",
    "deceased.empty() or deceased.exists()",
    "birthDate.hasValue() implies gender.exists()",
    "gender.exists() xor contact.exists()",
    "gender = 'female'",
    "active != false",
    "gender.exists() = contact.exists()",
    "name.given.exists() and birthDate < @2000-01-01",
    "gender in ('male' | 'female')",
    "name.given.where($this = 'Ama').exists()",
    "active.not()",
    "contact.all(name.exists())",
  ];
  const inputs = [
    osei,
    { resourceType: "Patient" },
    { resourceType: "Patient", gender: "female", _active: { id: "a" } },
  ];
  for (const condition of conditions) {
    for (const input of inputs) {
      const quick = expectOk(compileFhirPath(condition, { type: "Patient" })).test(input);
      assert.deepEqual(quick, expectOk(compileFhirPath(condition)).test(input), condition);
    }
  }
});

test("what the environment knows is asked of it", () => {
  const asked: string[] = [];
  const environment: FhirPathEnvironment = {
    memberOf: (valueSet, { code }) => valueSet.endsWith("vs") && code === "a",
    variables: { limit: 3, names: ["a", "b"] },
    trace: (name, values) => asked.push(`${name} ${JSON.stringify(values)}`),
  };
  const concept = { resourceType: "Observation", code: { coding: [{ code: "b" }, { code: "a" }] } };
  assert.deepEqual(evaluated("code.memberOf('http://example.org/vs')", concept, environment), [true]);
  assert.deepEqual(evaluated("%limit + %names.count()", concept, environment), [5]);
  assert.deepEqual(evaluated("code.coding.code.trace('codes').count()", concept, environment), [2]);
  assert.deepEqual(asked, ['codes ["b","a"]']);
  assert.equal(problemOf("%unknown")?.code, "fhirpath-unknown-variable");
});
