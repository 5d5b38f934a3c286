/** FHIR R4 CompartmentDefinition */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { compartmentMembers, compartmentTypes } from "./compartments.ts";
import { searchParameterOf } from "./search-parameters.ts";

describe("a compartment", () => {
  it("is that of one of five types", () => {
    assert.deepEqual(compartmentTypes, ["Device", "Encounter", "Patient", "Practitioner", "RelatedPerson"]);
    assert.deepEqual(compartmentMembers("Organization"), []);
    assert.deepEqual(compartmentMembers("constructor"), []);
  });

  it("holds a type by the parameters that name the compartment's resource", () => {
    const inPatient = compartmentMembers("Patient");
    const parametersOf = (wanted: string) => inPatient.find(({ type }) => type === wanted)?.parameters;
    assert.equal(inPatient.length, 66);
    assert.deepEqual(parametersOf("Observation"), ["subject", "performer"]);
    assert.deepEqual(parametersOf("Patient"), ["link"]);
    assert.equal(parametersOf("Organization"), undefined);
  });

  it("goes by reference parameters that R4 has", () => {
    for (const { type, parameters } of compartmentTypes.flatMap(compartmentMembers)) {
      for (const code of parameters) assert.equal(searchParameterOf(type, code)?.type, "reference", `${type}:${code}`);
    }
  });
});
