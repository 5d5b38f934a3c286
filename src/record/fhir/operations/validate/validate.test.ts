/** FHIR R4 OperationDefinition/Resource-validate. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { JsonObject } from "#kernel";
import { checkResource } from "#standards/fhir";
import type { Received } from "../../../../../test/doors/fhir.ts";
import { fhirWard } from "../../../../../test/doors/fhir-ward.ts";

const { door, doorFor, put } = await fhirWard();
const url = "https://ward.example/StructureDefinition/named-patient";

const named = (min: number): JsonObject => ({
  resourceType: "StructureDefinition",
  id: "named",
  url,
  name: "NamedPatient",
  status: "active",
  kind: "resource",
  abstract: false,
  type: "Patient",
  baseDefinition: "http://hl7.org/fhir/StructureDefinition/Patient",
  derivation: "constraint",
  differential: { element: [{ id: "Patient.name", path: "Patient.name", min }] },
});

interface Issue {
  readonly severity: string;
  readonly code: string;
  readonly expression?: readonly string[];
}

/** `error required Patient.name`, of each issue that is an error. */
function errorsOf({ status, json }: Received): readonly string[] {
  assert.equal(status, 200, JSON.stringify(json));
  assert.deepEqual(checkResource(json), []);
  return (json.issue as unknown as readonly Issue[])
    .filter(({ severity }) => severity === "error")
    .map(({ code, expression = [] }) => `${code} ${expression[0]}`);
}

const about = (resource: object, ...more: object[]) => ({
  body: { resourceType: "Parameters", parameter: [{ name: "resource", resource }, ...more] },
});

await put({ resourceType: "Patient", id: "osei", gender: "female" });

describe("$validate", () => {
  it("says that all is well", async () => {
    const reply = await door.send("POST /Patient/$validate", { body: { resourceType: "Patient", gender: "female" } });
    assert.deepEqual(errorsOf(reply), []);
  });

  it("names each fault and its place, and that is an answer and no failure", async () => {
    const patient = { resourceType: "Patient", gender: "hat", contact: [{ gender: "male" }] };
    const errors = errorsOf(await door.send("POST /Patient/$validate", about(patient)));
    assert.ok(errors.includes("code-invalid Patient.gender"), errors.join());
    assert.ok(
      errors.some((error) => error.startsWith("invariant Patient.contact")),
      errors.join(),
    );
  });

  it("of another type than the address says so", async () => {
    const observation = { resourceType: "Observation", status: "final", code: { text: "Hb" } };
    assert.deepEqual(errorsOf(await door.send("POST /Patient/$validate", about(observation))), ["invalid Patient"]);
  });

  it("checks what is stored", async () => {
    assert.deepEqual(errorsOf(await door.send("GET /Patient/osei/$validate")), []);
    assert.equal((await door.send("GET /Patient/nobody/$validate")).status, 404);
  });

  it("says whether something could be created, changed or deleted", async () => {
    const osei = { resourceType: "Patient", id: "osei" };
    const asked = (line: string, mode: string, resource: object) =>
      door.send(line, about(resource, { name: "mode", valueCode: mode }));
    assert.deepEqual(errorsOf(await asked("POST /Patient/$validate", "create", osei)), []);
    assert.deepEqual(errorsOf(await asked("POST /Patient/osei/$validate", "update", osei)), []);
    assert.deepEqual(errorsOf(await asked("POST /Patient/osei/$validate", "update", { ...osei, id: "other" })), [
      "business-rule Patient.id",
    ]);
    assert.deepEqual(errorsOf(await door.send("GET /Patient/osei/$validate?mode=delete")), []);
    assert.equal((await door.send("GET /Patient/nobody/$validate?mode=delete")).status, 404);
    assert.equal((await door.send("GET /Patient/osei/$validate?mode=hat")).status, 400);
    assert.equal((await door.send("POST /Patient/$validate")).status, 400);
  });

  it("knows the profiles of the record as they are now", async () => {
    const unknown = errorsOf(await door.send(`GET /Patient/osei/$validate?profile=${url}`));
    assert.equal(unknown.length, 1);
    await put(named(1));
    const strict = errorsOf(await door.send(`GET /Patient/osei/$validate?profile=${url}`));
    assert.ok(
      strict.some((error) => error.includes("Patient")),
      strict.join(),
    );
    await put(named(0));
    assert.deepEqual(errorsOf(await door.send(`GET /Patient/osei/$validate?profile=${url}`)), []);
  });

  it("goes by R4 alone for those who may not see definitions", async () => {
    const reader = doorFor("Patient.read");
    assert.deepEqual(errorsOf(await reader.send("GET /Patient/osei/$validate")), []);
    assert.equal((await doorFor("Observation.read").send("GET /Patient/osei/$validate")).status, 403);
  });
});

it("an operation of Corridor's own has a definition", async () => {
  const { status, json } = await door.send("GET /OperationDefinition/corridor-potential-duplicates");
  assert.equal(status, 200);
  assert.deepEqual(checkResource(json), []);
});
