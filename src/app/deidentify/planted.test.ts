import assert from "node:assert/strict";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { expectOk } from "#kernel";
import { compileRuleSet, ruleSets } from "#standards/deidentification";
import { attributeTags, makeElement, type Part10File, tags, transferSyntaxOf } from "#standards/dicom";
import { writeFhirXml } from "#standards/fhir-xml";
import { aDicomElement, aDicomFile, aSlice, dicomBytes } from "../../../test/builders/dicom.ts";
import {
  aStuffedImage,
  base64Of,
  birthDate,
  everyStuffedResource,
  planted,
  variantsOf,
} from "../../../test/builders/planted.ts";
import { filesAt } from "../terminology/release-files.ts";
import { type DeidentifyReport, deidentifyFiles } from "./deidentify-files.ts";

// 45 CFR 164.514(b)(2)(i): none of the 18 kinds of identifiers is left, wherever it stood.

let folder: string;
let given: string;

const compact = birthDate.replaceAll("-", "");
const [
  name,
  place,
  postcode,
  ,
  telephone,
  fax,
  mail,
  nhs,
  mrn,
  plan,
  account,
  licence,
  vehicle,
  device,
  web,
  network,
  print,
  photo,
  mark,
] = Object.values(planted);
const message = [
  `MSH|^~\\&|OSEIKYEREM|${place}|LAB|HOSP|${compact}1030||ORU^R01^ORU_R01|${mrn}|P|2.5.1|||||GB|UNICODE UTF-8`,
  `PID|1|${account}|${nhs}^^^NHS^NH~${mrn}^^^HOSP^MR||Oseikyerem^Akosuadede||${compact}|F|${name}||${place}^^Wellowbridge^^${postcode}^GBR||${telephone}^PRN^FX^${mail}~${fax}|||||${account}|${nhs}|${licence}|${name}|||${vehicle}`,
  `PD1|||${place}^^${mrn}|${account}^Oseikyerem^Akosuadede`,
  `NK1|1|Oseikyerem^Akosuadede|SON^${name}|${place}|${telephone}`,
  `GT1|1|${account}|Oseikyerem^Akosuadede||${place}|${telephone}|${fax}|${compact}`,
  `IN1|1|${plan}^${name}|${plan}|${place}|||||${account}||||||||Oseikyerem^Akosuadede|SEL|${compact}|${place}`,
  `PV1|1|I|${place}^${device}||||${licence}^Oseikyerem^Akosuadede|||${mark}||||${mark}|||||${account}`,
  `ORC|RE|${account}^LAB|${device}^LAB||CM||||${compact}|${name}||${licence}^Oseikyerem^Akosuadede`,
  `OBR|1|${account}|${device}|GLU^${name}^L|||${compact}||||||${mark}|||${licence}^Oseikyerem|${telephone}|${account}|${mark}|${vehicle}|${print}|${compact}|||F`,
  `OBX|1|TX|NOTE^${name}^L||${name} ${telephone} ${mark}||||||F|||${compact}|${place}|${licence}^Oseikyerem`,
  `OBX|2|ED|DOC^${photo}^L||^image^jpeg^Base64^${Buffer.from(photo ?? "").toString("base64")}||||||F`,
  `OBX|3|ST|X^${web}^L||${web} ${network}||${print}||||F`,
  `OBX|4|NM|1558-6^Glucose^LN||5.4|mmol/L|||||F`,
  `OBX|5|NM|OSEIKYEREM^${name}^L|MRN7745512|${nhs?.replaceAll(" ", "")}|MRN7745512^^LN|${nhs?.replaceAll(" ", "")}|||||F`,
  `OBX|6|SN|9434765919^^SCT||^${nhs?.replaceAll(" ", "")}||||||F`,
  `OBX|7|ST|\\X4F5345494B594552454D\\^^L||${telephone?.replaceAll(" ", "")}||||||F`,
  `NTE|1|L|${name} ${print} ${network} ${web}`,
  `ZPI|${Object.values(planted).join("|")}`,
].join("\r");

/** What passes for a code, a unit, an address or a number. */
const disguised = {
  resourceType: "Observation",
  implicitRules: "http://hl7.org/fhir/Oseikyerem-Akosuadede",
  meta: { profile: ["http://hl7.org/fhir/StructureDefinition/MRN7745512"] },
  status: "final",
  code: {
    coding: [
      { system: "http://loinc.org", code: "OSEIKYEREM" },
      { system: "http://snomed.info/sct", code: "9434765919" },
      { system: "http://terminology.hl7.org/CodeSystem/v3-ActCode", code: "MRN7745512" },
      { system: "http://terminology.hl7.org/CodeSystem/v3-ActCode", code: "OSEIKYEREM" },
      { system: "http://hl7.org/fhir/9434765919", code: "A1" },
    ],
  },
  valueInteger: 1632555123,
  component: [
    {
      code: { text: "x" },
      valueQuantity: { value: 9434765919, system: "http://unitsofmeasure.org", code: "OSEIKYEREM" },
    },
    { code: { text: "y" }, valueQuantity: { value: 9, system: "http://unitsofmeasure.org", code: "{OSEIKYEREM}" } },
  ],
};

