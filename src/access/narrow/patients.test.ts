/** Whom a document concerns. Source: FHIR R4 CompartmentDefinition/patient */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { instant, type JsonObject } from "#kernel";
import type { Version } from "#record";
import { patientsOfBody, patientsOfQuery, patientsOfVersion } from "./patients.ts";

const osei = { reference: "Patient/osei" };
const oneill = { reference: "Patient/oneill" };

const cases: readonly (readonly [kind: string, body: JsonObject, patients: readonly string[]])[] = [
  ["Observation", { subject: osei, performer: [oneill] }, ["Patient/osei"]],
  ["AllergyIntolerance", { patient: osei }, ["Patient/osei"]],
  ["Observation", { subject: { reference: "Patient/osei/_history/3" } }, ["Patient/osei"]],
  ["Observation", { subject: { reference: "Group/ward-7" } }, []],
  ["Observation", { subject: { reference: "https://elsewhere.example/fhir/Patient/1" } }, []],
  ["Observation", { subject: { reference: "urn:uuid:1" } }, []],
  ["Observation", { contained: [{ resourceType: "Patient", subject: oneill }], subject: osei }, ["Patient/osei"]],
  ["Account", { subject: [osei, oneill] }, ["Patient/osei", "Patient/oneill"]],
  ["Appointment", { participant: [{ actor: osei }, { actor: { reference: "Location/1" } }] }, ["Patient/osei"]],
  ["Task", { for: osei, owner: oneill }, ["Patient/osei"]],
  ["Coverage", { beneficiary: osei, subscriber: oneill }, ["Patient/osei"]],
  ["Group", { member: [{ entity: osei }, { entity: oneill }] }, ["Patient/osei", "Patient/oneill"]],
  ["LinkMessage", { patientReference: "Patient/osei", patient: { nhsNumber: "9990000018" } }, ["Patient/osei"]],
  ["Organization", { name: "Patient/osei" }, []],
];

describe("a document concerns", () => {
  const version = (kind: string, body: object): Version => ({
    kind,
    id: "x",
    version: 1,
    position: 1,
    at: instant(0),
    action: "create",
    body: JSON.stringify(body),
  });
  for (const [kind, body, patients] of cases) {
    it(`${kind} ${JSON.stringify(body).slice(0, 90)}: ${patients.join(", ") || "nobody"}`, () => {
      assert.deepEqual(patientsOfVersion(version(kind, body)), patients);
      assert.deepEqual(patientsOfBody(kind, body), patients);
    });
  }

  it("a Patient: itself, whatever it holds", () => {
    assert.deepEqual(patientsOfVersion({ ...version("Patient", { link: [{ other: osei }] }), id: "me" }), [
      "Patient/me",
    ]);
  });

  it("a deletion: nobody, for it holds nothing", () => {
    assert.deepEqual(patientsOfVersion({ ...version("Observation", {}), action: "delete", body: "" }), []);
  });
});

describe("a search concerns", () => {
  it("the patients that its criteria name", () => {
    const query = { kind: "Observation", sort: { by: "updated", descending: true }, limit: 1 } as const;
    const named = patientsOfQuery({
      ...query,
      all: [
        { is: "key", any: ["code=718-7"] },
        { is: "key", any: ["patient=Patient/osei", "subject=Patient/osei", "subject=Group/1"] },
      ],
    });
    assert.deepEqual(named, ["Patient/osei"]);
    const ids = patientsOfQuery({ ...query, kind: "Patient", all: [{ is: "id", any: ["osei", "oneill"] }] });
    assert.deepEqual(ids, ["Patient/osei", "Patient/oneill"]);
    assert.deepEqual(patientsOfQuery({ ...query, all: [] }), []);
  });
});
