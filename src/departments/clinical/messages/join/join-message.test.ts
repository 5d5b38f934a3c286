/** What rows carry that the typed mappings leave. Source: HL7 v2-to-FHIR, segment maps; FHIR R4 §2.5 (extensions). */
import assert from "node:assert/strict";
import { test } from "node:test";
import { expectOk, hospitalTime } from "#kernel";
import { checkResource } from "#standards/fhir";
import { senderRows } from "../../rows/sender-rows.ts";
import { previewMessage } from "../preview.ts";

const { offsetMinutesAt } = hospitalTime("Europe/London");

const layer = {
  name: "trust",
  rows: [
    {
      add: "ZPD[Patient]",
      row: { from: "ZPD-2", to: "photo.title" },
      because: "the trust tells of a photograph",
    },
  ],
};

function preview(segments: readonly string[], mappingLayers: readonly string[] = []) {
  const raw = new TextEncoder().encode(segments.join("\r"));
  const rows = senderRows([layer])({ mappingLayers });
  return expectOk(previewMessage({ raw, patientReference: "Patient/osei", rows, offsetMinutesAt }));
}

const pid = "PID|1||H1^^^MEADOW^MR||OSEI^AMA||19500101|F|||1 Elm Row^^Meadow";

const admission = [
  "MSH|^~\\&|PAS|MEADOW|CORRIDOR|MEADOW|20240314125900||ADT^A01^ADT_A01|A1|P|2.5.1",
  "EVN|A01|20240314125900||||20240314120000",
  `${pid}||||||||||||||||||||||||||`,
  "PV1|1|I|WARD7^^^MEADOW||||||||||||||||V1|||||||||||||||||||||Ward clerk note",
  "ROL|R1|AD|PP^Primary care^HL70443|C9^Ahmed^Nadia",
  "IN1|1|P1^Plan|CO1|Company",
  "GT1|1||Osei^Kofi",
  "ZPD|1|front.jpg|other",
];

function entry(where: string, { ledger }: ReturnType<typeof preview>) {
  const found = ledger.find((each) => each.where === where);
  return found === undefined ? undefined : "element" in found ? found.element : found.reason;
}

test("what R4 has no element for is kept under the name of its field, in the resource of its segment", () => {
  const admitted = preview(admission);
  const [encounter] = admitted.plan.filter(({ resource }) => resource.resourceType === "Encounter");
  const resource = encounter?.resource as { extension?: readonly { url: string }[] } | undefined;
  assert.deepEqual(resource?.extension?.[0], { url: "urn:corridor:hl7v2:PV1-40", valueString: "Ward clerk note" });
  assert.equal(entry("PV1[1]-40[1].1.1", admitted), "Encounter.extension(PV1-40)");
});

test("resources that no typed mapping makes are made by rows, of R4 and about the patient", () => {
  const admitted = preview(admission);
  const [coverage] = admitted.plan.filter(({ rule }) => rule === "tell");
  assert.equal(coverage?.resource.resourceType, "Coverage");
  const told = coverage?.resource as unknown as { beneficiary: unknown } | undefined;
  assert.deepEqual(told?.beneficiary, { reference: "Patient/osei" });
  for (const { resource } of admitted.plan) assert.deepEqual(checkResource(resource), []);
});

test("a segment that nothing is made of is kept by itself, under the same id when it is told again", () => {
  const guarantor = (segments: readonly string[]) =>
    preview(segments).plan.find(
      ({ resource }) => resource.resourceType === "Basic" && JSON.stringify(resource).includes('"code":"GT1"'),
    );
  const kept = guarantor(admission);
  assert.match(JSON.stringify(kept?.resource), /"url":"urn:corridor:hl7v2:GT1-3".*"valueString":"Kofi"/);
  assert.equal(guarantor([...admission, "PR1|1||X"])?.id, kept?.id);
});

test("segments that say the same are kept as one, for the record takes a document once", () => {
  const { plan } = preview([...admission, "GT1|1||Osei^Kofi", "GT1|2||Osei^Ama"]);
  const kept = plan.filter(({ resource }) => JSON.stringify(resource).includes('"code":"GT1"'));
  assert.equal(kept.length, 2);
  assert.equal(new Set(plan.map(({ id }) => id)).size, plan.length);
});

test("segments of a sender's own are listed, and carried where a layer has rows for them", () => {
  const usual = preview(admission);
  assert.equal(entry("ZPD[1]-2[1].1.1", usual), "local-segment");
  const layered = preview(admission, ["uk", "trust"]);
  assert.deepEqual((layered.patient as { photo?: unknown } | undefined)?.photo, [{ title: "front.jpg" }]);
  assert.equal(entry("ZPD[1]-2[1].1.1", layered), "Patient.photo.title");
  assert.equal(entry("ZPD[1]-3[1].1.1", layered), "local-segment");
});

test("what the typed mapping has said stays as it is", () => {
  const admitted = preview(admission);
  const { birthDate, gender, name } = admitted.patient as unknown as Record<string, unknown>;
  assert.deepEqual([birthDate, gender], ["1950-01-01", "female"]);
  assert.deepEqual(name, [{ family: "OSEI", given: ["AMA"] }]);
});

test("a message of a type that no typed mapping is for gives what its rows make", () => {
  const { mapping, plan } = preview([
    "MSH|^~\\&|VAX|MEADOW|CORRIDOR|MEADOW|20240314125900||VXU^V04^VXU_V04|S1|P|2.5.1",
    pid,
    "ORC|RE||I1^MEADOW",
    "RXA|0|1|20240301||141^Influenza^CVX|0.5|mL|||||||||||CP|A",
  ]);
  assert.equal(mapping, "rows/1");
  const [immunization] = plan.filter(({ resource }) => resource.resourceType === "Immunization");
  assert.ok(JSON.stringify(immunization?.resource).includes('"reference":"Patient/osei"'));
  assert.deepEqual(checkResource(immunization?.resource), []);
});
