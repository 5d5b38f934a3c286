import type { Patient } from "#standards/fhir";
import { mrsOsei, type WardPatient } from "../ward/index.ts";

/** A FHIR Patient as a message about her would make it: Mrs Osei, unless said otherwise. */
export function aPatient(person: WardPatient = mrsOsei, overrides: Partial<Patient> = {}): Patient {
  return {
    resourceType: "Patient",
    identifier: [
      { system: "https://fhir.nhs.uk/Id/nhs-number", value: person.nhsNumber },
      { system: "urn:corridor:authority:MEADOW", value: person.hospitalNumber },
    ],
    name: [{ use: "official", family: person.family, given: person.given, prefix: [person.prefix] }],
    gender: person.gender,
    birthDate: person.birthDate,
    ...overrides,
  };
}
