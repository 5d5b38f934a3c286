/** A sender's own layers go before the typed mapping where their rows name the element. Source: docs/operate/links.md. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { expectOk, hospitalTime, type Json } from "#kernel";
import { checkResource } from "#standards/fhir";
import type { LayerRow, MappingLayer } from "#standards/v2-to-fhir";
import { senderRows } from "../../rows/sender-rows.ts";
import { previewMessage } from "../preview.ts";

const { offsetMinutesAt } = hospitalTime("Europe/London");

const because = "our systems send it so";

const result = [
  "MSH|^~\\&|PATHLAB|MEADOWLAB|CORRIDOR|MEADOW|20240314125900||ORU^R01^ORU_R01|R1|P|2.5.1",
  "PID|1||H1^^^MEADOW^MR||OSEI^AMA||19500101|F|||1 Elm Row^^Meadow^^M1 1AA|CENTRAL||||||||||||Y|2",
  "ORC|RE|P1|F1",
  "OBR|1|P1|F1|K^Potassium^L|||20240314120000|||||||||||||||20240314125000||CH|F",
  "OBX|1|NM|K^Potassium^L||4.1|mmol/L|3.5-5.3|N|||F||||RX1|||ANALYSER7",
];

interface Given {
  readonly layers: readonly MappingLayer[];
  readonly mappingLayers: readonly string[];
}

function mapped(rows: readonly LayerRow[], given?: Given) {
  const { layers, mappingLayers } = given ?? { layers: [{ name: "lab", rows }], mappingLayers: ["uk", "lab"] };
  const raw = new TextEncoder().encode(result.join("\r"));
  const ready = senderRows(layers)({ mappingLayers });
  const preview = expectOk(
    previewMessage({ raw, patientReference: "Patient/osei", ...(ready && { rows: ready }), offsetMinutesAt }),
  );
  const one = (type: string) => {
    const found = preview.plan.find(({ resource }) => resource.resourceType === type)?.resource;
    return (type === "Patient" ? preview.patient : found) as unknown as Readonly<Record<string, Json>>;
  };
  for (const { resource } of preview.plan) assert.deepEqual(checkResource(resource), []);
  const entry = (where: string) => {
    const found = preview.ledger.find((each) => each.where === where);
    return found && ("element" in found ? found.element : found.reason);
  };
  return { one, entry };
}

test("a layer's row takes the place of what the typed mapping says of the element", () => {
  const usual = mapped([]);
  assert.equal(usual.one("Patient").gender, "female");
  const { one, entry } = mapped([
    { add: "PID[Patient]", row: { from: "PID-8", to: "gender", assign: '"unknown"' }, because },
    { add: "OBX[Observation]", row: { from: "OBX-18", to: "method.text" }, because },
    { add: "OBX[Observation]", row: { from: "OBX-3", to: "code.text", assign: '"Kalium"' }, because },
  ]);
  assert.equal(one("Patient").gender, "unknown");
  const { code, method } = one("Observation") as { code: { text: string; coding: unknown }; method: unknown };
  assert.equal(code.text, "Kalium", "a part that a row names");
  assert.deepEqual(
    code.coding,
    (usual.one("Observation").code as { coding: unknown }).coding,
    "the parts beside it stay",
  );
  assert.deepEqual(method, { text: "ANALYSER7" });
  assert.equal(entry("OBX[1]-18[1].1.1"), "Observation.method.text");
});

test("a part of an entry of a list is put into the entry of its place, and the parts beside it stay", () => {
  const rows = [{ add: "PID[Patient]", row: { from: "PID-12", to: "address.text" }, because }];
  const [address] = mapped(rows).one("Patient").address as readonly Readonly<Record<string, Json>>[];
  assert.deepEqual([address?.text, address?.city], ["CENTRAL", "Meadow"]);
});

test("of two values that may stand in one place, the layer's stays alone, and the other is kept by its field's name", () => {
  const rows = [{ add: "OBX[Observation]", row: { from: "OBX-18", to: "valueString" }, because }];
  const { one, entry } = mapped(rows);
  assert.deepEqual([one("Observation").valueString, one("Observation").valueQuantity], ["ANALYSER7", undefined]);
  assert.equal(entry("OBX[1]-5[1].1.1"), "Observation.extension(OBX-5)");
});

test("a row that is taken away takes with it what the typed mapping makes of the field, which is then kept by its name", () => {
  const { one, entry } = mapped([{ off: "PID[Patient]#10", because }]);
  assert.equal(one("Patient").gender, undefined);
  assert.equal(entry("PID[1]-8[1].1.1"), "Patient.extension(PID-8)");
});

test("a row that is changed no longer holds as it was, also where its new condition is not met", () => {
  const rows: readonly LayerRow[] = [{ replace: "PID[Patient]#10", with: { when: 'PID-8 EQUALS "M"' }, because }];
  assert.equal(mapped(rows).one("Patient").gender, undefined);
});

test("who is meant, which version it is and whether it stands, no layer changes", () => {
  const { one } = mapped([
    { add: "OBX[Observation]", row: { from: "OBX-11", to: "status", assign: '"amended"' }, because },
    { add: "PID[Patient]", row: { from: "PID-3", to: "active", assign: '"false"' }, because },
  ]);
  assert.equal(one("Observation").status, "final");
  assert.notEqual(one("Patient").active, false);
});

test("the sender's layer goes before the trust's", () => {
  const sex = (value: string): LayerRow => ({
    add: "PID[Patient]",
    row: { from: "PID-8", to: "gender", assign: `"${value}"` },
    because,
  });
  const layers = [
    { name: "trust", rows: [sex("other")] },
    { name: "lab", rows: [sex("unknown")] },
  ];
  const gender = (...mappingLayers: readonly string[]) => mapped([], { layers, mappingLayers }).one("Patient").gender;
  assert.deepEqual([gender("uk"), gender("uk", "trust"), gender("uk", "trust", "lab")], ["female", "other", "unknown"]);
});
