/** The rows of the guide and of the British layer, run on whole messages. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { expectOk } from "#kernel";
import { leaves, parseMessage } from "#standards/hl7v2";
import { compileRows } from "./compile.ts";
import { type MappingLayer, withLayers } from "./layers.ts";
import { mapMessage } from "./map-message.ts";
import { officialRows } from "./official-rows.ts";
import { ukLayer } from "./uk-layer.ts";

const conversion = {
  offsetMinutesAt: () => 0,
  codingSystem: (name: string) => `urn:codes:${name}`,
  now: "2024-03-14T13:00:00Z",
  messageBase64: "",
};

const text = [
  "MSH|^~\\&|PATHLAB|MEADOWLAB|PAS|MEADOW|20240314125900||ORU^R01|M1|P|2.4",
  'PID|1|943 476 5919|H123^^^MEADOW^MR||OSEI^AMA^^^MRS||19500101|F|||1 Elm Row^^Meadow^^ME1 1AA||01632 960001|||""',
  "PV1|1|I|WARD7^BAY2^BED3^MEADOW",
  "ORC|RE|P1|F1",
  "OBR|1|P1|F1|UE^Urea and electrolytes^L|||202403141200|||||||||||||||202403141250|||F",
  "OBX|1|NM|K^Potassium^L||4.1|mmol/L|3.5-5.3|N|||F",
  "OBX|2|ST|NA^Sodium^L||low|mmol/L|||||F",
].join("\r");

function map(layers: readonly MappingLayer[] = []) {
  const maps = compileRows(expectOk(withLayers(officialRows, layers)));
  return mapMessage(parseMessage(text), { maps, conversion, settings: {} });
}

function only(type: string, layers: readonly MappingLayer[] = []) {
  return map(layers).resources.filter(({ resourceType }) => resourceType === type);
}

test("segments become resources that refer to each other", () => {
  const [patient] = only("Patient");
  assert.equal(patient?.birthDate, "1950-01-01");
  assert.equal(patient?.gender, "female");
  const observations = only("Observation");
  assert.equal(observations.length, 2);
  for (const { subject } of observations) assert.deepEqual(subject, { reference: `Patient/${patient?.id}` });
  const [report] = only("DiagnosticReport");
  assert.deepEqual(
    report?.result,
    observations.map(({ id }) => ({ reference: `Observation/${id}` })),
  );
});

test("the type of a value decides which row writes it", () => {
  const [potassium, sodium] = only("Observation");
  assert.deepEqual(potassium?.valueQuantity, { value: 4.1, unit: "mmol/L" });
  assert.equal(sodium?.valueString, "low");
});

test("a place is the innermost that is sent, and is part of the next", () => {
  const locations = only("Location");
  const [bed] = locations.filter(({ partOf }) => partOf !== undefined);
  assert.ok(bed);
  const outer = (bed.partOf as { readonly reference: string }).reference;
  assert.ok(locations.some(({ id }) => outer === `Location/${id}`));
});

test("what the sender asks to empty is told, not written", () => {
  const { cleared, resources } = map();
  assert.ok(cleared.some(({ element }) => element === "maritalStatus"));
  assert.ok(resources.every(({ maritalStatus }) => maritalStatus === undefined));
});

test("every value is in the ledger once, as mapped or with a reason", () => {
  const { ledger } = map([ukLayer]);
  assert.deepEqual(
    ledger.map(({ where }) => where),
    [...leaves(parseMessage(text))].map(({ where }) => where),
  );
});

test("in the British layer an NHS number in PID-2 is one, written without blanks", () => {
  const [patient] = only("Patient", [ukLayer]);
  const identifiers = patient?.identifier as readonly { readonly system?: string; readonly value?: string }[];
  assert.ok(
    identifiers.some(({ system, value }) => system === "https://fhir.nhs.uk/Id/nhs-number" && value === "9434765919"),
    JSON.stringify(identifiers),
  );
});

test("a layer switches a row off, replaces one and adds one", () => {
  const layer: MappingLayer = {
    name: "lab",
    rows: [
      { off: "PID[Patient]#7", because: "not wanted" },
      { replace: "OBX[Observation]#28", with: { when: "OBX-7 NOT VALUED" }, because: "not wanted" },
      { add: "PID[Patient]", row: { from: "PID-8", to: "gender", assign: '"other"' }, because: "a test" },
    ],
  };
  assert.equal(only("Patient", [layer])[0]?.birthDate, undefined);
  assert.equal(only("Patient", [layer])[0]?.gender, "other");
});

test("a layer that speaks of a row that is not there is refused", () => {
  const result = withLayers(officialRows, [{ name: "lab", rows: [{ off: "PID[Patient]#999", because: "a slip" }] }]);
  assert.ok(!result.ok);
  assert.equal(result.problems[0].code, "row-unknown");
});
