/** Source: FHIR R4 §2.10 (validation), and the texts of the types named. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type JsonObject, limits } from "#kernel";
import { found, testedAt } from "./validation-case.ts";
import { openValidator } from "./validator.ts";

const narrative = { status: "generated", div: '<div xmlns="http://www.w3.org/1999/xhtml">Mrs Osei</div>' };
const mrsOsei: JsonObject = { resourceType: "Patient", id: "osei", text: narrative, name: [{ family: "Osei" }] };

test("a right resource has no issues at all", () => {
  assert.deepEqual(found(mrsOsei, { all: true }), []);
});

test("what is no resource is said to be so, by the structure check alone", () => {
  assert.deepEqual(found("Patient"), ["wrong-json-type Resource"]);
  assert.deepEqual(found({ resourceType: "Pateint" }), ["unknown-resource-type Resource"]);
});

test("an issue has a severity, a code of OperationOutcome, an expression, a sentence and the rule", () => {
  const [issue] = openValidator().validate({ ...mrsOsei, contact: [{ gender: "male" }] }, { now: testedAt });
  assert.deepEqual(issue, {
    severity: "error",
    code: "invariant",
    expression: "Patient.contact[0]",
    message: "SHALL at least contain a contact's details or a reference to an organization. (pat-1)",
    rule: "pat-1",
  });
});

test("what is only good practice is a warning", () => {
  const { text: _, ...bare } = mrsOsei;
  assert.deepEqual(found(bare), []);
  assert.deepEqual(found(bare, { all: true }), ["dom-6 Patient"]);
});

test("invariants hold for datatypes and inner elements wherever they stand", () => {
  const period = { start: "2026-11-24", end: "2026-11-23" };
  assert.deepEqual(found({ ...mrsOsei, name: [{ family: "Osei", period }] }), ["per-1 Patient.name[0].period"]);
  assert.deepEqual(found({ ...mrsOsei, telecom: [{ value: "0113 243 2799" }] }), ["cpt-2 Patient.telecom[0]"]);
  const contained = [
    { resourceType: "Organization", id: "o", telecom: [{ system: "phone", value: "1", use: "home" }] },
  ];
  assert.deepEqual(found({ ...mrsOsei, contained, managingOrganization: { reference: "#o" } }), [
    "org-1 Patient.contained[0]",
    "org-3 Patient.contained[0].telecom[0]",
  ]);
});

test("contained resources must be referred to, and local references must find one", () => {
  const contained = [{ resourceType: "Organization", id: "o", name: "Leeds General" }];
  assert.deepEqual(found({ ...mrsOsei, contained }), ["dom-3 Patient"]);
  assert.deepEqual(found({ ...mrsOsei, managingOrganization: { reference: "#o" } }), [
    "ref-1 Patient.managingOrganization",
  ]);
  assert.deepEqual(found({ ...mrsOsei, contained, managingOrganization: { reference: "#o" } }), []);
});

test("contained resources have ids of their own", () => {
  const contained = [
    { resourceType: "Organization", id: "o", name: "Leeds General" },
    { resourceType: "Organization", id: "o", name: "St James's" },
  ];
  assert.deepEqual(found({ ...mrsOsei, contained, managingOrganization: { reference: "#o" } }), [
    "contained-id-twice Patient.contained[1].id",
  ]);
});

test("a reference must be well formed and point at a type that it may", () => {
  const cared = (reference: string): JsonObject => ({ ...mrsOsei, managingOrganization: { reference } });
  const where = "Patient.managingOrganization.reference";
  assert.deepEqual(found(cared("Organization/1/_history/2")), []);
  assert.deepEqual(found(cared("https://fhir.example.org/Organization/1")), []);
  assert.deepEqual(found(cared("urn:uuid:7b1a6b5e-9f3b-4c8f-9d4e-0d6f0a1b2c3d")), []);
  assert.deepEqual(found(cared("Organization")), [`reference-syntax ${where}`]);
  assert.deepEqual(found(cared("Hospital/1")), [`reference-syntax ${where}`]);
  assert.deepEqual(found(cared("Practitioner/1")), [`reference-target-type ${where}`]);
  const stated = { ...mrsOsei, managingOrganization: { reference: "Organization/1", type: "Patient" } };
  const type = "reference-target-type Patient.managingOrganization.type";
  assert.deepEqual(found(stated), [type, type]);
});

test("codings: required bindings, absolute systems, and no value set in place of a system", () => {
  const stated = (system: string, code: string): JsonObject => ({
    resourceType: "AllergyIntolerance",
    patient: { reference: "Patient/osei" },
    clinicalStatus: { coding: [{ system, code }] },
  });
  const right = "http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical";
  assert.deepEqual(found(stated(right, "active")), []);
  assert.deepEqual(found(stated(right, "sleeping")), ["code-not-in-value-set AllergyIntolerance.clinicalStatus"]);
  const married = (system: string): JsonObject => ({ ...mrsOsei, maritalStatus: { coding: [{ system, code: "M" }] } });
  assert.deepEqual(found(married("marital-status")), ["system-not-absolute Patient.maritalStatus.coding[0].system"]);
  assert.deepEqual(found(married("http://hl7.org/fhir/ValueSet/marital-status")), [
    "system-is-value-set Patient.maritalStatus.coding[0].system",
  ]);
});

test("a reason for its absence does not take the place of a code with a required binding", () => {
  const absent = {
    extension: [{ url: "http://hl7.org/fhir/StructureDefinition/data-absent-reason", valueCode: "unknown" }],
  };
  assert.deepEqual(found({ ...mrsOsei, _gender: absent }), ["code-missing Patient.gender"]);
  assert.deepEqual(found({ ...mrsOsei, gender: "unknown", _gender: absent }), []);
  assert.deepEqual(found({ ...mrsOsei, _birthDate: absent }), []);
});

test("codes and displays are checked where the terminology knows the code system", () => {
  const terminology = {
    isMember: () => undefined,
    knowsSystem: (system: string) => system === "http://example.org/marital",
    isCode: (system: string, code: string) => (system === "http://example.org/marital" ? code === "M" : undefined),
    displayOf: () => "Married",
  };
  const married = (code: string, display: string): JsonObject => ({
    ...mrsOsei,
    maritalStatus: { coding: [{ system: "http://example.org/marital", code, display }] },
  });
  assert.deepEqual(found(married("M", "married"), { terminology, all: true }), []);
  assert.deepEqual(found(married("M", "Divorced"), { terminology, all: true }), [
    "display-differs Patient.maritalStatus.coding[0].display",
  ]);
  assert.deepEqual(found(married("X", "Married"), { terminology }), [
    "unknown-code Patient.maritalStatus.coding[0].code",
  ]);
});

test("codes of SNOMED CT and LOINC with a wrong check digit are no codes", () => {
  const coded = (system: string, code: string): JsonObject => ({
    resourceType: "Observation",
    text: narrative,
    status: "final",
    code: { coding: [{ system, code }] },
  });
  const where = "unknown-code Observation.code.coding[0].code";
  for (const code of ["73211009", "900000000000207008", "73211009:363698007=39057004"])
    assert.deepEqual(found(coded("http://snomed.info/sct", code)), [], code);
  for (const code of ["73211008", "1", "276885007x"])
    assert.deepEqual(found(coded("http://snomed.info/sct", code)), [where], code);
  for (const code of ["2345-7", "718-7", "LP14635-4"])
    assert.deepEqual(found(coded("http://loinc.org", code)), [], code);
  for (const code of ["2345-6", "glucose"]) assert.deepEqual(found(coded("http://loinc.org", code)), [where], code);
});

test("an attachment's size is that of its data", () => {
  const photo = (size: number): JsonObject => ({
    ...mrsOsei,
    photo: [{ contentType: "image/png", data: "SGVsbG8=", size }],
  });
  assert.deepEqual(found(photo(5)), []);
  assert.deepEqual(found(photo(8)), ["attachment-size Patient.photo[0].size"]);
});

test("a vital sign must meet its profile by its code alone", () => {
  const temperature = {
    resourceType: "Observation",
    status: "final",
    code: { coding: [{ system: "http://loinc.org", code: "8310-5" }] },
    subject: { reference: "Patient/osei" },
    effectiveDateTime: "2026-11-23",
    valueQuantity: { value: 37.2, unit: "C", system: "http://unitsofmeasure.org", code: "Cel" },
  };
  assert.deepEqual(found(temperature), [
    "required-element-missing Observation.category",
    "slice-missing Observation.category",
  ]);
  const category = [
    { coding: [{ system: "http://terminology.hl7.org/CodeSystem/observation-category", code: "vital-signs" }] },
  ];
  assert.deepEqual(found({ ...temperature, category }), []);
});

test("texts with HTML in them are errors only where that is asked for", () => {
  const strict = openValidator({ markupInTexts: "error" });
  const marked = { ...mrsOsei, name: [{ family: "Osei <script>alert(1)</script>" }] };
  assert.deepEqual(found(marked), []);
  assert.deepEqual(
    strict.validate(marked, { now: testedAt }).map(({ rule, expression }) => `${rule} ${expression}`),
    ["markup Patient.name[0].family"],
  );
  const compared = { ...mrsOsei, name: [{ family: "Osei", text: "1 < 2 and 3 > 2" }] };
  assert.deepEqual(strict.validate(compared, { now: testedAt }), []);
});

test("a flood of warnings does not hide an error behind it", () => {
  const unknown = Array.from({ length: 2 * limits.validationIssuesMax }, () => ({ url: "urn:x:y", valueString: "x" }));
  const flooded = { ...mrsOsei, extension: unknown, contact: [{ gender: "male" }] };
  assert.deepEqual(found(flooded), ["pat-1 Patient.contact[0]"]);
  assert.equal(found(flooded, { all: true }).length, limits.validationIssuesMax + 1);
});

/** Every place of a value, as the keys that lead to it. */
function placesIn(value: unknown, path: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value !== "object" || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, inner]) => placesIn(inner, [...path, key]))];
}

