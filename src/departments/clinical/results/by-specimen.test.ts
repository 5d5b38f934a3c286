/** Results by specimen. Source: HL7 v2.5.1 §7.3.6 (OUL^R22). */
import assert from "node:assert/strict";
import { test } from "node:test";
import { checkResource } from "#standards/fhir";
import { anMsh, anObx, aPid, message, potassium, segment, sodium } from "../../../../test/builders/index.ts";
import { aLaboratory } from "../../../../test/laboratory.ts";
import { mapText } from "../../../../test/mapping.ts";
import { mrsOsei } from "../../../../test/ward/index.ts";

const specimen = (number: string, type: string) =>
  segment("SPM", { 1: number, 2: `SP${number}&ICE^LAB${number}&PATHLAB`, 4: type });
const asked = (setId: string, test_: string) => [
  segment("OBR", { 1: setId, 2: "ICE-70021", 3: "26U004417", 4: test_, 22: "20261123092500+0000", 25: "F" }),
  segment("ORC", { 1: "RE", 2: "ICE-70021", 3: "26U004417" }),
];

function bySpecimen(): string {
  return message(
    anMsh("OUL^R22^OUL_R22", { version: "2.5.1" }),
    aPid(mrsOsei),
    specimen("1", "BLD^Blood^HL70487"),
    anObx({ type: "ST", test: "HAEM^Haemolysis index^L", value: "none", status: "F" }, 1),
    ...asked("1", "NA^Sodium^L"),
    anObx(sodium, 1),
    ...asked("2", "K^Potassium^L"),
    anObx(potassium, 1),
    specimen("2", "UR^Urine^HL70487"),
    ...asked("3", "UK^Urine potassium^L"),
    anObx({ ...potassium, test: "UK^Urine potassium^L" }, 1),
  );
}

test("each order is a report of its specimen, and no result is lost", () => {
  const { of, plan } = mapText(bySpecimen());
  assert.equal(of("Observation").length, 4);
  assert.deepEqual(
    of("DiagnosticReport").map(({ result }) => result?.length),
    [2, 1, 1],
  );
  assert.deepEqual(
    of("Specimen").map(({ type }) => type?.coding?.[0]?.code),
    ["BLD", "UR"],
  );
  const references = of("DiagnosticReport").map((report) => report.specimen?.[0]?.reference);
  assert.equal(references[0], references[1], "two orders of one specimen share it");
  assert.notEqual(references[0], references[2]);
  assert.deepEqual(
    plan.flatMap(({ resource }) => checkResource(resource)),
    [],
  );
});

test("it says the same of the same test as ORU would, as a version of the same result", async () => {
  const { send, all } = await aLaboratory();
  assert.equal((await send(bySpecimen())).code, "AA");
  const oru = message(
    anMsh("ORU^R01", { version: "2.5.1", controlId: "M-2" }),
    aPid(mrsOsei),
    ...asked("1", "NA^Sodium^L").reverse(),
    anObx({ ...sodium, value: "139", status: "C" }, 1),
  );
  assert.equal((await send(oru)).code, "AA");
  assert.equal((await all("Observation")).length, 4);
});
