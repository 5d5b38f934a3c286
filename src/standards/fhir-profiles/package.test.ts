/** Source: FHIR NPM Package Specification; POSIX.1-2017 (ustar). */
import assert from "node:assert/strict";
import { test } from "node:test";
import { expectOk } from "#kernel";
import { tarOf } from "../../../test/fhir-package.ts";
import { packageDocuments, readPackage } from "./package.ts";
import { profileOf } from "./validation-case.ts";

const manifest = {
  name: "org.example.ward",
  version: "1.2.0",
  fhirVersions: ["4.0.1"],
  dependencies: { "hl7.fhir.r4.core": "4.0.1" },
};

const encoder = new TextEncoder();

const ward = profileOf("Location", "ward", []);

test("a package is its manifest and its resources, without examples and other files", () => {
  const read = expectOk(
    readPackage(
      tarOf({
        "package/package.json": manifest,
        "package/.index.json": { files: [] },
        "package/StructureDefinition-ward.json": ward,
        "package/example/Location-ward-4.json": { resourceType: "Location", id: "ward-4" },
        "package/openapi/Location.json": { openapi: "3.0.0" },
        "package/readme.md": "# Wards",
      }),
    ),
  );
  assert.deepEqual(read, { ...manifest, resources: [ward] });
});

test("what is no package, for another version of FHIR, or damaged, is refused", () => {
  const codeOf = (bytes: Uint8Array): readonly (string | undefined)[] => {
    const read = readPackage(bytes);
    return read.ok ? [] : read.problems.map(({ code, where }) => (where === undefined ? code : `${code} ${where}`));
  };
  assert.deepEqual(codeOf(tarOf({ "package/a.json": ward })), ["package-without-manifest"]);
  assert.deepEqual(codeOf(tarOf({ "package/package.json": { ...manifest, fhirVersions: ["5.0.0"] } })), [
    "package-for-other-version",
  ]);
  assert.deepEqual(codeOf(tarOf({ "package/package.json": manifest, "package/a.json": "{" })), [
    "package-file-unreadable package/a.json",
  ]);
  assert.deepEqual(codeOf(encoder.encode("x".repeat(600))), ["tar-damaged byte 0"]);
  assert.deepEqual(codeOf(tarOf({ "package/package.json": manifest }).subarray(0, 520)), ["tar-damaged byte 0"]);
});

test("each definition of a package becomes a document with an id of its own", () => {
  const valueSet = { resourceType: "ValueSet", url: "http://example.org/ValueSet/wards", status: "active" };
  const resources = [
    { ...ward, id: "ward" },
    { ...ward, id: "ward", url: "http://example.org/StructureDefinition/other" },
    valueSet,
    { resourceType: "ImplementationGuide", id: "guide" },
    { resourceType: "ValueSet", status: "active" },
  ];
  const documents = packageDocuments({ ...manifest, resources });
  assert.deepEqual(
    documents.map(({ resourceType, id }) => `${String(resourceType)}/${String(id)}`),
    [
      "StructureDefinition/ward",
      "StructureDefinition/example.org-StructureDefinition-other",
      "ValueSet/example.org-ValueSet-wards",
    ],
  );
});
