/** Source: FHIR R4 §5.1.0.13 (slicing), §5.1.0.14 (discriminators), §5.1.0.15 (slices in slices). */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { JsonObject } from "#kernel";
import { foundBy, profileOf } from "./validation-case.ts";

const mrsOsei: JsonObject = { resourceType: "Patient", id: "osei" };

function slice(path: string, name: string, rest: JsonObject): JsonObject {
  return { id: `${path}:${name}`, path, sliceName: name, ...rest };
}

function sliced(path: string, type: string, by: string, more: JsonObject = {}): JsonObject {
  return { id: path, path, slicing: { discriminator: [{ type, path: by }], rules: "open", ...more } };
}

test("ordered slices stand in their order", () => {
  const telecom = "Patient.telecom";
  const profile = profileOf("Patient", "ordered", [
    sliced(telecom, "value", "system", { ordered: true }),
    slice(telecom, "phone", { max: "1" }),
    { id: `${telecom}:phone.system`, path: `${telecom}.system`, fixedCode: "phone" },
    slice(telecom, "email", { max: "1" }),
    { id: `${telecom}:email.system`, path: `${telecom}.system`, fixedCode: "email" },
  ]);
  const phone = { system: "phone", value: "1" };
  const email = { system: "email", value: "a@b" };
  assert.deepEqual(foundBy(profile, { ...mrsOsei, telecom: [phone, email] }), []);
  assert.deepEqual(foundBy(profile, { ...mrsOsei, telecom: [email, phone] }), ["slice-order Patient.telecom[1]"]);
  assert.deepEqual(foundBy(profile, { ...mrsOsei, telecom: [phone, phone] }), ["too-many-in-slice Patient.telecom"]);
});

test("the default slice has what no other has", () => {
  const telecom = "Patient.telecom";
  const profile = profileOf("Patient", "default", [
    sliced(telecom, "value", "system", { rules: "closed" }),
    slice(telecom, "phone", {}),
    { id: `${telecom}:phone.system`, path: `${telecom}.system`, fixedCode: "phone" },
    slice(telecom, "@default", {}),
    { id: `${telecom}:@default.use`, path: `${telecom}.use`, min: 1 },
  ]);
  assert.deepEqual(
    foundBy(profile, {
      ...mrsOsei,
      telecom: [
        { system: "phone", value: "1" },
        { system: "fax", value: "1" },
      ],
    }),
    ["required-element-missing Patient.telecom[1].use"],
  );
});

test("a slice is sliced again", () => {
  const category = "Observation.category";
  const profile = profileOf("Observation", "nested", [
    sliced(category, "pattern", "$this"),
    slice(category, "lab", { min: 1, patternCodeableConcept: { coding: [{ code: "laboratory" }] } }),
    {
      id: `${category}:lab.coding`,
      path: `${category}.coding`,
      slicing: { discriminator: [{ type: "value", path: "system" }], rules: "closed" },
    },
    { id: `${category}:lab.coding:own`, path: `${category}.coding`, sliceName: "own", min: 1 },
    { id: `${category}:lab.coding:own.system`, path: `${category}.coding.system`, fixedUri: "http://example.org/own" },
  ]);
  const glucose = { resourceType: "Observation", status: "final", code: { text: "Glucose" } };
  const own = { system: "http://example.org/own", code: "laboratory" };
  const other = { system: "http://example.org/other", code: "x" };
  assert.deepEqual(foundBy(profile, { ...glucose, category: [{ coding: [own] }, { coding: [other] }] }), []);
  assert.deepEqual(foundBy(profile, { ...glucose, category: [{ coding: [own, other] }] }), [
    "slicing-closed Observation.category[0].coding[1]",
  ]);
});

test("entries of a Bundle are sliced by the type of their resources, and meet its profile", () => {
  const entry = "Bundle.entry";
  const named = profileOf("Patient", "named", [{ id: "Patient.name", path: "Patient.name", min: 1 }]);
  const profile = profileOf("Bundle", "with-patient", [
    sliced(entry, "type", "resource"),
    slice(entry, "patient", { min: 1, max: "1" }),
    {
      id: `${entry}:patient.resource`,
      path: `${entry}.resource`,
      min: 1,
      type: [{ code: "Patient", profile: [String(named.url)] }],
    },
  ]);
  const bundle = (resource: JsonObject): JsonObject => ({
    resourceType: "Bundle",
    type: "collection",
    entry: [{ resource }],
  });
  const asked = { definitions: [named] };
  assert.deepEqual(foundBy(profile, bundle({ ...mrsOsei, name: [{ family: "Osei" }] }), asked), []);
  assert.deepEqual(foundBy(profile, bundle(mrsOsei), asked), [
    "required-element-missing Bundle.entry[0].resource.name",
  ]);
  assert.deepEqual(foundBy(profile, bundle({ resourceType: "Location" }), asked), ["slice-missing Bundle.entry"]);
});

