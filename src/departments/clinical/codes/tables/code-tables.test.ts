/** What codes mean, in layers: the guide, the trust, one link or sender. Source: docs/operate/codes.md. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { expectOk, hospitalTime } from "#kernel";
import type { Observation, Patient } from "#standards/fhir";
import type { CodeRowChange } from "../../api/code-tables.ts";
import type { ConfigurationFile } from "../../api/configuration.ts";
import { readConfiguration, readConfigurationWhole } from "../../configuration/configuration.ts";
import { layerProblems } from "../../configuration/layer-checks.ts";
import { previewMessage } from "../../messages/preview.ts";
import { senderRows } from "../../rows/sender-rows.ts";
import { codedPlan } from "../coded-plan.ts";
import { SenderMaps } from "../sender-maps.ts";
import { CodeRows } from "./code-rows.ts";
import { guideRows } from "./guide-rows.ts";
import { ownRows } from "./own-rows.ts";
import { withGuideRow } from "./with-guide-row.ts";
import { withOwnRow } from "./with-own-row.ts";

const { offsetMinutesAt } = hospitalTime("Europe/London");
const sender = "PATHLAB|MEADOWLAB";

const links: readonly ConfigurationFile[] = ["lab", "blood"].map((name, at) => ({
  path: `links/${name}.json`,
  json: { title: name, intake: { by: "mllp", port: 2575 + at } },
}));

function changed(files: readonly ConfigurationFile[], ...rows: readonly CodeRowChange[]): readonly ConfigurationFile[] {
  const because = "agreed with the laboratory";
  return rows.reduce(
    (sofar, row) =>
      row.kind === "guide" ? withGuideRow(sofar, { ...row, because }) : withOwnRow(sofar, { ...row, because }),
    files,
  );
}

/** What a link with these files makes of a message with this gender and this result. */
function received(files: readonly ConfigurationFile[], link: string, { gender = "W", marital = "M" } = {}) {
  const configuration = expectOk(readConfigurationWhole(files));
  const settings = configuration.links.find(({ name }) => name === link);
  assert.ok(settings);
  const text = [
    "MSH|^~\\&|PATHLAB|MEADOWLAB|CORRIDOR|MEADOW|20240314125900||ORU^R01^ORU_R01|R1|P|2.5.1",
    `PID|1||H1^^^MEADOW^MR||OSEI^AMA||19500101|${gender}||||||||${marital}`,
    "OBR|1|P1|F1|K^Potassium^L|||20240314120000|||||||||||||||20240314125000||CH|F",
    "OBX|1|NM|K^Potassium^L||4.1|mmol/litre|3.5-5.3|N|||F",
  ].join("\r");
  const rows = senderRows(configuration.layers)(settings);
  const raw = new TextEncoder().encode(text);
  const preview = expectOk(
    previewMessage({ raw, patientReference: "Patient/osei", ...(rows && { rows }), offsetMinutesAt }),
  );
  const map = new SenderMaps().withTables(configuration.tables).of(sender);
  const { plan } = codedPlan(preview.plan, { sender, map });
  const result = plan.find(({ resource }) => resource.resourceType === "Observation")?.resource as Observation;
  return { patient: preview.patient as unknown as Patient, result };
}

const women: CodeRowChange = { kind: "guide", table: "AdministrativeSex", code: "W", target: { code: "female" } };

test("a code of a guide's table means what the trust says on every link, and what a link says there before it", () => {
  assert.equal(received(links, "lab").patient.gender, undefined);
  const trust = changed(links, women);
  assert.deepEqual(
    [received(trust, "lab").patient.gender, received(trust, "blood").patient.gender],
    ["female", "female"],
  );
  assert.equal(received(trust, "lab", { gender: "M" }).patient.gender, "male", "other codes are as they were");
  const own = changed(trust, { ...women, link: "blood", target: { code: "other" } });
  assert.deepEqual([received(own, "lab").patient.gender, received(own, "blood").patient.gender], ["female", "other"]);
  const back = changed(own, { ...women, link: "blood", target: null }, { ...women, target: null });
  const { configuration, problems } = readConfiguration(back);
  assert.deepEqual([configuration.layers, problems], [[], []], "a layer without a row is taken out");
});

test("a meaning in a concept stands before what the guide gives the code, and what was sent beside it", () => {
  const files = changed(links, {
    kind: "guide",
    table: "MaritalStatus",
    code: "M",
    target: { code: "UNK", system: "http://terminology.hl7.org/CodeSystem/v3-NullFlavor", display: "unknown" },
  });
  const codes = (patient: Patient) => patient.maritalStatus?.coding?.map(({ code }) => code);
  assert.deepEqual(codes(received(links, "lab").patient)?.[0], "M");
  assert.equal(codes(received(files, "lab").patient)?.[0], "UNK");
  assert.equal(codes(received(files, "lab", { marital: "S" }).patient)?.[0], "S");
});

