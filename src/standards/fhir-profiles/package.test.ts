/** Source: FHIR NPM Package Specification; POSIX.1-2017 (ustar). */
import assert from "node:assert/strict";
import { test } from "node:test";
import { expectOk, type JsonObject } from "#kernel";
import { packageDocuments, readPackage } from "./package.ts";
import { profileOf } from "./validation-case.ts";

const manifest = {
  name: "org.example.ward",
  version: "1.2.0",
  fhirVersions: ["4.0.1"],
  dependencies: { "hl7.fhir.r4.core": "4.0.1" },
};

const encoder = new TextEncoder();

/** A tar archive with these files, as `npm pack` writes it. */
function tarOf(files: Readonly<Record<string, string | JsonObject>>): Uint8Array {
  const blocks = Object.entries(files).flatMap(([path, content]) => {
    const bytes = encoder.encode(typeof content === "string" ? content : JSON.stringify(content));
    const padded = new Uint8Array(Math.ceil(bytes.length / 512) * 512);
    padded.set(bytes);
    return [headerOf(path, bytes.length), padded];
  });
  const whole = [...blocks, new Uint8Array(1024)];
  const archive = new Uint8Array(whole.reduce((length, block) => length + block.length, 0));
  whole.reduce((at, block) => {
    archive.set(block, at);
    return at + block.length;
  }, 0);
  return archive;
}

function headerOf(path: string, size: number): Uint8Array {
  const header = new Uint8Array(512);
  const put = (text: string, at: number): void => header.set(encoder.encode(text), at);
  put(path, 0);
  put("0000644\0", 100);
  put(`${size.toString(8).padStart(11, "0")}\0`, 124);
  put("        0ustar\u000000", 148);
  const sum = header.reduce((total, byte) => total + byte, 0);
  put(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  return header;
}

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
