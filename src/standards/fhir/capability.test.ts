/** Source: FHIR R4 §5.2 (CapabilityStatement). */
import assert from "node:assert/strict";
import { test } from "node:test";
import { capabilityStatement, type ServerCapability } from "./capability.ts";
import { searchParametersOf } from "./search-parameters.ts";
import { checkResource } from "./structure.ts";

const server: ServerCapability = {
  software: { name: "Corridor", version: "0.1.0" },
  url: "http://127.0.0.1:8080/fhir",
  date: "2026-11-23T09:30:00Z",
  description: "The record of the demonstration hospital",
  formats: ["application/fhir+json", "json"],
  interactions: ["transaction"],
  resources: [
    {
      type: "Patient",
      interactions: ["read", "search-type"],
      versioning: "versioned",
      conditionalCreate: true,
      searchParameters: searchParametersOf("Patient").filter(({ code }) => code === "birthdate"),
      includes: ["Patient:general-practitioner"],
    },
    { type: "Binary", interactions: ["read"], searchParameters: [] },
  ],
};

test("a statement says what it was given and no more", () => {
  const [rest] = capabilityStatement(server).rest ?? [];
  assert.deepEqual(rest, {
    mode: "server",
    interaction: [{ code: "transaction" }],
    resource: [
      {
        type: "Patient",
        profile: "http://hl7.org/fhir/StructureDefinition/Patient",
        interaction: [{ code: "read" }, { code: "search-type" }],
        versioning: "versioned",
        conditionalCreate: true,
        searchInclude: ["Patient:general-practitioner"],
        searchParam: [
          { name: "birthdate", definition: "http://hl7.org/fhir/SearchParameter/individual-birthdate", type: "date" },
        ],
      },
      { type: "Binary", profile: "http://hl7.org/fhir/StructureDefinition/Binary", interaction: [{ code: "read" }] },
    ],
  });
});

test("a statement is a correct resource, also of a server that does nothing yet", () => {
  assert.deepEqual(checkResource(capabilityStatement(server)), []);
  assert.deepEqual(checkResource(capabilityStatement({ ...server, interactions: [], resources: [] })), []);
});
