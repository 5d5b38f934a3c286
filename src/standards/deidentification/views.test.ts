import assert from "node:assert/strict";
import { test } from "node:test";
import { DataSet, explicitLittle, makeElement, type Part10File, readPart10, transferSyntaxOf } from "#standards/dicom";
import { parseMessage } from "#standards/hl7v2";
import { aProject, deidentified, theRules } from "../../../test/builders/deidentifying.ts";
import { aDicomFile, aSlice, dicomBytes } from "../../../test/builders/dicom.ts";
import { deidentifyImage } from "./dicom/deidentify-image.ts";
import type { PixelRule } from "./dicom/image-rules.ts";
import { deidentifyMessage } from "./v2/deidentify-message.ts";
import { RuleCounts } from "./walking.ts";

// DICOM PS3.15 Annex E; HL7 v2.5.1 chapters 2 to 7.

const nhsNumber = "9434765919";
const patient = {
  resourceType: "Patient",
  id: "osei",
  identifier: [{ value: nhsNumber }, { value: "MRN7745512" }],
  name: [{ family: "Osei", given: ["Ama"] }],
};
const keyed = aProject({ knowing: [patient] });

function image(
  values: object = {},
  pixels: readonly PixelRule[] = [],
  file: Part10File = aDicomFile({ ...aSlice, ...values }),
) {
  const rules = theRules("teaching");
  const ruleSet = { ...rules, images: { ...rules.images, pixels } };
  return deidentifyImage(readPart10(dicomBytes(file)), { ruleSet, keyed, counts: new RuleCounts() });
}

function message(...segments: readonly string[]): string {
  const text = ["MSH|^~\\&|LAB|NORTH|EHR|NORTH|20260302103000||ORU^R01^ORU_R01|123|P|2.5.1", ...segments].join("\r");
  return deidentifyMessage(parseMessage(text), { ruleSet: theRules("teaching"), keyed, counts: new RuleCounts() });
}

test("a record, a message and an image of one patient have one pseudonym, one made-up name and one shift", () => {
  const resource = deidentified(patient, theRules("teaching"), keyed);
  const pid = message(`PID|1||MRN7745512^^^NORTH^MR~${nhsNumber}^^^NHS^NH||Osei^Ama||19800302`).split("\r")[1] ?? "";
  const done = image({ PatientBirthDate: "19800302" });
  assert.ok(done.ok);
  const { dataSet } = done.value;
  const [{ value }] = resource.identifier as readonly [{ readonly value: string }];
  const [{ family, given }] = resource.name as unknown as readonly [
    { readonly family: string; readonly given: readonly string[] },
  ];
  assert.equal(dataSet.text("PatientID"), value);
  assert.ok(pid.includes(`~${value}^^^PSEUDONYM^NH`));
  assert.equal(dataSet.text("PatientName"), `${family}^${given[0]}`);
  assert.ok(pid.includes(`|${family}^${given[0]}|`));
  const birth = deidentified({ ...patient, birthDate: "1980-03-02" }, theRules("teaching"), keyed).birthDate;
  assert.ok(pid.includes(`|${String(birth).replaceAll("-", "")}`), pid);
  const study = deidentified(
    {
      resourceType: "ImagingStudy",
      status: "available",
      subject: { reference: "Patient/osei" },
      started: "2026-03-02",
    },
    theRules("teaching"),
    keyed,
  );
  assert.equal(dataSet.text("StudyDate"), String(study.started).replaceAll("-", ""));
});

test("UIDs of images and of ImagingStudy are mapped alike, those of the standard not at all", () => {
  const done = image();
  const study = deidentified(
    {
      resourceType: "ImagingStudy",
      status: "available",
      subject: { reference: "Patient/osei" },
      series: [{ uid: "1.2.3.4.5.0", modality: { code: "CT" } }],
    },
    theRules("teaching"),
    keyed,
  );
  assert.ok(done.ok);
  assert.equal(
    done.value.dataSet.text("SeriesInstanceUID"),
    (study.series as unknown as readonly [{ uid: string }])[0].uid,
  );
  assert.equal(done.value.dataSet.text("SOPClassUID"), aSlice.SOPClassUID);
  assert.equal(done.value.meta.text(0x0002_0003), done.value.dataSet.text("SOPInstanceUID"));
});