test("what decides on versions is not changed, nor is a code put where the element has no room for it", () => {
  const wrong = (row: CodeRowChange) =>
    layerProblems(readConfiguration(changed(links, row))).map(({ message }) => message);
  assert.match(
    String(wrong({ kind: "guide", table: "OrderStatus", code: "A", target: { code: "completed" } })),
    /mappings\/trust.json: rows\[0\]: what OrderStatus decides, no layer may change/,
  );
  assert.match(
    String(wrong({ ...women, target: { code: "woman" } })),
    /one of male, female, other, unknown, and not woman/,
  );
  assert.match(String(wrong({ ...women, table: "Hairstyle" })), /there is no table Hairstyle/);
});

test("a row never makes a layer count for links that did not name it", () => {
  const others = [
    ...links.filter(({ path }) => path !== "links/lab.json"),
    {
      path: "links/lab.json",
      json: { title: "lab", intake: { by: "mllp", port: 2575 }, mappingLayers: ["uk", "trust"] },
    },
    { path: "mappings/trust.json", json: { rows: [{ off: "PID[Patient]#24", because: "ours sends the ward there" }] } },
  ] as const;
  const { configuration } = readConfiguration(changed(others, women));
  assert.deepEqual(
    configuration.links.map(({ name, mappingLayers }) => [name, mappingLayers]),
    [
      ["blood", ["uk", "trust-codes"]],
      ["lab", ["uk", "trust-codes", "trust"]],
    ],
  );
});

test("a layer of another name that says what the code means is changed where it stands", () => {
  const mine = links.map(({ path }, at) => ({
    path,
    json: { title: "link", intake: { by: "mllp", port: 2575 + at }, mappingLayers: ["uk", "hospital"] },
  }));
  const row = { translate: "AdministrativeSex", from: "W", as: { code: "other" }, because: "as ever" };
  const files = changed([...mine, { path: "mappings/hospital.json", json: { rows: [row] } }], women);
  assert.deepEqual(
    files.map(({ path }) => path),
    [...mine.map(({ path }) => path), "mappings/hospital.json"],
  );
  assert.equal(received(files, "lab").patient.gender, "female");
});

const potassium: CodeRowChange = {
  kind: "own",
  system: "L",
  code: "K",
  target: { system: "http://loinc.org", code: "2823-3", display: "Potassium" },
};

test("a sender's own code or unit means what a table for every sender says, and what its own says before that", () => {
  const unit: CodeRowChange = {
    kind: "own",
    system: "units",
    code: "mmol/litre",
    target: { system: "http://unitsofmeasure.org", code: "mmol/L" },
  };
  const trust = changed(links, potassium, unit);
  const { result } = received(trust, "lab");
  assert.deepEqual([result.code.coding?.at(-1)?.code, result.valueQuantity?.code], ["2823-3", "mmol/L"]);
  const mine = { ...potassium, sender, target: { system: "http://snomed.info/sct", code: "88480006" } };
  const own = changed(trust, mine, { ...mine, target: { ...mine.target, system: "http://loinc.org", code: "6298-4" } });
  assert.equal(received(own, "lab").result.code.coding?.at(-1)?.code, "6298-4", "the one before it is gone");
  const without = changed(own, { ...mine, target: null }, { ...potassium, target: null }, { ...unit, target: null });
  assert.deepEqual(
    without.map(({ path }) => path),
    links.map(({ path }) => path),
  );
});

test("rows are found by words, with the layer they come from and what goes before them", () => {
  const files = changed(links, women, { ...women, link: "blood", target: { code: "other" } }, potassium, {
    ...potassium,
    sender,
  });
  const { configuration, pathOf } = readConfiguration(files);
  const fileOf = (folder: string) => (name: string) => pathOf(folder, name);
  const rows = new CodeRows([
    ...guideRows({ ...configuration, fileOf: fileOf("mappings") }),
    ...ownRows({ ...configuration, maps: [], counted: [], fileOf: fileOf("codes") }),
  ]);
  const told = (q: string) =>
    rows.find({ q }).map((row) => {
      const { layer, links: own, sender: one, target, file, overriddenBy } = rows.view(row);
      return [layer, own?.join() ?? one, target?.code, file, overriddenBy.map(({ layer: above, who }) => who ?? above)];
    });
  assert.deepEqual(told("administrativesex w"), [
    ["sender", "blood", "other", "mappings/blood.json", []],
    ["trust", undefined, "female", "mappings/trust.json", ["blood"]],
  ]);
  assert.deepEqual(told("potassium 2823"), [
    ["sender", sender, "2823-3", "codes/pathlab-meadowlab.json", []],
    ["trust", undefined, "2823-3", "codes/trust.json", [sender]],
  ]);
  assert.ok(rows.find({ table: "AdministrativeSex", layer: "official" }).length >= 6);
  assert.ok(rows.counts().official > 1_500);
});