function replaced(value: unknown, [key, ...rest]: readonly string[], by: unknown): unknown {
  if (key === undefined) return by;
  const inner = replaced((value as JsonObject)[key], rest, by);
  if (Array.isArray(value)) return value.with(Number(key), inner);
  return { ...(value as JsonObject), [key]: inner };
}

const whole: JsonObject = {
  ...mrsOsei,
  meta: { profile: ["http://hl7.org/fhir/StructureDefinition/bp"] },
  contained: [{ resourceType: "Organization", id: "o", name: "Leeds General" }],
  extension: [{ url: "http://hl7.org/fhir/StructureDefinition/patient-birthPlace", valueAddress: { city: "Kumasi" } }],
  maritalStatus: { coding: [{ system: "http://snomed.info/sct", code: "73211009" }] },
  managingOrganization: { reference: "#o" },
  photo: [{ contentType: "image/png", data: "SGVsbG8=", size: 5 }],
};
const wholeBundle = {
  resourceType: "Bundle",
  type: "document",
  link: [{ relation: "self", url: "http://fhir.example.org/Patient" }],
  entry: [{ fullUrl: "http://fhir.example.org/Patient/osei", resource: whole }],
};

test("a resource with anything at all in any place does not make the validator throw", () => {
  const place = fc.constantFrom(...placesIn(wholeBundle));
  const odd = fc.oneof(fc.jsonValue(), fc.constantFrom<unknown>("Patient/1", "#", "", {}, [], [null], -1, "urn:uuid:"));
  fc.assert(
    fc.property(place, odd, (path, value) => Array.isArray(found(replaced(wholeBundle, path, value), { all: true }))),
    { numRuns: 500 },
  );
});

test("no input makes the validator throw", () => {
  for (const value of [
    null,
    1,
    [],
    {},
    { resourceType: 3 },
    { resourceType: "Patient", name: 1, contained: "x", meta: [] },
  ])
    assert.ok(found(value).length > 0);
  const odd = { resourceType: "Bundle", type: "document", entry: [null, 1, { resource: "x", fullUrl: 2 }], link: {} };
  assert.ok(found(odd).length > 0);
  let deep: JsonObject = { url: "urn:x:y", valueString: "x" };
  for (let level = 0; level < 100; level += 1) deep = { url: "urn:x:y", extension: [deep] };
  assert.ok(found({ ...mrsOsei, extension: [deep] }).some((line) => line.startsWith("too-deep")));
});
