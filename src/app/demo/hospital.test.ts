/** The demonstration hospital: made up, always the same, and taken as any laboratory's messages are. */
import assert from "node:assert/strict";
import test from "node:test";
import type { DiagnosticReport, DocumentReference, Observation, Patient } from "#standards/fhir";
import { checkNhsNumber } from "#standards/fhir";
import { parseMessage, segmentsNamed } from "#standards/hl7v2";
import { aLaboratory } from "../../../test/laboratory.ts";
import { type HospitalPlan, messagesOf, storiesOf } from "./hospital.ts";
import { limitsOf } from "./laboratory/flag.ts";
import { laboratoryTests, ucumOf } from "./laboratory/tests.ts";
import type { DemoMessage } from "./messages/sender.ts";

const plan: HospitalPlan = { seed: 7, patients: 20, asOfMs: Date.parse("2026-11-23T09:30:00Z") };
const stories = storiesOf(plan);
const messages = everyMessage(plan);

function everyMessage(given: HospitalPlan): readonly DemoMessage[] {
  return storiesOf(given).flatMap((story) => messagesOf(story, given.asOfMs));
}

function textOf({ bytes }: DemoMessage): string {
  return Buffer.from(bytes).toString("latin1");
}

test("the same seed makes the same messages, byte for byte, and another seed others", () => {
  assert.deepEqual(everyMessage(plan).map(textOf), messages.map(textOf));
  const others = new Set(everyMessage({ ...plan, seed: 8 }).map(textOf));
  assert.equal(messages.filter((message) => others.has(textOf(message))).length, 0);
});

test("every NHS number is in the range kept for tests, has its check digit, and is one patient's", () => {
  const people = storiesOf({ ...plan, patients: 500 }).map(({ person }) => person);
  for (const { nhsNumber } of people) {
    assert.match(nhsNumber, /^999\d{7}$/);
    assert.ok(checkNhsNumber(nhsNumber).ok, nhsNumber);
  }
  assert.equal(new Set(people.map(({ nhsNumber }) => nhsNumber)).size, people.length);
});

test("everything was sent in the two years before, each patient's in the order of its sending", () => {
  for (const story of stories) {
    const times = messagesOf(story, plan.asOfMs).map(({ sentMs }) => sentMs);
    assert.deepEqual(
      times,
      times.toSorted((one, other) => one - other),
    );
    assert.ok(times.every((sentMs) => sentMs < plan.asOfMs && sentMs > story.person.bornMs));
  }
});

test("no two messages share a control id", () => {
  assert.equal(new Set(messages.map(({ controlId }) => controlId)).size, messages.length);
});

test("nobody is ill, seen or measured after their death", () => {
  const dead = storiesOf({ ...plan, patients: 200 }).filter(({ diedMs }) => diedMs !== undefined);
  assert.ok(dead.length > 0);
  for (const { diedMs = 0, visits, collections } of dead) {
    assert.ok(
      [...visits.map(({ fromMs }) => fromMs), ...collections.map(({ atMs }) => atMs)].every((at) => at < diedMs),
    );
  }
});

test("nobody shares a bed", () => {
  const places = storiesOf({ ...plan, patients: 200 }).flatMap(({ visits }) =>
    visits.filter(({ is, toMs }) => is === "stay" && toMs === undefined).map(({ place }) => place),
  );
  assert.ok(places.length > 10);
  assert.equal(new Set(places).size, places.length);
});

test("every measurement has its unit, its range and a value that a person may have", () => {
  const byLoinc = new Map(laboratoryTests.map((each) => [each.loinc, each]));
  const segments = messages.flatMap(({ bytes }) => segmentsNamed(parseMessage(Buffer.from(bytes).toString()), "OBX"));
  const measured = segments.filter((obx) => obx.field(2).text === "NM" && obx.field(5).isValued);
  assert.ok(measured.length > 1_000);
  for (const obx of measured) {
    const known = byLoinc.get(obx.field(3).component(1).text);
    assert.ok(known !== undefined, obx.raw);
    assert.ok(obx.field(6).isValued && obx.field(7).isValued, obx.raw);
    const value = Number(obx.field(5).text.replace(/^[<>]/, ""));
    assert.ok(value >= known.possible[0] && value <= known.possible[1], obx.raw);
    if (known.key !== "BE") assert.ok(value >= 0, obx.raw);
    if (known.key === "K") assert.ok(value >= 1.5 && value <= 8, obx.raw);
  }
});