test("numbers, units and known results of a message stay, free texts, documents, notes and Z segments do not", () => {
  const text = message(
    "OBR|1|A1^EHR|B1^LAB|GLU^Glucose of Ama^L",
    "OBX|1|NM|15074-8^Glucose^LN||5.4|mmol/L|3.0-6.0|N|||F|||20260302",
    "OBX|2|ST|X^Note^L||Ama feels well||||||F",
    "OBX|3|ST|Y^^L||negative||||||F",
    "OBX|4|ED|Z^^L||^text^plain^Base64^QW1h||||||F",
    "NTE|1|L|Ama",
    "ZAB|1|Ama",
  );
  const segments = text.split("\r").filter((line) => line !== "");
  assert.deepEqual(
    segments.map((line) => line.slice(0, 3)),
    ["MSH", "OBR", "OBX", "OBX", "OBX", "OBX"],
  );
  assert.match(
    segments[1] ?? "",
    /^OBR\|1\|PSEUDO-[0-9A-F]{20}\^\^\^PSEUDONYM\|PSEUDO-[0-9A-F]{20}\^\^\^PSEUDONYM\|GLU$/,
  );
  assert.match(segments[2] ?? "", /^OBX\|1\|NM\|15074-8\^\^LN\|\|5\.4\|mmol\/L\|3\.0-6\.0\|N\|\|\|F\|\|\|202\d{5}$/);
  assert.equal(segments[3], "OBX|2|ST|X||||||||F");
  assert.equal(segments[4], "OBX|3|ST|Y||negative||||||F");
  assert.ok(!text.includes("Ama") && !text.includes("QW1h"));
});

test("an image says how it was de-identified", () => {
  const done = image();
  assert.ok(done.ok);
  const { dataSet } = done.value;
  assert.equal(dataSet.text("PatientIdentityRemoved"), "YES");
  assert.equal(dataSet.text("LongitudinalTemporalInformationModified"), "MODIFIED");
  assert.equal(dataSet.items("DeidentificationMethodCodeSequence")[0]?.text("CodeValue"), "113100");
});

const refusals: readonly (readonly [string, object])[] = [
  ["burnt-in-annotation", { BurnedInAnnotation: "YES" }],
  ["burnt-in-annotation", { Modality: "US" }],
  ["recognizable-features", { RecognizableVisualFeatures: "YES" }],
  ["encapsulated-document", { SOPClassUID: "1.2.840.10008.5.1.4.1.1.104.1" }],
];

for (const [code, values] of refusals) {
  test(`an image with ${JSON.stringify(values)} is refused as ${code}`, () => {
    const done = image(values);
    assert.equal(done.ok ? "" : done.problems[0].code, code);
  });
}

const corner: PixelRule = { where: { Modality: "US" }, black: [{ x: 0, y: 0, width: 4, height: 2 }] };

test("a region that the rules name is black, and nothing else, in a file as it was read from a disk", () => {
  const bytes = Buffer.from(dicomBytes(aDicomFile({ ...aSlice, Modality: "US", BurnedInAnnotation: "YES" })));
  const ruleSet = { ...theRules("teaching"), images: { options: [], pixels: [corner] } };
  const done = deidentifyImage(readPart10(bytes), { ruleSet, keyed, counts: new RuleCounts() });
  assert.ok(done.ok);
  const content = done.value.dataSet.get("PixelData")?.content;
  assert.ok(content?.is === "bytes");
  assert.deepEqual([...content.bytes], [...Array(16).fill(0), ...Array.from({ length: 16 }, (_, index) => index + 16)]);
  assert.equal(done.value.dataSet.text("BurnedInAnnotation"), "NO");
});

