/** Source: FHIR R4 §2.4 (extensibility). */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { JsonObject } from "#kernel";
import { found, profileOf, testedAt } from "./validation-case.ts";
import { openValidator } from "./validator.ts";

const mrsOsei: JsonObject = { resourceType: "Patient", id: "osei", birthDate: "1961-05-02" };
const core = "http://hl7.org/fhir/StructureDefinition/";

function withExtension(extension: JsonObject): JsonObject {
  return { ...mrsOsei, extension: [extension] };
}

test("an extension of R4 is checked by its definition: type, parts and place", () => {
  const place = `${core}patient-birthPlace`;
  assert.deepEqual(found(withExtension({ url: place, valueAddress: { city: "Kumasi" } })), []);
  assert.deepEqual(found(withExtension({ url: place, valueString: "Kumasi" })), [
    "type-not-allowed Patient.extension[0].value.ofType(string)",
  ]);
  const misplaced = { resourceType: "Location", extension: [{ url: place, valueAddress: { city: "Kumasi" } }] };
  assert.deepEqual(found(misplaced), ["extension-context Location.extension[0]"]);
  const nationality = `${core}patient-nationality`;
  assert.deepEqual(found(withExtension({ url: nationality, extension: [{ url: "code", valueString: "GH" }] })), [
    "type-not-allowed Patient.extension[0].extension[0].value.ofType(string)",
  ]);
});

test("an extension of a primitive element stands beside it", () => {
  const time = { url: `${core}patient-birthTime`, valueDateTime: "1961-05-02T04:10:00Z" };
  assert.deepEqual(found({ ...mrsOsei, _birthDate: { extension: [time] } }), []);
  assert.deepEqual(found({ ...mrsOsei, gender: "female", _gender: { extension: [time] } }), [
    "extension-context Patient.gender.extension[0]",
  ]);
});

test("an extension without a definition is information; a modifier extension without one is an error", () => {
  const unknown = { url: "https://fhir.hospital.example/bed-colour", valueString: "blue" };
  assert.deepEqual(found(withExtension(unknown)), []);
  assert.ok(found(withExtension(unknown), { all: true }).includes("unknown-extension Patient.extension[0]"));
  assert.deepEqual(found({ ...mrsOsei, modifierExtension: [unknown] }), [
    "unknown-modifier-extension Patient.modifierExtension[0]",
  ]);
});

test("a validator may be told to refuse extensions without a definition, but for some", () => {
  const validator = openValidator({ unknownExtensions: "error", trustedExtensions: ["https://fhir.nhs.uk/"] });
  const rulesFor = (url: string): readonly string[] =>
    validator
      .validate(withExtension({ url, valueString: "x" }), { now: testedAt })
      .filter(({ severity }) => severity === "error")
      .map(({ rule }) => rule);
  assert.deepEqual(rulesFor("https://fhir.hospital.example/bed-colour"), ["unknown-extension"]);
  assert.deepEqual(rulesFor("https://fhir.nhs.uk/England/bed-colour"), []);
  assert.deepEqual(rulesFor("http://example.org/bed-colour"), []);
});

test("an extension's url is absolute and without a version, unless it is a part of another", () => {
  assert.deepEqual(found(withExtension({ url: "bed-colour", valueString: "blue" })), [
    "extension-url Patient.extension[0].url",
  ]);
  assert.deepEqual(found(withExtension({ url: `${core}patient-birthPlace|4.0.1`, valueAddress: { city: "Kumasi" } })), [
    "extension-url Patient.extension[0].url",
    "fixed-value Patient.extension[0].url",
  ]);
  assert.deepEqual(found(withExtension({ url: "http://example.org/bed" })), ["ext-1 Patient.extension[0]"]);
});

test("an extension of one's own is checked when its definition is given, and may be asked for by a profile", () => {
  const url = "http://example.org/StructureDefinition/bed-colour";
  const definition: JsonObject = {
    ...profileOf("Extension", "bed-colour", [
      { id: "Extension.url", path: "Extension.url", fixedUri: url },
      { id: "Extension.value[x]", path: "Extension.value[x]", min: 1, type: [{ code: "code" }] },
    ]),
    context: [{ type: "element", expression: "Patient" }],
  };
  const profile = profileOf("Patient", "with-bed", [
    {
      id: "Patient.extension:bed",
      path: "Patient.extension",
      sliceName: "bed",
      min: 1,
      max: "1",
      type: [{ code: "Extension", profile: [url] }],
    },
  ]);
  const asked = { definitions: [definition, profile], profiles: [String(profile.url)] };
  assert.deepEqual(found(withExtension({ url, valueCode: "blue" }), asked), []);
  assert.deepEqual(found(mrsOsei, asked), ["slice-missing Patient.extension"]);
  assert.deepEqual(found(withExtension({ url, valueString: "blue" }), asked), [
    "type-not-allowed Patient.extension[0].value.ofType(string)",
  ]);
});
