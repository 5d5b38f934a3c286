/** Pathology reports to practices as resources. Source: PMIP EDIFACT, NHS003; docs/conformance/edifact.md. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { readInterchange } from "#standards/edifact";
import { checkResource, type Resource } from "#standards/fhir";
import { anInterchange, anNhs003, fullBloodCount, type Nhs003 } from "../../../../test/builders/nhs003.ts";
import { mrsOsei, wardTime } from "../../../../test/ward/index.ts";
import type { Plan } from "../messages/plan.ts";
import { type EdifactReport, fromEdifact } from "./from-edifact.ts";

function mapSegments(segments: readonly string[]): EdifactReport {
  const { header, messages } = readInterchange(anInterchange([segments]));
  const [message] = messages;
  assert.ok(header !== undefined && message !== undefined);
  return fromEdifact({
    message,
    header,
    subject: { reference: "Patient/osei" },
    offsetMinutesAt: wardTime.offsetMinutesAt,
  });
}

function mapped(sent: Nhs003 = {}): EdifactReport {
  return mapSegments(anNhs003(sent));
}

type OfType<T> = Extract<Plan[number]["resource"], { resourceType: T }>;

function of<T extends Plan[number]["resource"]["resourceType"]>({ plan }: EdifactReport, type: T) {
  return plan.flatMap(({ resource }) => (resource.resourceType === type ? [resource as OfType<T>] : []));
}

function observed(...segments: readonly string[]) {
  const results = ["GIS+N", "INV+MQ+42R4.:911::Serum ferritin", ...segments, "RFF+ASL:1"];
  const [observation] = of(mapped({ results }), "Observation");
  assert.ok(observation !== undefined);
  return observation;
}

test("the patient is found by the NHS number, and is who the report says", () => {
  const { patient, identifiers, isSound, problems } = mapped();
  assert.deepEqual(problems, []);
  assert.equal(isSound, true);
  assert.equal(identifiers.nhsNumber, mrsOsei.nhsNumber);
  assert.deepEqual(patient.resource, {
    resourceType: "Patient",
    identifier: [{ system: "https://fhir.nhs.uk/Id/nhs-number", value: mrsOsei.nhsNumber }],
    name: [{ family: "Osei", given: ["Adaeze", "Grace"] }],
    birthDate: "1957-03-14",
    gender: "female",
    address: [{ line: ["12 Tannery Lane", "Meadowbank"], postalCode: "ZZ99 3AA" }],
  });
});

test("an NHS number with a wrong check digit is none, and is listed", () => {
  const { identifiers, ledger } = mapped({ patient: { ...mrsOsei, nhsNumber: "9990000019" } });
  assert.deepEqual(
    identifiers.problems.map(({ code, where }) => [code, where]),
    [["nhs-number-check-digit", "PNA[1]-2.1"]],
  );
  const entry = ledger.find(({ where }) => where === "PNA[1]-2.1");
  assert.ok(entry !== undefined && "reason" in entry);
});

test("a result alone is a report with its order, its specimen and itself", () => {
  const report = mapped();
  assert.deepEqual(
    report.plan.map(({ resource }) => resource.resourceType),
    ["ServiceRequest", "Specimen", "Observation", "DiagnosticReport"],
  );
  const [diagnostic] = of(report, "DiagnosticReport");
  assert.equal(diagnostic?.code.coding?.[0]?.code, "42R4.");
  assert.equal(diagnostic?.status, "final");
  assert.equal(diagnostic?.issued, "2026-11-23T09:25:00+00:00");
  assert.equal(diagnostic?.effectiveDateTime, "2026-11-23T08:15:00+00:00");
  assert.equal(diagnostic?.identifier?.[0]?.value, "26U004417/1");
  assert.deepEqual(
    diagnostic?.performer?.map(({ display }) => display),
    ["Haematology", "ST SWITHUN'S HOSPITAL"],
  );
  const [order] = of(report, "ServiceRequest");
  assert.equal(order?.requester?.display, "PRYCE");
  assert.equal(order?.requester?.identifier?.system, "https://fhir.hl7.org.uk/Id/gmp-number");
  assert.equal(order?.status, "completed");
  const [specimen] = of(report, "Specimen");
  assert.equal(specimen?.type?.text, "VENOUS BLOOD");
  assert.equal(specimen?.receivedTime, "2026-11-23T08:50:00+00:00");
});

test("a number keeps its comparator, its unit and its flag", () => {
  const observation = observed("RSL+NV+11:7++:::ng/mL+LO", "STS++FI");
  assert.deepEqual(observation.valueQuantity, {
    value: 11,
    comparator: "<",
    unit: "ng/mL",
    system: "http://unitsofmeasure.org",
    code: "ng/mL",
  });
  assert.equal(observation.interpretation?.[0]?.coding?.[0]?.code, "L");
  assert.equal(observation.status, "final");
});

for (const [sent, comparator] of [
  ["5", ">="],
  ["6", ">"],
  ["7", "<"],
  ["8", "<="],
] as const) {
  test(`significance ${sent} is ${comparator}`, () => {
    assert.equal(observed(`RSL+NV+11:${sent}++:::ng/mL`).valueQuantity?.comparator, comparator);
  });
}

test("a number that is none, and one with an unknown comparator, stay text", () => {
  assert.equal(observed("RSL+NV+haemolysed++:::ng/mL").valueString, "haemolysed ng/mL");
  const unknown = observed("RSL+NV+11:3++:::ng/mL");
  assert.equal(unknown.valueQuantity, undefined);
  assert.equal(unknown.valueString, "11 ng/mL (significance 3)");
});

test("a coded result is a concept", () => {
  const { valueCodeableConcept } = observed("RSL+CV+::260415000:921::Not detected");
  assert.deepEqual(valueCodeableConcept, {
    coding: [{ system: "http://snomed.info/sct", code: "260415000", display: "Not detected" }],
    text: "Not detected",
  });
});

test("a text is the value where nothing was measured, and a note where something was", () => {
  assert.equal(observed("FTX+RIT+++NEGATIVE:  see below").valueString, "NEGATIVE\n  see below");
  const both = observed("RSL+NV+11++:::ng/mL", "FTX+RIT+++Repeated", "FTX+SPC+++Haemolysed");
  assert.equal(both.valueQuantity?.value, 11);
  assert.deepEqual(both.note, [{ text: "Repeated" }, { text: "Haemolysed" }]);
});

for (const [sent, status] of [
  ["PR", "preliminary"],
  ["FI", "final"],
  ["CO", "corrected"],
  ["CA", "cancelled"],
  ["EN", "entered-in-error"],
  ["UN", "unknown"],
] as const) {
  test(`a result of status ${sent} is ${status}`, () => {
    assert.equal(observed("FTX+RIT+++x", `STS++${sent}`).status, status);
  });
}

test("results of a group are one report, with ranges, and its comment", () => {
  const report = mapped({ results: fullBloodCount });
  const [diagnostic, ...more] = of(report, "DiagnosticReport");
  assert.deepEqual(more, []);
  assert.equal(diagnostic?.code.text, "FULL BLOOD COUNT");
  assert.equal(diagnostic?.conclusion, "Film made: see comment\nSlight haemolysis");
  assert.equal(diagnostic?.result?.length, 2);
  assert.equal(diagnostic?.status, "final", "as the laboratory says of the group");
  const [haemoglobin, film] = of(report, "Observation");
  assert.deepEqual(haemoglobin?.referenceRange?.[0]?.appliesTo, [{ text: "Adult female" }]);
  assert.equal(haemoglobin?.referenceRange?.[0]?.low?.value, 120);
  assert.equal(haemoglobin?.referenceRange?.[0]?.high?.unit, "g/L");
  assert.equal(film?.status, "preliminary");
  assert.equal(film?.valueString, "Red cells microcytic\n  Platelets normal");
  assert.deepEqual(haemoglobin?.specimen, diagnostic?.specimen?.[0]);
});

test("two groups share their specimen, which is planned once", () => {
  const again = fullBloodCount.map((segment) => segment.replace("SEQ++1", "SEQ++2").replace("ARL:1", "ARL:2"));
  const report = mapped({ results: [...fullBloodCount, ...again] });
  const ids = of(report, "DiagnosticReport").map(({ specimen }) => specimen?.[0]?.reference);
  assert.equal(ids.length, 2);
  assert.equal(ids[0], ids[1]);
  assert.equal(of(report, "Specimen").length, 1);
  assert.equal(new Set(report.plan.map(({ id }) => id)).size, report.plan.length, "no two have one id");
});

test("the same report again gives the same documents", () => {
  assert.deepEqual(mapped(), mapped());
});

test("a result of a group that is not there stands alone, and that is said", () => {
  const results = ["GIS+N", "INV+MQ+42R4.:911::Serum ferritin", "RSL+NV+11++:::ng/mL", "RFF+ARL:9"];
  const report = mapped({ results });
  assert.deepEqual(
    report.problems.map(({ code }) => code),
    ["result-group-missing"],
  );
  assert.equal(of(report, "DiagnosticReport").length, 1);
  assert.equal(of(report, "Specimen").length, 1, "the specimen is kept, though no result names it");
});

test("a report that lost segments is not sound", () => {
  const segments = anNhs003();
  assert.equal(mapSegments(segments.filter((segment) => !segment.startsWith("STS++FI"))).isSound, false, "the count");
  assert.equal(mapSegments(anNhs003({ results: [] })).isSound, false, "no results");
});

test("everything that is made is sound FHIR", () => {
  for (const results of [fullBloodCount, anNhs003().slice(-6, -1)]) {
    const { patient, plan } = mapped({ results });
    const resources: readonly Resource[] = [patient.resource, ...plan.map(({ resource }) => resource)] as never;
    assert.deepEqual(resources.flatMap(checkResource), []);
  }
});

test("every value is in the ledger once, and all that is clinical is mapped", () => {
  const { ledger } = mapped({ results: fullBloodCount });
  assert.equal(new Set(ledger.map(({ where }) => where)).size, ledger.length);
  const left = ledger.flatMap((entry) =>
    "reason" in entry ? [`${entry.where.replace(/\[\d+\].*/, "")} ${entry.reason}`] : [],
  );
  assert.deepEqual(
    [...new Set(left)].toSorted(),
    [
      "BGM administrative",
      "DTM administrative",
      "GIS administrative",
      "NAD administrative",
      "S01 administrative",
      "S02 administrative",
      "S06 administrative",
      "S07 administrative",
      "S10 administrative",
      "S16 administrative",
      "S20 administrative",
      "SEQ administrative",
      "SPR administrative",
      "STS overruled",
      "UNH administrative",
      "UNT administrative",
      "CIN administrative",
    ].toSorted(),
  );
});

test("what belongs nowhere is listed with the reason", () => {
  const segments = anNhs003();
  const { ledger } = mapSegments(segments.toSpliced(3, 0, "MOA+9:12"));
  const reasons = ledger.flatMap((entry) => (entry.where.startsWith("MOA") && "reason" in entry ? [entry.reason] : []));
  assert.deepEqual(reasons, ["segment-not-mapped", "segment-not-mapped"]);
});

test("words that count as carried over are in the resources", () => {
  const { ledger, plan, patient } = mapped({ results: fullBloodCount });
  const made = JSON.stringify([patient, plan]);
  const words = ledger.filter((entry) => "element" in entry && /[A-Za-z]{4}/.test(entry.value));
  assert.ok(words.length > 15);
  assert.deepEqual(
    words.filter(({ value }) => !made.includes(value)),
    [],
  );
});
