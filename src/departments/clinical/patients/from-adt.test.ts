/** Events about a patient. Source: HL7 v2-to-FHIR, ADT_A01; HL7 UK A.3, chapter 3. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type AllergyIntolerance, checkResource, type Encounter, type Patient } from "#standards/fhir";
import { anAdt, anOruR01 } from "../../../../test/builders/index.ts";
import { aLaboratory } from "../../../../test/laboratory.ts";
import { mapText } from "../../../../test/mapping.ts";
import { mrsOsei } from "../../../../test/ward/index.ts";
import type { LinkMessage } from "../messages/link-message.ts";

async function after(...messages: readonly string[]) {
  const laboratory = await aLaboratory();
  for (const message of messages) assert.equal((await laboratory.send(message, { link: "pas" })).code, "AA");
  const [patient] = await laboratory.all<Patient>("Patient");
  const encounters = await laboratory.all<Encounter>("Encounter");
  return { ...laboratory, patient, encounters, encounter: encounters[0] };
}

test("PID becomes a patient, with the NHS number as the NHS has it", () => {
  const { patient, plan } = mapText(anAdt({ event: "A28" }));
  assert.deepEqual(patient.identifier?.[0], { system: "https://fhir.nhs.uk/Id/nhs-number", value: "9990000018" });
  assert.equal(patient.identifier?.[1]?.system, "urn:corridor:authority:MEADOW");
  assert.deepEqual(patient.name, [{ use: "official", family: "Osei", given: ["Adaeze", "Grace"], prefix: ["Mrs"] }]);
  assert.deepEqual([patient.birthDate, patient.gender], ["1957-03-14", "female"]);
  assert.deepEqual(patient.telecom, [{ system: "phone", value: "01632 960101", use: "home" }]);
  assert.deepEqual(patient.address?.[0]?.postalCode, "ZZ99 3AA");
  assert.deepEqual(checkResource(patient), []);
  assert.deepEqual(plan, []);
});

test("an NHS number is known with blanks in it, in PID-2, and without an authority where it is written 3-3-4", () => {
  const numberIn = (pid: Record<number, string>) =>
    mapText(anAdt({ pid: { 3: "H1^^^MEADOW^MR", ...pid } })).patient.identifier?.[0]?.value;
  assert.equal(numberIn({ 3: "999 000 0018^^^NHS^NH" }), "9990000018");
  assert.equal(numberIn({ 3: "999 000 0018" }), "9990000018");
  assert.equal(numberIn({ 2: "9990000018" }), "9990000018");
  assert.equal(numberIn({ 19: "9990000018" }), "9990000018");
  assert.equal(numberIn({ 3: "9990000018^^^MEADOW^MR" }), "9990000018");
});

test("ten digits of a hospital are no NHS number although their check digit fits", () => {
  const { identifier } = mapText(anAdt({ pid: { 3: "9990000018^^^MEADOW^MR" } })).patient;
  assert.equal(identifier?.[0]?.system, "urn:corridor:authority:MEADOW");
});

test("an admission begins a visit and a discharge ends it", async () => {
  const { encounter, encounters, patient } = await after(
    anAdt({ controlId: "1" }),
    anAdt({ controlId: "2", event: "A03", recordedAt: "20261125100000+0000" }),
  );
  assert.equal(encounters.length, 1);
  assert.equal(encounter?.status, "finished");
  assert.deepEqual(encounter?.period, { start: "2026-11-22T21:00:00+00:00", end: "2026-11-25T10:00:00+00:00" });
  assert.equal(encounter?.class.code, "IMP");
  assert.equal(encounter?.location?.[0]?.location.display, "MEADOW, WARD7, BAY2, BED3");
  assert.equal(encounter?.participant?.[0]?.individual?.display, "Dr Ingrid Lindqvist");
  assert.equal(encounter?.subject?.reference, `Patient/${(patient as { id?: string }).id}`);
});

test("a late admission does not reopen a visit that has ended", async () => {
  const { encounter, all } = await after(
    anAdt({ controlId: "2", event: "A03", recordedAt: "20261125100000+0000" }),
    anAdt({ controlId: "1", recordedAt: "20261122210000+0000" }),
  );
  assert.equal(encounter?.status, "finished");
  const [, late] = await all<LinkMessage>("LinkMessage");
  assert.equal(late?.state, "stale");
});

test("A08 changes what it says, leaves what it does not say, and keeps the visit's status", async () => {
  const { patient, encounter } = await after(
    anAdt({ controlId: "1" }),
    anAdt({
      controlId: "2",
      event: "A08",
      recordedAt: "20261124090000+0000",
      pid: { 5: "Osei-Mensah^Adaeze^^^Mrs^^L", 7: "", 11: "", 13: "01632 960999" },
      pv1: { 3: "WARD9^BAY1^BED1^MEADOW" },
    }),
  );
  assert.equal(patient?.name?.[0]?.family, "Osei-Mensah");
  assert.equal(patient?.birthDate, "1957-03-14");
  assert.equal(patient?.address?.[0]?.postalCode, "ZZ99 3AA");
  assert.deepEqual(
    patient?.telecom?.map(({ value }) => value),
    ["01632 960999"],
  );
  assert.equal(encounter?.status, "in-progress");
  assert.equal(encounter?.location?.[0]?.location.display, "MEADOW, WARD9, BAY1, BED1");
});

test('`""` deletes what is recorded', async () => {
  const { patient } = await after(
    anAdt({ controlId: "1", event: "A28", pid: { 14: "01632 960200" } }),
    anAdt({ controlId: "2", event: "A31", recordedAt: "20261124090000+0000", pid: { 11: '""', 14: '""' } }),
  );
  assert.equal(patient?.address, undefined);
  assert.deepEqual(
    patient?.telecom?.map(({ use }) => use),
    ["home"],
  );
});

test("an older event does not undo a newer one", async () => {
  const { patient } = await after(
    anAdt({ controlId: "2", event: "A31", recordedAt: "20261124090000+0000", pid: { 5: "Mensah^Adaeze" } }),
    anAdt({ controlId: "1", event: "A31", recordedAt: "20261123090000+0000" }),
  );
  assert.equal(patient?.name?.[0]?.family, "Mensah");
});

test("a laboratory adds what is not known of a patient and changes nothing that is", async () => {
  const { patient } = await after(
    anAdt({ controlId: "1", event: "A28", pid: { 13: "" } }),
    anOruR01({ controlId: "2", pid: { 5: "OSEI^ADAEZE", 8: "U", 13: "01632 960555" } }),
  );
  assert.equal(patient?.name?.[0]?.family, "Osei");
  assert.equal(patient?.gender, "female");
  assert.equal(patient?.telecom?.[0]?.value, "01632 960555");
});

test("a death is recorded with its time, and takes the place of an earlier no", async () => {
  const { patient } = await after(
    anAdt({ controlId: "1", event: "A28", pid: { 30: "N" } }),
    anAdt({ controlId: "2", event: "A31", recordedAt: "20261124090000+0000", pid: { 29: "20261124031500+0000" } }),
  );
  assert.equal(patient?.deceasedBoolean, undefined);
  assert.equal(patient?.deceasedDateTime, "2026-11-24T03:15:00+00:00");
});

test("allergies are recorded once, however often they come", async () => {
  const allergies = [
    { 2: "DA", 3: "PEN^Penicillin^L", 4: "SV", 5: "Anaphylaxis" },
    { 2: "FA", 3: "NUT^Peanut^L", 4: "MO", 5: "Rash" },
  ];
  const { all } = await after(
    anAdt({ controlId: "1", allergies }),
    anAdt({ controlId: "2", event: "A08", recordedAt: "20261124090000+0000", allergies }),
  );
  const recorded = await all<AllergyIntolerance & { meta: { versionId: string } }>("AllergyIntolerance");
  assert.deepEqual(
    recorded.map((each) => [each.code?.coding?.[0]?.display, each.category, each.criticality, each.meta.versionId]),
    [
      ["Penicillin", ["medication"], "high", "1"],
      ["Peanut", ["food"], undefined, "1"],
    ],
  );
  assert.equal(recorded[1]?.reaction?.[0]?.severity, "moderate");
});

test("a visit without a number is not made, and its values are listed", () => {
  const { of, ledger } = mapText(anAdt({ pv1: { 19: "" } }));
  assert.deepEqual(of("Encounter"), []);
  const ward = ledger.find(({ where }) => where === "PV1[1]-3[1].1.1");
  assert.deepEqual(ward, { where: "PV1[1]-3[1].1.1", value: "WARD7", reason: "no-visit-number" });
});

test("every patient of the ward is who the message says", async () => {
  const { patient } = await after(anAdt({ event: "A28", patient: mrsOsei }));
  assert.equal(patient?.identifier?.[0]?.value, mrsOsei.nhsNumber);
});
