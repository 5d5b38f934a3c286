/** What differs, told as FHIR R4 §3.1.0.6.1 (FHIRPath Patch). */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { expectOk, type JsonObject } from "#kernel";
import { checkResource } from "#standards/fhir";
import { applyFhirPathPatch } from "#standards/fhir-patch";
import { examplesFolder } from "../../../../../test/conformance/fhir-examples.ts";
import { missingExamples } from "../../../../../test/conformance/fhir-graphql.ts";
import type { Received } from "../../../../../test/doors/fhir.ts";
import { fhirWard } from "../../../../../test/doors/fhir-ward.ts";
import { jsonText, parseJson } from "../../../documents/json-text.ts";
import { differences } from "./difference.ts";

const read = (text: string) => expectOk(parseJson(text)) as JsonObject;
const patchFor = (type: string, before: JsonObject, after: JsonObject) => {
  const parameter = differences(type, before, after);
  return read(`{"resourceType":"Parameters","parameter":[${parameter.join(",")}]}`);
};

/** That the differences, taken as a patch, make the one of the other. */
function assertPatches(before: JsonObject, after: JsonObject): void {
  const type = String(before.resourceType);
  const patch = patchFor(type, before, after);
  const patched = expectOk(applyFhirPathPatch(before, patch));
  assert.deepEqual(differences(type, patched, after), [], jsonText(patch));
}

describe("the differences of two resources", () => {
  const patient = (more: object) => read(JSON.stringify({ resourceType: "Patient", ...more }));
  const cases: readonly (readonly [about: string, before: object, after: object, ...operations: string[]])[] = [
    ["nothing", { active: true }, { active: true }],
    ["an element more", {}, { birthDate: "1957-03-14" }, "add Patient"],
    ["an element less", { birthDate: "1957-03-14" }, {}, "delete Patient.birthDate"],
    ["another value", { gender: "male" }, { gender: "female" }, "replace Patient.gender"],
    ["another type", { deceasedBoolean: true }, { deceasedDateTime: "2026" }, "delete Patient.deceased", "add Patient"],
    [
      "an item before others",
      { name: [{ family: "B" }] },
      { name: [{ family: "A" }, { family: "B" }] },
      "insert Patient.name",
    ],
    [
      "items less",
      { name: [{ family: "A" }, { family: "B" }, { family: "C" }] },
      { name: [{ family: "C" }] },
      "delete Patient.name[1]",
      "delete Patient.name[0]",
    ],
    [
      "deep inside",
      { name: [{ given: ["A", "B"] }] },
      { name: [{ given: ["A", "C"] }] },
      "replace Patient.name[0].given[1]",
    ],
    ["an inner element", {}, { contact: [{ gender: "male", name: { family: "A" } }] }, "add Patient"],
    [
      "one member for another",
      { contact: [{ gender: "male" }] },
      { contact: [{ name: { text: "A" } }] },
      "add Patient.contact[0]",
      "delete Patient.contact[0].gender",
    ],
    [
      "an extension of a value",
      { birthDate: "1957" },
      { birthDate: "1957", _birthDate: { extension: [{ url: "urn:x", valueCode: "y" }] } },
      "replace Patient.birthDate",
    ],
    ["only what is a version's own", { id: "a", meta: { versionId: "1" } }, { id: "b", meta: { versionId: "2" } }],
  ];
  for (const [about, before, after, ...operations] of cases) {
    it(about, () => {
      const patch = patchFor("Patient", patient(before), patient(after));
      const told = (
        (patch.parameter ?? []) as unknown as { part: { valueCode?: string; valueString?: string }[] }[]
      ).map(({ part: [type, path] }) => `${type?.valueCode} ${path?.valueString}`);
      assert.deepEqual(told, operations);
      assertPatches(patient(before), patient(after));
    });
  }

  it("tell numbers as they were written", () => {
    const observation = (value: string) =>
      read(`{"resourceType":"Observation","status":"final","code":{"text":"x"},"valueQuantity":{"value":${value}}}`);
    const [only, ...others] = differences("Observation", observation("5.0"), observation("5.00"));
    assert.match(only ?? "", /"valueDecimal":5\.00\}/);
    assert.deepEqual(others, []);
  });

  it("make any official example of any other of its type", { skip: missingExamples() }, () => {
    let count = 0;
    for (const type of ["Patient", "Observation", "Encounter", "CarePlan", "MedicationRequest", "Questionnaire"]) {
      const files = readdirSync(examplesFolder)
        .filter((name) => name.startsWith(`${type}-`))
        .slice(0, 12);
      const examples = files.map((name) => read(readFileSync(join(examplesFolder, name), "utf8")));
      for (const before of examples) for (const after of examples) assertPatches(before, after);
      count += examples.length ** 2;
    }
    assert.ok(count > 300, `${count} pairs`);
  });
});

describe("$diff", async () => {
  const { door, doorFor, put } = await fhirWard();
  await put({ resourceType: "Patient", id: "osei", gender: "male" });
  await put({ resourceType: "Patient", id: "osei", gender: "female" });
  await put({ resourceType: "Patient", id: "osei", gender: "female", birthDate: "1957-03-14" });
  await put({ resourceType: "Patient", id: "once" }, { resourceType: "Organization", id: "trust", name: "T" });
  const told = ({ status, json }: Received) => {
    assert.equal(status, 200, JSON.stringify(json));
    assert.deepEqual(checkResource(json), []);
    return ((json.parameter ?? []) as unknown as { part: { valueCode?: string; valueString?: string }[] }[]).map(
      ({ part: [type, path] }) => `${type?.valueCode} ${path?.valueString}`,
    );
  };

  const cases: readonly (readonly [line: string, ...operations: string[]])[] = [
    ["GET /Patient/osei/$diff", "add Patient"],
    ["GET /Patient/osei/$diff?from=1", "replace Patient.gender", "add Patient"],
    ["GET /Patient/osei/$diff?from=3&to=2", "delete Patient.birthDate"],
    ["GET /Patient/osei/_history/2/$diff", "replace Patient.gender"],
    ["GET /$diff?from=Patient/osei/_history/1&to=Patient/osei", "replace Patient.gender", "add Patient"],
    ["GET /$diff?from=Patient/once&to=Patient/once"],
  ];
  for (const [line, ...operations] of cases) {
    it(`${line}: ${operations.join(", ") || "nothing"}`, async () => {
      assert.deepEqual(told(await door.send(line)).sort(), [...operations].sort());
    });
  }

  const refused = [
    ["GET /Patient/once/$diff", 404],
    ["GET /Patient/nobody/$diff", 404],
    ["GET /Patient/osei/$diff?from=9", 404],
    ["GET /Patient/osei/_history/2/$diff?to=1", 400],
    ["GET /$diff?from=Patient/osei", 400],
    ["GET /$diff?from=Patient/osei&to=Organization/trust", 400],
    ["GET /$diff?from=Hat/1&to=Patient/osei", 400],
  ] as const;
  for (const [line, status] of refused) {
    it(`${line} is ${status}`, async () => assert.equal((await door.send(line)).status, status));
  }

  it("is closed to who may not read both", async () => {
    assert.equal((await doorFor("Organization.read").send("GET /Patient/osei/$diff")).status, 403);
  });
});