/** A compressed picture with a comment, the data of a camera, and more behind its end. */
function aWrittenImage(file: Part10File): Part10File {
  const segment = (marker: number, text: string) =>
    Buffer.concat([Buffer.of(0xff, marker, 0, text.length + 2), Buffer.from(text)]);
  const written = Object.values(planted).join(" ").slice(0, 250);
  const scan = Buffer.concat([segment(0xda, "\x01\x01"), Buffer.of(1, 2, 3)]);
  const frame = Buffer.concat([
    Buffer.of(0xff, 0xd8),
    segment(0xe1, `Exif\0\0${planted["Q photographs"]} ${network}`),
    segment(0xfe, written),
    scan,
    segment(0xfe, Object.values(planted).slice(9).join(" ")),
    scan,
    Buffer.of(0xff, 0xd9),
    Buffer.from(Object.values(planted).join(" ")),
  ]);
  const padded = Buffer.concat([frame, Buffer.alloc(frame.length % 2)]);
  const content = { is: "fragments", fragments: [new Uint8Array(0), padded] } as const;
  const syntax = transferSyntaxOf("1.2.840.10008.1.2.4.50");
  return { ...file, syntax, form: syntax, dataSet: file.dataSet.with({ tag: tags.pixelData, vr: "OB", content }) };
}

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "corridor-planted-"));
  given = join(folder, "given");
  await mkdir(join(given, "Oseikyerem_Akosuadede"), { recursive: true });
  const resources = everyStuffedResource();
  const entry = resources.slice(94, 106).map((resource) => ({
    fullUrl: `https://oseikyerem.example/fhir/${resource.resourceType}/${mrn}`,
    resource,
  }));
  const write = (path: string, content: string | Uint8Array) => writeFile(join(given, path), content);
  await write("MRN7745512.ndjson", resources.map((resource) => JSON.stringify(resource)).join("\n"));
  await write(
    "Oseikyerem_Akosuadede/1938-04-17.json",
    JSON.stringify({ resourceType: "Bundle", type: "searchset", entry }),
  );
  const patient = { resourceType: "Patient", id: "MRN7745512", name: [{ text: name ?? "" }], birthDate };
  await write("TATTOOUNIQUE31.xml", expectOk(writeFhirXml(patient)));
  await write("Oseikyerem.hl7", `${message}\r`);
  const file = aDicomFile({ ...aSlice, PatientName: "Oseikyerem^Akosuadede", PatientID: "MRN7745512" });
  const preamble = new Uint8Array(128);
  preamble.set(new TextEncoder().encode(name));
  const dataSet = aStuffedImage(file.dataSet.without(0x0028_0301, 0x0028_0302), attributeTags()).without(
    0x0028_0301,
    0x0028_0302,
    0x0004_1220,
  );
  await write(
    "Oseikyerem.dcm",
    dicomBytes({ ...file, preamble, dataSet, trailing: new TextEncoder().encode(`${mrn}`.padEnd(12)) }),
  );
  await write("plain.dcm", dicomBytes({ ...file, preamble, dataSet }));
  await write("compressed.dcm", dicomBytes(aWrittenImage({ ...file, preamble, dataSet })));
  // What is planted stands behind the only pixels.
  const oneRow = aDicomElement("Rows", 0);
  const longer = makeElement(tags.pixelData, Buffer.from(Object.values(planted).join(" ").padEnd(640)), { vr: "OW" });
  assert.ok(longer);
  await write("longer.dcm", dicomBytes({ ...file, dataSet: dataSet.with(longer, oneRow) }));
  await write("disguised.json", JSON.stringify(disguised));
});

after(() => rm(folder, { recursive: true, force: true }));

interface Done {
  readonly report: DeidentifyReport;
  readonly output: readonly { readonly bytes: Buffer; readonly plain: string }[];
}

async function deidentified(rules: string): Promise<Done> {
  const to = join(folder, rules);
  const report = await deidentifyFiles({
    files: expectOk(await filesAt(given)),
    folder: to,
    deidentifier: expectOk(compileRuleSet(ruleSets.get(rules)!)),
    key: Buffer.alloc(32, 7),
    year: 2026,
    reviewed: new Set(),
    told: () => {},
  });
  const names = await readdir(to);
  const contents = await Promise.all(names.map((file) => readFile(join(to, file))));
  const output = [Buffer.from(names.join("\n")), ...contents].map((bytes) => ({
    bytes,
    plain: bytes.toString("latin1").toLowerCase(),
  }));
  return { report: expectOk(report), output };
}

for (const rules of ruleSets.keys()) {
  describe(`by the rules ${rules}`, () => {
    let done: Done;

    before(async () => {
      done = await deidentified(rules);
    });

    for (const [kind, text] of Object.entries(planted)) {
      test(`nothing is left of kind ${kind}: in resources of all 146 types, messages, images and names of files`, () => {
        const found = done.output.flatMap(({ bytes, plain }) => {
          const variants = variantsOf(text).filter((variant) => plain.includes(variant.toLowerCase()));
          const coded = base64Of(text).filter((variant) => bytes.includes(variant));
          return [...variants, ...coded].map((variant) => `${variant}: …${around(plain, variant.toLowerCase())}…`);
        });
        assert.deepEqual(found, []);
      });
    }

    test("every file is written, but for the image that is not whole", () => {
      assert.deepEqual(done.report.refusals, { "dicom-not-whole": 1 });
      assert.equal(done.report.files, 8);
    });
  });
}

function around(text: string, part: string): string {
  const at = text.indexOf(part);
  return text.slice(Math.max(0, at - 80), at + 40);
}
