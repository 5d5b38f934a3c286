import assert from "node:assert/strict";
import { test } from "node:test";
import type { Encounter, Patient } from "#standards/fhir";
import { aPatient } from "../../../../test/builders/patient.ts";
import { mrsOsei } from "../../../../test/ward/index.ts";
import { filled, revised } from "./changes.ts";

const recorded = aPatient(mrsOsei, {
  telecom: [
    { use: "home", value: "1" },
    { use: "work", value: "2" },
  ],
  extension: [
    { url: "a", valueString: "1" },
    { url: "b", valueString: "2" },
  ],
});

test("what was sent replaces, what was not sent stays", () => {
  const changed = revised<Patient>(recorded, { resourceType: "Patient", gender: "other" }, []);
  assert.deepEqual(changed, { ...recorded, gender: "other" });
});

test("numbers, extensions and uses of a telephone are replaced one by one, in their places", () => {
  const sent: Patient = {
    resourceType: "Patient",
    identifier: [{ system: "urn:x", value: "9" }],
    telecom: [{ use: "work", value: "3" }],
    extension: [{ url: "a", valueString: "changed" }],
  };
  const changed = revised<Patient>(recorded, sent, []);
  assert.deepEqual(changed.identifier, [...(recorded.identifier ?? []), { system: "urn:x", value: "9" }]);
  assert.deepEqual(
    changed.telecom?.map(({ value }) => value),
    ["1", "3"],
  );
  assert.deepEqual(
    changed.extension?.map(({ valueString }) => valueString),
    ["changed", "2"],
  );
  assert.deepEqual(revised(changed, sent, []), changed, "the same again changes nothing");
});

test("an element, a use, a child and an extension can be cleared", () => {
  const none: Patient = { resourceType: "Patient" };
  assert.equal(revised<Patient>(recorded, none, ["birthDate"]).birthDate, undefined);
  assert.deepEqual(
    revised<Patient>(recorded, none, ["telecom:work"]).telecom?.map(({ use }) => use),
    ["home"],
  );
  assert.deepEqual(
    revised<Patient>(recorded, none, ["extension:a"]).extension?.map(({ url }) => url),
    ["b"],
  );
  const stay = {
    resourceType: "Encounter",
    period: { start: "2026-11-22", end: "2026-11-25" },
  } as unknown as Encounter;
  assert.deepEqual(revised(stay, {} as Encounter, ["period.end"]).period, { start: "2026-11-22" });
});

test("an empty list is not left behind", () => {
  const cleared = revised<Patient>(recorded, { resourceType: "Patient" }, ["telecom:home", "telecom:work"]);
  assert.equal("telecom" in cleared, false);
});

test("an element has one type at a time", () => {
  const alive = { ...recorded, deceasedBoolean: false };
  const died: Patient = { resourceType: "Patient", deceasedDateTime: "2026-11-24" };
  const changed = revised<Patient>(alive, died, []);
  assert.deepEqual([changed.deceasedBoolean, changed.deceasedDateTime], [undefined, "2026-11-24"]);
  assert.deepEqual(filled<Patient>(alive, died), alive);
});

test("filling adds what is missing, and a number only of a system that has none yet", () => {
  const sent: Patient = {
    resourceType: "Patient",
    birthDate: "1900-01-01",
    maritalStatus: { text: "Widowed" },
    identifier: [
      { system: "urn:corridor:authority:MEADOW", value: "H999" },
      { system: "urn:corridor:authority:OTHER", value: "77" },
    ],
  };
  const changed = filled<Patient>(recorded, sent);
  assert.equal(changed.birthDate, recorded.birthDate);
  assert.deepEqual(changed.maritalStatus, { text: "Widowed" });
  assert.deepEqual(
    changed.identifier?.map(({ value }) => value),
    [mrsOsei.nhsNumber, mrsOsei.hospitalNumber, "77"],
  );
});