test("references are sliced by the type of what they point at", () => {
  const performer = "Observation.performer";
  const profile = profileOf("Observation", "performed", [
    sliced(performer, "type", "resolve()"),
    slice(performer, "practitioner", {
      min: 1,
      type: [{ code: "Reference", targetProfile: ["http://hl7.org/fhir/StructureDefinition/Practitioner"] }],
    }),
  ]);
  const pulse = { resourceType: "Observation", status: "final", code: { text: "Pulse" } };
  const resolve = (reference: string): JsonObject => ({ resourceType: reference.split("/")[0] ?? "", id: "1" });
  assert.deepEqual(foundBy(profile, { ...pulse, performer: [{ reference: "Practitioner/1" }] }, { resolve }), []);
  assert.deepEqual(foundBy(profile, { ...pulse, performer: [{ reference: "Patient/1" }] }, { resolve }), [
    "slice-missing Observation.performer",
  ]);
});

test("slices by an extension's value", () => {
  const url = "http://example.org/StructureDefinition/kind";
  const kind: JsonObject = {
    ...profileOf("Extension", "kind", [{ id: "Extension.url", path: "Extension.url", fixedUri: url }]),
    context: [{ type: "element", expression: "Identifier" }],
  };
  const identifier = "Patient.identifier";
  const at = `${identifier}:main.extension:kind`;
  const profile = profileOf("Patient", "by-extension", [
    sliced(identifier, "value", `extension('${url}').value`),
    slice(identifier, "main", { min: 1 }),
    {
      id: at,
      path: `${identifier}.extension`,
      sliceName: "kind",
      min: 1,
      type: [{ code: "Extension", profile: [url] }],
    },
    { id: `${at}.value[x]`, path: `${identifier}.extension.value[x]`, fixedCode: "main" },
  ]);
  const marked = (valueCode: string): JsonObject => ({
    ...mrsOsei,
    identifier: [{ value: "1", extension: [{ url, valueCode }] }],
  });
  assert.deepEqual(foundBy(profile, marked("main"), { definitions: [kind] }), []);
  assert.deepEqual(foundBy(profile, marked("other"), { definitions: [kind] }), ["slice-missing Patient.identifier"]);
});

test("a definition with a snapshot is taken by its snapshot", () => {
  const element = (path: string, rest: JsonObject): JsonObject => ({ id: path, path, min: 0, max: "*", ...rest });
  const nhs = "Patient.identifier:nhs";
  const profile: JsonObject = {
    ...profileOf("Patient", "whole", []),
    snapshot: {
      element: [
        element("Patient", {}),
        element("Patient.identifier", {
          slicing: { discriminator: [{ type: "value", path: "system" }], rules: "open" },
          type: [{ code: "Identifier" }],
        }),
        { ...element(nhs, { min: 1, sliceName: "nhs", type: [{ code: "Identifier" }] }), path: "Patient.identifier" },
        { ...element(`${nhs}.system`, { min: 1, max: "1", fixedUri: "urn:x:nhs" }), path: "Patient.identifier.system" },
        element("Patient.birthDate", { min: 1, max: "1", base: { path: "Patient.birthDate", min: 0, max: "1" } }),
        element("Patient.deceased[x]", { max: "1", type: [{ code: "dateTime" }] }),
      ],
    },
  };
  assert.deepEqual(foundBy(profile, { ...mrsOsei, deceasedBoolean: true }), [
    "slice-missing Patient.identifier",
    "required-element-missing Patient.birthDate",
    "type-not-allowed Patient.deceased.ofType(boolean)",
  ]);
  assert.deepEqual(
    foundBy(profile, { ...mrsOsei, identifier: [{ system: "urn:x:nhs", value: "1" }], birthDate: "1961" }),
    [],
  );
});
