/** FHIR R4 OperationDefinition/Observation-lastn. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { fhirWard, namesOf } from "../../../../test/doors/fhir-ward.ts";

const { door, doorFor, put } = await fhirWard();
const subject = { reference: "Patient/osei" };
const loinc = (code: string) => ({ system: "http://loinc.org", code });
const local = (code: string) => ({ system: "urn:laboratory", code });

const observation = (id: string, effectiveDateTime: string, code: object, about = subject) =>
  put({ resourceType: "Observation", id, status: "final", code: code as never, subject: about, effectiveDateTime });

await put({ resourceType: "Patient", id: "osei" });
await observation("hb-3", "2026-02-03", { coding: [loinc("718-7")] });
await observation("hb-1", "2026-02-01", { coding: [loinc("718-7"), local("HB")] });
await observation("hb-2", "2026-02-02", { coding: [loinc("718-7")] });
await observation("hb-0", "2026-01-01", { coding: [local("HB")] });
await observation("na-1", "2026-02-01", { coding: [loinc("2951-2")] });
await observation("note-1", "2026-01-15", { text: "Seen" });
await observation("other", "2026-02-09", { coding: [loinc("718-7")] }, { reference: "Patient/oneill" });

describe("$lastn", () => {
  const cases: readonly (readonly [search: string, ...names: string[]])[] = [
    ["patient=osei", "hb-3", "na-1", "note-1"],
    ["subject=Patient/osei&max=2", "hb-3", "hb-2", "na-1", "note-1"],
    ["patient=osei&max=9", "hb-3", "hb-2", "hb-1", "hb-0", "na-1", "note-1"],
    ["patient=osei&max=9&code=http://loinc.org|2951-2", "na-1"],
    ["patient=osei&date=lt2026-02-02", "na-1", "hb-1", "note-1"],
  ];
  for (const [search, ...names] of cases) {
    it(`${search}: ${names.join(", ")}`, async () => {
      const reply = await door.send(`GET /Observation/$lastn?${search}`);
      assert.deepEqual(
        namesOf(reply),
        names.map((name) => `Observation/${name}`),
      );
    });
  }

  it("takes its search from a body, too", async () => {
    const parameter = [
      { name: "patient", valueString: "osei" },
      { name: "max", valuePositiveInt: 2 },
    ];
    const reply = await door.send("POST /Observation/$lastn", { body: { resourceType: "Parameters", parameter } });
    assert.equal(namesOf(reply).length, 4);
  });

  const refused = [
    ["GET /Observation/$lastn", 400],
    ["GET /Observation/$lastn?patient=osei&_sort=date", 400],
    ["GET /Observation/$lastn?patient=osei&max=0", 400],
    ["GET /Observation/$lastn?patient=osei&hat=red", 400],
  ] as const;
  for (const [line, status] of refused) {
    it(`${line} is ${status}`, async () => assert.equal((await door.send(line)).status, status));
  }

  it("is closed to who may not search observations", async () => {
    assert.equal((await doorFor("Patient.read").send("GET /Observation/$lastn?patient=osei")).status, 403);
  });
});