test("outside the regions that the machine measured in, everything is black where the rule says so", () => {
  const region = new DataSet(
    Object.entries({ X0: 1, Y0: 2, X1: 2, Y1: 3 }).flatMap(
      ([edge, value]) => makeElement(`RegionLocation${edge.endsWith("0") ? "Min" : "Max"}${edge}`, [value]) ?? [],
    ),
  );
  const file = aDicomFile({ ...aSlice, Modality: "US" }, explicitLittle);
  const rule: PixelRule = { where: { Modality: "US" }, black: [], isBlackOutsideRegions: true };
  const told = { ...file, dataSet: file.dataSet.with(makeElement("SequenceOfUltrasoundRegions", [region])!) };
  const done = image({}, [rule], told);
  assert.ok(done.ok);
  const content = done.value.dataSet.get("PixelData")?.content;
  assert.ok(content?.is === "bytes");
  const before = file.dataSet.get("PixelData")?.content;
  assert.ok(before?.is === "bytes");
  const columns = file.dataSet.number("Columns")!;
  const isInside = (at: number) => {
    const pixel = Math.floor(at / 2);
    const [x, y] = [pixel % columns, Math.floor(pixel / columns)];
    return x >= 1 && x <= 2 && y >= 2 && y <= 3;
  };
  assert.deepEqual(
    [...content.bytes],
    [...before.bytes].map((value, at) => (isInside(at) ? value : 0)),
  );
  const untold = image({}, [rule], file);
  assert.equal(untold.ok ? "" : untold.problems[0].code, "regions-missing");
});

test("options of the profile keep what they name, and the image says which were chosen", () => {
  const rules = theRules("safe-harbor");
  const values = { StudyTime: "101500", StationName: "CT4", BurnedInAnnotation: "NO", PatientBirthDate: "19800302" };
  const kept = (options: typeof rules.images.options) => {
    const ruleSet = { ...rules, images: { ...rules.images, options } };
    const file = dicomBytes(aDicomFile({ ...aSlice, ...values }));
    const done = deidentifyImage(readPart10(file), { ruleSet, keyed, counts: new RuleCounts() });
    assert.ok(done.ok);
    const { dataSet } = done.value;
    const told = ["StudyInstanceUID", "StudyDate", "StudyTime", "StationName", "PatientBirthDate"].map(
      (keyword) => dataSet.text(keyword) ?? "",
    );
    const codes = dataSet.items("DeidentificationMethodCodeSequence").map((item) => item.text("CodeValue"));
    return [...told, dataSet.text("LongitudinalTemporalInformationModified"), codes.join(" ")];
  };
  const [uid, date, time, station, birth, changed, codes] = kept([]);
  assert.notEqual(uid, "1.2.3.4.5");
  assert.deepEqual([date, time, birth, changed, codes], ["", "", "", "REMOVED", "113100"]);
  assert.notEqual(station, "CT4");
  assert.deepEqual(kept(["retain-uids", "full-dates", "retain-device"]), [
    "1.2.3.4.5",
    "20260302",
    "101500",
    "CT4",
    "",
    "UNMODIFIED",
    "113100 113110 113106 113109",
  ]);
});

test("a kind of image into which a rule says nothing is written stays as it is", () => {
  const done = image({ Modality: "US" }, [{ where: { Modality: "US" }, black: [] }]);
  assert.ok(done.ok);
});

test("a region of compressed pixels is refused, not left as it is", () => {
  const file = aDicomFile({ ...aSlice, Modality: "US" }, transferSyntaxOf("1.2.840.10008.1.2.4.50"));
  const fragments = [new Uint8Array(0), Uint8Array.of(1, 2)];
  const dataSet = file.dataSet.with({ tag: 0x7fe0_0010, vr: "OB", content: { is: "fragments", fragments } });
  const done = image({}, [corner], { ...file, dataSet });
  assert.equal(done.ok ? "" : done.problems[0].code, "pixels-compressed");
});

test("what is cut off is refused: nobody knows what it said", () => {
  const bytes = dicomBytes(aDicomFile(aSlice, explicitLittle));
  const done = deidentifyImage(readPart10(bytes.subarray(0, bytes.length - 4)), {
    ruleSet: theRules("teaching"),
    keyed,
    counts: new RuleCounts(),
  });
  assert.equal(done.ok ? "" : done.problems[0].code, "dicom-not-whole");
});
