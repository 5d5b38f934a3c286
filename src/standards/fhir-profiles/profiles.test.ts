/** Source: FHIR R4 §5.1 (profiling), ElementDefinition. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { JsonObject } from "#kernel";
import { found, foundBy, profileOf, testedAt } from "./validation-case.ts";
import { openValidator } from "./validator.ts";

const mrsOsei: JsonObject = {
  resourceType: "Patient",
  id: "osei",
  identifier: [
    { system: "https://fhir.nhs.uk/Id/nhs-number", value: "9434765919" },
    { system: "http://example.org/mrn", value: "12" },
  ],
  name: [{ family: "Osei", given: ["Abena"] }],
  gender: "female",
  birthDate: "1961-05-02",
};

function patientProfile(...elements: readonly JsonObject[]): JsonObject {
  return profileOf("Patient", "tested", elements);
}

function element(path: string, rest: JsonObject): JsonObject {
  return { id: path, path, ...rest };
}

test("cardinality is narrowed: what must be given, and what must not", () => {
  const profile = patientProfile(element("Patient.telecom", { min: 1 }), element("Patient.identifier", { max: "1" }));
  assert.deepEqual(foundBy(profile, mrsOsei), [
    "too-many-values Patient.identifier",
    "required-element-missing Patient.telecom",
  ]);
  assert.deepEqual(foundBy(patientProfile(element("Patient.gender", { max: "0" })), mrsOsei), [
    "too-many-values Patient.gender",
  ]);
});

test("elements inside elements are asked for only where the outer one is", () => {
  const profile = patientProfile(element("Patient.contact.name", { min: 1 }));
  assert.deepEqual(foundBy(profile, mrsOsei), []);
  assert.deepEqual(
    foundBy(profile, { ...mrsOsei, contact: [{ gender: "male", telecom: [{ value: "1", system: "phone" }] }] }),
    ["required-element-missing Patient.contact[0].name"],
  );
});

test("fixed values match exactly, patterns in what they have", () => {
  const fixed = patientProfile(element("Patient.gender", { fixedCode: "male" }));
  assert.deepEqual(foundBy(fixed, mrsOsei), ["fixed-value Patient.gender"]);
  const marital = { coding: [{ system: "http://terminology.hl7.org/CodeSystem/v3-MaritalStatus", code: "M" }] };
  const married = { ...mrsOsei, maritalStatus: { ...marital, text: "Married" } };
  const pattern = element("Patient.maritalStatus", { patternCodeableConcept: marital });
  assert.deepEqual(foundBy(patientProfile(pattern), married), []);
  assert.deepEqual(
    foundBy(patientProfile(element("Patient.maritalStatus", { fixedCodeableConcept: marital })), married),
    ["fixed-value Patient.maritalStatus"],
  );
  const widowed = { ...mrsOsei, maritalStatus: { text: "Widowed" } };
  assert.deepEqual(foundBy(patientProfile(pattern), widowed), ["pattern-value Patient.maritalStatus"]);
});

test("a choice is narrowed to some of its types", () => {
  const profile = patientProfile(element("Patient.deceased[x]", { type: [{ code: "dateTime" }] }));
  assert.deepEqual(foundBy(profile, { ...mrsOsei, deceasedDateTime: "2024" }), []);
  assert.deepEqual(foundBy(profile, { ...mrsOsei, deceasedBoolean: true }), [
    "type-not-allowed Patient.deceased.ofType(boolean)",
  ]);
});

test("limits of length and value are kept", () => {
  const profile = patientProfile(
    element("Patient.name.family", { maxLength: 3 }),
    element("Patient.birthDate", { minValueDate: "1970-01-01" }),
  );
  assert.deepEqual(foundBy(profile, mrsOsei), ["max-length Patient.name[0].family", "minValue Patient.birthDate"]);
});

test("an invariant of a profile is an error or a warning as it says", () => {
  const constraint = [
    { key: "t-1", severity: "error", human: "A telephone number is needed", expression: "telecom.exists()" },
    { key: "t-2", severity: "warning", human: "An address would be good", expression: "address.exists()" },
  ];
  const profile = profileOf("Patient", "invariants", []);
  const withConstraint = { ...profile, differential: { element: [{ id: "Patient", path: "Patient", constraint }] } };
  assert.deepEqual(foundBy(withConstraint, mrsOsei), ["t-1 Patient"]);
  assert.deepEqual(
    foundBy(withConstraint, mrsOsei, { all: true }).filter((line) => line.startsWith("t-")),
    ["t-1 Patient", "t-2 Patient"],
  );
});

test("slices by value: each is counted and checked by itself", () => {
  const slicing = { discriminator: [{ type: "value", path: "system" }], rules: "open" };
  const nhs = "Patient.identifier:nhs";
  const profile = (more: JsonObject): JsonObject =>
    patientProfile(
      element("Patient.identifier", { slicing: { ...slicing, ...more } }),
      { id: nhs, path: "Patient.identifier", sliceName: "nhs", min: 1, max: "1" },
      { id: `${nhs}.system`, path: "Patient.identifier.system", fixedUri: "https://fhir.nhs.uk/Id/nhs-number" },
      { id: `${nhs}.value`, path: "Patient.identifier.value", min: 1, maxLength: 9 },
    );
  assert.deepEqual(foundBy(profile({}), mrsOsei), ["max-length Patient.identifier[0].value"]);
  assert.deepEqual(foundBy(profile({}), { ...mrsOsei, identifier: [{ system: "urn:x:y", value: "1" }] }), [
    "slice-missing Patient.identifier",
  ]);
  assert.deepEqual(foundBy(profile({ rules: "closed" }), mrsOsei), [
    "max-length Patient.identifier[0].value",
    "slicing-closed Patient.identifier[1]",
  ]);
  const turned = {
    ...mrsOsei,
    identifier: [
      { system: "urn:x:y", value: "1" },
      { system: "https://fhir.nhs.uk/Id/nhs-number", value: "1" },
    ],
  };
  assert.deepEqual(foundBy(profile({ rules: "openAtEnd" }), turned), ["slice-order Patient.identifier[1]"]);
});

test("slices by pattern, with the discriminator in the midst of the pattern", () => {
  const vital = {
    coding: [{ system: "http://terminology.hl7.org/CodeSystem/observation-category", code: "vital-signs" }],
  };
  const profile = profileOf("Observation", "by-pattern", [
    element("Observation.category", {
      slicing: { discriminator: [{ type: "value", path: "coding.code" }], rules: "open" },
    }),
    {
      id: "Observation.category:vital",
      path: "Observation.category",
      sliceName: "vital",
      min: 1,
      patternCodeableConcept: vital,
    },
  ]);
  const pulse = { resourceType: "Observation", status: "final", code: { text: "Pulse" } };
  assert.deepEqual(foundBy(profile, { ...pulse, category: [vital] }), []);
  assert.deepEqual(foundBy(profile, { ...pulse, category: [{ text: "vital" }] }), [
    "slice-missing Observation.category",
  ]);
});

test("slices by type: valueQuantity in a differential is one", () => {
  const profile = profileOf("Observation", "by-type", [
    { id: "Observation.valueQuantity", path: "Observation.valueQuantity" },
    { id: "Observation.valueQuantity.unit", path: "Observation.valueQuantity.unit", min: 1 },
  ]);
  const weight = { resourceType: "Observation", status: "final", code: { text: "Weight" } };
  assert.deepEqual(foundBy(profile, { ...weight, valueString: "heavy" }), []);
  assert.deepEqual(foundBy(profile, { ...weight, valueQuantity: { value: 70 } }), [
    "required-element-missing Observation.value.ofType(Quantity).unit",
  ]);
});

test("slices by existence", () => {
  const profile = patientProfile(
    element("Patient.name", { slicing: { discriminator: [{ type: "exists", path: "period" }], rules: "open" } }),
    { id: "Patient.name:past", path: "Patient.name", sliceName: "past", max: "1" },
    { id: "Patient.name:past.period", path: "Patient.name.period", min: 1 },
    { id: "Patient.name:now", path: "Patient.name", sliceName: "now", min: 1 },
    { id: "Patient.name:now.period", path: "Patient.name.period", max: "0" },
  );
  assert.deepEqual(foundBy(profile, mrsOsei), []);
  assert.deepEqual(foundBy(profile, { ...mrsOsei, name: [{ family: "Mensah", period: { end: "1990" } }] }), [
    "slice-missing Patient.name",
  ]);
});

test("slices by profile of what a reference points at", () => {
  const ward = profileOf("Location", "ward", [element("Location.name", { min: 1 })]);
  const profile = profileOf("Encounter", "in-ward", [
    element("Encounter.location", {
      slicing: { discriminator: [{ type: "profile", path: "location.resolve()" }], rules: "open" },
    }),
    { id: "Encounter.location:ward", path: "Encounter.location", sliceName: "ward", min: 1 },
    {
      id: "Encounter.location:ward.location",
      path: "Encounter.location.location",
      type: [{ code: "Reference", targetProfile: [String(ward.url)] }],
    },
  ]);
  const stay: JsonObject = {
    resourceType: "Encounter",
    status: "finished",
    class: { system: "http://terminology.hl7.org/CodeSystem/v3-ActCode", code: "IMP" },
    contained: [{ resourceType: "Location", id: "w", name: "Ward 4" }],
    location: [{ location: { reference: "#w" } }],
  };
  assert.deepEqual(foundBy(profile, stay, { definitions: [ward] }), []);
  const nameless = { ...stay, contained: [{ resourceType: "Location", id: "w", status: "active" }] };
  assert.deepEqual(foundBy(profile, nameless, { definitions: [ward] }), ["slice-missing Encounter.location"]);
});

test("a reference's target must meet its profile, and stand where the profile says", () => {
  const profile = profileOf("Patient", "practice", [
    element("Patient.generalPractitioner", {
      type: [
        {
          code: "Reference",
          targetProfile: ["http://hl7.org/fhir/StructureDefinition/Practitioner"],
          aggregation: ["contained"],
        },
      ],
    }),
  ]);
  assert.deepEqual(foundBy(profile, { ...mrsOsei, generalPractitioner: [{ reference: "Organization/1" }] }), [
    "reference-target-type Patient.generalPractitioner[0].reference",
    "reference-aggregation Patient.generalPractitioner[0].reference",
  ]);
  const contained = [{ resourceType: "Practitioner", id: "lindqvist" }];
  assert.deepEqual(foundBy(profile, { ...mrsOsei, contained, generalPractitioner: [{ reference: "#lindqvist" }] }), []);
});

test("an issue names the profile that asks for it, and none where R4 asks it of all", () => {
  const profile = patientProfile(element("Patient.telecom", { min: 1 }));
  const issues = openValidator({ definitions: [profile] }).validate(
    { ...mrsOsei, contact: [{ gender: "male" }] },
    { now: testedAt, profiles: [String(profile.url)] },
  );
  assert.deepEqual(
    issues.filter(({ severity }) => severity === "error").map(({ rule, profile: by }) => [rule, by]),
    [
      ["pat-1", undefined],
      ["required-element-missing", String(profile.url)],
    ],
  );
});

test("a profile derived from a profile asks for both", () => {
  const first = patientProfile(element("Patient.birthDate", { min: 1 }));
  const second = {
    ...profileOf("Patient", "second", [element("Patient.gender", { min: 1 })]),
    baseDefinition: String(first.url),
  };
  const { birthDate: _, gender: __, ...bare } = mrsOsei;
  assert.deepEqual(foundBy(second, bare, { definitions: [first] }), [
    "required-element-missing Patient.gender",
    "required-element-missing Patient.birthDate",
  ]);
});

test("profiles in meta.profile are checked; one that is not here is a warning there and an error when asked for", () => {
  const profile = patientProfile(element("Patient.telecom", { min: 1 }));
  const stating = { ...mrsOsei, meta: { profile: [String(profile.url), "http://example.org/none"] } };
  assert.deepEqual(found(stating, { definitions: [profile] }), ["required-element-missing Patient.telecom"]);
  assert.ok(found(stating, { definitions: [profile], all: true }).includes("unknown-profile Patient.meta.profile[1]"));
  assert.deepEqual(found(mrsOsei, { profiles: ["http://example.org/none"] }), ["unknown-profile Patient"]);
});

test("a profile for another type is said to be so", () => {
  assert.deepEqual(found(mrsOsei, { profiles: ["http://hl7.org/fhir/StructureDefinition/bp"] }), [
    "wrong-type-for-profile Patient",
  ]);
});

test("bindings of a profile go by the terminology: required is an error, extensible a warning", () => {
  const terminology = { isMember: () => false, knowsSystem: () => false, isCode: () => undefined };
  const bound = (strength: string): JsonObject =>
    patientProfile(element("Patient.maritalStatus", { binding: { strength, valueSet: "http://example.org/vs" } }));
  const single = { ...mrsOsei, maritalStatus: { coding: [{ system: "http://example.org/marital", code: "S" }] } };
  const line = "code-not-in-value-set Patient.maritalStatus";
  assert.deepEqual(foundBy(bound("required"), single, { terminology }), [line]);
  assert.deepEqual(foundBy(bound("extensible"), single, { terminology }), []);
  assert.ok(foundBy(bound("extensible"), single, { terminology, all: true }).includes(line));
});

test("R4's own profiles are there: a blood pressure needs both its parts", () => {
  const pressure: JsonObject = {
    resourceType: "Observation",
    status: "final",
    category: [
      { coding: [{ system: "http://terminology.hl7.org/CodeSystem/observation-category", code: "vital-signs" }] },
    ],
    code: { coding: [{ system: "http://loinc.org", code: "85354-9" }] },
    subject: { reference: "Patient/osei" },
    effectiveDateTime: "2026-11-23",
    component: [
      {
        code: { coding: [{ system: "http://loinc.org", code: "8480-6" }] },
        valueQuantity: { value: 120, unit: "mmHg", system: "http://unitsofmeasure.org", code: "mm[Hg]" },
      },
    ],
  };
  assert.deepEqual(found(pressure), [
    "required-element-missing Observation.component",
    "slice-missing Observation.component",
  ]);
});
