/** Finding a patient, over a real record. */
import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { expectOk } from "#kernel";
import { fhirKinds, type Operation } from "#record";
import type { Patient } from "#standards/fhir";
import { anEncounter } from "../../../../test/builders/chart.ts";
import { aPatient } from "../../../../test/builders/patient.ts";
import { aRequest } from "../../../../test/builders/request.ts";
import { contextOf } from "../../../../test/handler-context.ts";
import { freshRecord, type TestRecord } from "../../../../test/record.ts";
import { babyAdeyemi, mrONeill, mrsOsei, msMuellerBrandt } from "../../../../test/ward/index.ts";
import type { FoundPatients } from "../api.ts";
import { findRoutes } from "./routes.ts";

function aPatientNamed(id: string, family: string, given: string, more: Partial<Patient> = {}): Operation {
  const body: Patient = { resourceType: "Patient", name: [{ family, given: [given] }], ...more };
  return { action: "create", kind: "Patient", id, body };
}

describe("finding patients", () => {
  let opened: TestRecord;

  async function find(q: string, rest = ""): Promise<FoundPatients> {
    const [route] = findRoutes;
    assert.ok(route);
    const request = aRequest({ query: `q=${encodeURIComponent(q)}${rest}` });
    return JSON.parse(String(expectOk(await route.handle(request, contextOf(opened))).body));
  }

  async function ids(q: string): Promise<readonly string[]> {
    return (await find(q)).patients.map((patient) => patient.id);
  }

  before(async () => {
    opened = await freshRecord({ kinds: fhirKinds });
    const people = { osei: mrsOsei, oneill: mrONeill, mueller: msMuellerBrandt, adeyemi: babyAdeyemi };
    const operations: Operation[] = [
      ...Object.entries(people).map(
        ([id, person]): Operation => ({ action: "create", kind: "Patient", id, body: aPatient(person) }),
      ),
      aPatientNamed("berg", "van der Berg", "Jan"),
      aPatientNamed("oseitutu", "Osei-Tutu", "Adaora"),
      aPatientNamed("brandt", "Brandt", "Zoltan"),
      aPatientNamed("hildebrandt", "Hildebrandt", "Anna"),
      aPatientNamed("connor", "O'Connor", "Sean"),
      aPatientNamed("dangelo", "DAngelo", "Maria"),
      aPatientNamed("old", "Osei", "Adaeze", {
        active: false,
        link: [{ type: "replaced-by", other: { reference: "Patient/osei" } }],
      }),
      { action: "create", kind: "Encounter", id: "stay", body: anEncounter() },
    ];
    expectOk(await opened.record.transact({ operations }));
  });

  it("finds by NHS number, with spaces or without", async () => {
    assert.deepEqual(await ids("999 000 0018"), ["osei"]);
    assert.deepEqual(await ids("9990000018"), ["osei"]);
    assert.equal((await find("9990000018")).readAs, "NHS number 999 000 0018");
  });

  it("finds by hospital number in any case", async () => {
    assert.deepEqual(await ids("h2200417"), ["oneill"]);
  });

  it("finds by parts of a name in any order, by their beginnings, without accents", async () => {
    assert.deepEqual(await ids("cor o'ne"), ["oneill"]);
    assert.deepEqual(await ids("MUELLER"), []);
    assert.deepEqual(await ids("müller"), ["mueller"]);
    assert.deepEqual(await ids("zoe muller"), ["mueller"]);
    assert.deepEqual(await ids("grace"), ["osei"]);
  });

  it("finds family names of several words", async () => {
    assert.deepEqual(await ids("van der berg"), ["berg"]);
    assert.deepEqual(await ids("jan van der berg"), ["berg"]);
  });

  it("finds a name by its parts behind a hyphen, a space or an apostrophe", async () => {
    assert.deepEqual(await ids("Brandt"), ["brandt", "mueller"]);
    assert.deepEqual(await ids("zoe brandt"), ["mueller"]);
    assert.deepEqual(await ids("tutu"), ["oseitutu"]);
    assert.deepEqual(await ids("berg"), ["berg"]);
    assert.deepEqual(await ids("Connor"), ["connor"]);
  });

  it("finds a name with its apostrophe or without, with its hyphen or a space", async () => {
    assert.deepEqual(await ids("oconnor"), ["connor"]);
    assert.deepEqual(await ids("oneill cormac"), ["oneill"]);
    assert.deepEqual(await ids("d'angelo"), ["dangelo"]);
    assert.deepEqual(await ids("osei tutu"), ["oseitutu"]);
    assert.deepEqual(await ids("van-der-berg"), ["berg"]);
  });

  it("puts the very name first, longer ones after it, and merged records last", async () => {
    assert.deepEqual(await ids("osei"), ["osei", "oseitutu", "old"]);
  });

  it("finds by date of birth, alone and with a name", async () => {
    assert.deepEqual(await ids("02/11/1984"), ["oneill"]);
    assert.deepEqual(await ids("osei 14-Mar-1957"), ["osei"]);
    assert.deepEqual(await ids("osei 15-Mar-1957"), []);
  });

  it("says where each patient is now", async () => {
    const { patients } = await find("osei");
    assert.deepEqual(
      patients.map((patient) => patient.ward),
      ["Ward 7, bay 2, bed 3", undefined, undefined],
    );
  });

  it("pages through what it found", async () => {
    const first = await find("osei", "&count=2");
    assert.equal(first.patients.length, 2);
    const second = await find("osei", `&count=2&cursor=${first.next}`);
    assert.deepEqual([second.patients.map((patient) => patient.id), second.next], [["old"], undefined]);
  });

  it("says so when a number is no NHS number, or the question is too short", async () => {
    assert.match((await find("9990000019")).remarks.join(), /not an NHS number/);
    assert.deepEqual(await find("o"), {
      patients: [],
      readAs: "name o",
      remarks: ["Type at least two letters of a name."],
    });
    assert.deepEqual((await find("")).patients, []);
  });
});