test("every test has a LOINC code of its own, a unit in UCUM, and ranges that can be read", () => {
  assert.equal(new Set(laboratoryTests.map(({ loinc }) => loinc)).size, laboratoryTests.length);
  for (const { unit, range } of laboratoryTests) {
    assert.ok(ucumOf[unit].length > 0);
    for (const text of typeof range === "string" ? [range] : [range.female, range.male]) {
      assert.notDeepEqual(limitsOf(text), {}, text);
    }
  }
});

test("every LOINC code that is sent has its check digit", () => {
  const sent = storiesOf({ ...plan, patients: 200 })
    .flatMap((story) => messagesOf(story, plan.asOfMs))
    .flatMap((message) => [...textOf(message).matchAll(/\|(\d+-\d)\^[^|]*\^LN/g)].map(([, code = ""]) => code));
  const codes = new Set([...sent, ...laboratoryTests.map(({ loinc }) => loinc)]);
  assert.ok(codes.size > 70);
  assert.deepEqual(
    [...codes].filter((code) => !hasLoincCheckDigit(code)),
    [],
  );
});

/** Source: LOINC Users' Guide, appendix C (modulus 10). */
function hasLoincCheckDigit(code: string): boolean {
  const [body = "", digit] = code.split("-");
  const digits = [...body].reverse();
  const doubled =
    Number(
      digits
        .filter((_, at) => at % 2 === 0)
        .reverse()
        .join(""),
    ) * 2;
  const others = digits.filter((_, at) => at % 2 === 1);
  const sum = [...String(doubled), ...others].reduce((total, each) => total + Number(each), 0);
  return (10 - (sum % 10)) % 10 === Number(digit);
}

test("every message is taken, and what it says is in the record", async () => {
  const { send, all } = await aLaboratory();
  for (const message of messages) assert.equal((await send(message.bytes)).code, "AA", textOf(message));
  const patients = await all<Patient>("Patient");
  assert.equal(patients.length, plan.patients);
  assert.deepEqual(
    patients.map(({ name }) => name?.[0]?.family).sort(),
    stories.map(({ person }) => person.family).sort(),
    "also the names with letters beyond ASCII",
  );
  const observations = await all<Observation>("Observation");
  const quantities = observations.flatMap(({ valueQuantity }) => valueQuantity ?? []);
  assert.ok(quantities.every(({ code, system }) => code !== undefined && system === "http://unitsofmeasure.org"));
  const reports = await all<DiagnosticReport>("DiagnosticReport");
  assert.ok(reports.some(({ code }) => code.text === "Blood culture" || code.coding?.[0]?.code === "BCUL"));
});

test("a susceptibility belongs to its organism, a report in words keeps its lines, a page is a PDF", async () => {
  const wanted = storiesOf({ ...plan, patients: 60 });
  const texts = wanted.flatMap((story) => messagesOf(story, plan.asOfMs));
  const find = (pattern: RegExp) => texts.find((message) => pattern.test(textOf(message)));
  const { send, all } = await aLaboratory();
  const chosen = [find(/BCUL[\s\S]*susceptibility/), find(/application\^pdf/)];
  for (const message of chosen) {
    assert.ok(message !== undefined);
    assert.equal((await send(message.bytes)).code, "AA");
  }
  const observations = await all<Observation>("Observation");
  assert.ok(observations.some(({ hasMember, valueCodeableConcept }) => hasMember && valueCodeableConcept));
  assert.ok(observations.some(({ valueString }) => /\n {4}Pot {3}Site/.test(valueString ?? "")));
  const [document] = await all<DocumentReference>("DocumentReference");
  assert.equal(document?.content[0]?.attachment.contentType, "application/pdf");
});
