/** Source: NHS CUI Patient Banner 2.3 to 2.9. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { instant } from "#kernel";
import type { Encounter, Patient } from "#standards/fhir";
import { anEncounter } from "../../../../test/builders/chart.ts";
import { aPatient } from "../../../../test/builders/patient.ts";
import { aucklandTime, babyAdeyemi, mrsOsei, wardTime } from "../../../../test/ward/index.ts";
import { bannerOf } from "./banner.ts";
import { patientRow } from "./patient-row.ts";

const now = instant(Date.parse("2026-11-23T09:30:00Z"));
const at = { now, hospitalTime: wardTime };

function banner(patient: Patient, encounters: readonly Encounter[] = []) {
  return bannerOf({ patient, allergies: [], encounters, nameOf: () => undefined, ...at, version: 3, position: 41 });
}

test("the banner names the patient by name, birth, age, sex and NHS number in 3-3-4", () => {
  const row = patientRow({ ...aPatient(), id: "osei" }, at);
  assert.deepEqual(row, {
    id: "osei",
    name: "OSEI, Adaeze Grace (Mrs)",
    born: { date: "1957-03-14", text: "14-Mar-1957", age: "69y" },
    gender: { text: "Female", code: "female" },
    nhsNumber: { digits: "9990000018", text: "999 000 0018", valid: true },
    hospitalNumber: "H1042318",
    active: true,
  });
});

test("an NHS number with a wrong check digit is shown as doubtful", () => {
  const patient = aPatient({ ...mrsOsei, nhsNumber: "9990000019" });
  assert.equal(patientRow(patient, at).nhsNumber?.valid, false);
});

test("a baby's age is in days, or hours where the time of birth is known", () => {
  assert.equal(patientRow(aPatient(babyAdeyemi), at).born?.age, "7d");
  const timed = aPatient(babyAdeyemi, {
    birthDate: "2026-11-22",
    _birthDate: {
      extension: [
        {
          url: "http://hl7.org/fhir/StructureDefinition/patient-birthTime",
          valueDateTime: "2026-11-22T07:30:00+00:00",
        },
      ],
    },
  });
  assert.equal(patientRow(timed, at).born?.age, "26hr");
});

test("of the dead the age at death is shown, and no age where the day is not known", () => {
  const died = patientRow(aPatient(mrsOsei, { deceasedDateTime: "2026-01-03" }), at);
  assert.deepEqual(died.deceased, { text: "03-Jan-2026", date: "2026-01-03" });
  assert.equal(died.born?.age, "68y");
  const undated = patientRow(aPatient(mrsOsei, { deceasedBoolean: true }), at);
  assert.deepEqual(undated.deceased, {});
  assert.deepEqual(undated.born, { date: "1957-03-14", text: "14-Mar-1957" });
  assert.equal(patientRow(aPatient(mrsOsei, { deceasedBoolean: false }), at).deceased, undefined);
});

test("a date of birth that is partly known is shown as far as it is", () => {
  assert.deepEqual(patientRow(aPatient(mrsOsei, { birthDate: "1957-03" }), at).born, {
    date: "1957-03",
    text: "Mar-1957",
  });
});

test("a record that was merged into another says so", () => {
  const merged = aPatient(mrsOsei, {
    active: false,
    link: [{ type: "replaced-by", other: { reference: "Patient/7c" } }],
  });
  const row = patientRow(merged, at);
  assert.deepEqual([row.active, row.replacedBy], [false, "7c"]);
});

test("the open stay gives ward and consultant, and goes before a clinic visit of the same day", () => {
  const clinic = anEncounter({
    id: "clinic",
    class: { code: "AMB" },
    period: { start: "2026-11-23T09:00:00+00:00" },
    location: [{ location: { display: "Clinic 4" } }],
  });
  const { encounter, ward } = banner(aPatient(), [clinic, anEncounter()]);
  assert.equal(ward, "Ward 7, bay 2, bed 3");
  assert.deepEqual(encounter, {
    id: "stay",
    kind: "Inpatient",
    location: "Ward 7, bay 2, bed 3",
    consultant: "Dr Ingrid Lindqvist",
    since: "2026-11-22T21:00:00+00:00",
  });
  assert.equal(banner(aPatient(), [anEncounter({ status: "finished" })]).ward, undefined);
});

test("identifiers, address and telephone numbers that are no longer in use are left out", () => {
  const shown = banner(
    aPatient(mrsOsei, {
      address: [
        { use: "old", line: ["1 Former Street"] },
        { use: "home", line: ["12 Tannery Lane"], city: "Meadowbank", postalCode: "ZZ99 3AA" },
      ],
      telecom: [
        { system: "phone", use: "home", value: "01632 960101" },
        { system: "phone", use: "old", value: "01632 960199" },
        { system: "email", value: "a.osei@example.org" },
      ],
    }),
  );
  assert.equal(shown.address, "12 Tannery Lane, Meadowbank, ZZ99 3AA");
  assert.deepEqual(shown.phones, [
    { label: "Home", value: "01632 960101" },
    { label: "Email", value: "a.osei@example.org" },
  ]);
  assert.deepEqual(shown.identifiers, [
    { label: "Hospital number", value: "H1042318", system: "urn:corridor:authority:MEADOW" },
  ]);
  assert.deepEqual(shown.allergies, { state: "unrecorded", text: "No allergies recorded" });
});

test("an age is that of the day it is in the hospital, and a time of death is on its clock", () => {
  const evening = instant(Date.parse("2026-11-23T22:00:00Z"));
  const baby = aPatient(babyAdeyemi, { birthDate: "2026-11-20" });
  assert.equal(patientRow(baby, { now: evening, hospitalTime: wardTime }).born?.age, "3d");
  assert.equal(patientRow(baby, { now: evening, hospitalTime: aucklandTime }).born?.age, "4d");
  const died = aPatient(mrsOsei, { deceasedDateTime: "2026-11-23T20:15:00Z" });
  assert.equal(patientRow(died, { now: evening, hospitalTime: aucklandTime }).deceased?.text, "24-Nov-2026 09:15");
});
