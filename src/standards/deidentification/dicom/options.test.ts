/** The options of PS3.15 §E.3 that are about more than attributes: private elements, graphics, overlays, faces. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { expectOk } from "#kernel";
import {
  type DataElement,
  type DataSet,
  dataSetOf,
  explicitLittle,
  implicitLittle,
  makeElement,
  readPart10,
  type TransferSyntax,
  transferSyntaxOf,
} from "#standards/dicom";
import { aProject, theRules } from "../../../../test/builders/deidentifying.ts";
import { aDicomFile, aSlice, type DicomValues, dicomBytes } from "../../../../test/builders/dicom.ts";
import { RuleCounts } from "../walking.ts";
import { deidentifyImage } from "./deidentify-image.ts";
import type { PixelRule } from "./image-rules.ts";
import type { ImageOption } from "./profile.ts";

interface Given {
  readonly values?: DicomValues;
  readonly elements?: readonly (DataElement | undefined)[];
  readonly options?: readonly ImageOption[];
  readonly pixels?: readonly PixelRule[];
  readonly syntax?: TransferSyntax;
}

const keyed = aProject();

function deidentified({ values = {}, elements = [], options = [], pixels = [], syntax = explicitLittle }: Given) {
  const rules = theRules("safe-harbor");
  const ruleSet = { ...rules, images: { options, pixels } };
  const file = aDicomFile({ ...aSlice, PatientName: "Osei^Ama", ...values }, syntax);
  const dataSet = file.dataSet.with(...elements.filter((element) => element !== undefined));
  const bytes = dicomBytes({ ...file, dataSet });
  return deidentifyImage(readPart10(bytes), { ruleSet, keyed, counts: new RuleCounts() });
}

function left(given: Given): DataSet {
  return expectOk(deidentified(given)).dataSet;
}

const own = [
  makeElement(0x0019_0010, ["GEMS_ACQU_01"], { vr: "LO" }),
  makeElement(0x0019_1023, ["55.0"], { vr: "DS" }),
  makeElement(0x0019_109e, ["Osei Ama"], { vr: "LO" }),
  makeElement(0x0019_10aa, ["7"], { vr: "DS" }),
  makeElement(0x0021_0010, ["OSEI AMA"], { vr: "LO" }),
  makeElement(0x0021_1001, ["1"], { vr: "DS" }),
];

test("private elements that the standard lists as safe stay with their creators, and no others", () => {
  const tags = (options: readonly ImageOption[]) =>
    left({ elements: own, options })
      .elements.filter(({ tag }) => (tag & 0x10000) !== 0)
      .map(({ tag }) => tag);
  assert.deepEqual(tags([]), []);
  assert.deepEqual(tags(["retain-safe-private"]), [0x0019_0010, 0x0019_1023]);
  const unwritten = left({ elements: own, options: ["retain-safe-private"], syntax: implicitLittle });
  assert.deepEqual(unwritten.get(0x0019_1023)?.vr, "DS", "the VR is the list's where the file has none");
  const codes = unwritten.items("DeidentificationMethodCodeSequence").map((item) => item.text("CodeValue"));
  assert.deepEqual(codes, ["113100", "113111"]);
});

test("bytes, and texts too long for a code, do not stay as private elements, whatever the list says", () => {
  const elements = [
    makeElement(0x7e01_0010, ["HOLOGIC, Inc."], { vr: "LO" }),
    makeElement(0x7e01_1001, ["Akosuadede 943 476 5919"], { vr: "LO" }),
    makeElement(0x7e01_1012, new TextEncoder().encode("Akosuadede"), { vr: "OB" }),
  ];
  const done = left({ elements, options: ["retain-safe-private"] });
  assert.deepEqual(
    done.elements.filter(({ tag }) => tag >>> 16 === 0x7e01),
    [],
  );
});

const shape = (type: string, data: readonly number[]) => dataSetOf({ GraphicType: type, GraphicData: data });
const annotation = dataSetOf({
  GraphicLayer: "LAYER1",
  TextObjectSequence: [dataSetOf({ UnformattedTextValue: "Ama Osei, 12 mm" })],
  GraphicObjectSequence: [
    shape("ELLIPSE", [1, 1, 9, 1, 5, 0, 5, 2]),
    shape("POLYLINE", [1, 1, 9, 1, 9, 9, 1, 1]),
    shape("POLYLINE", [1, 1, 2, 3, 3, 1, 4, 3, 5, 1, 6, 3]),
  ],
});
const state = { elements: [makeElement("GraphicAnnotationSequence", [annotation])], values: { Modality: "CT" } };

test("of annotations shapes stay and texts go; without the option a point stands for all of them", () => {
  const types = (options: readonly ImageOption[]) =>
    left({ ...state, options })
      .items("GraphicAnnotationSequence")
      .map((item) => [
        item.items("GraphicObjectSequence").map((object) => object.text("GraphicType")),
        item.items("TextObjectSequence").length,
      ]);
  assert.deepEqual(types(["clean-graphics"]), [[["ELLIPSE", "POLYLINE"], 0]], "what may be handwriting goes");
  assert.deepEqual(types([]), [[["POINT"], 0]]);
});

const plane = (bits: number) => [
  makeElement(0x6000_0010, [4], { vr: "US" }),
  makeElement(0x6000_0011, [4], { vr: "US" }),
  makeElement(0x6000_0040, ["G"], { vr: "CS" }),
  makeElement(0x6000_0050, [1, 1], { vr: "SS" }),
  makeElement(0x6000_0100, [bits === 0 ? 1 : 16], { vr: "US" }),
  makeElement(0x6000_0102, [bits], { vr: "US" }),
  makeElement(0x6000_0022, ["Ama Osei"], { vr: "LO" }),
  bits === 0 ? makeElement(0x6000_3000, Uint8Array.of(0xff, 0xff), { vr: "OB" }) : undefined,
];

test("an overlay goes, unless a rule says where it names people: then the rest of it stays", () => {
  const row: PixelRule = { where: { Modality: "CT" }, black: [{ x: 0, y: 0, width: 3, height: 1 }] };
  const overlay = (given: Given) =>
    left({ elements: plane(0), ...given }).elements.filter(({ tag }) => tag >>> 16 === 0x6000);
  assert.deepEqual(overlay({}), []);
  assert.deepEqual(overlay({ options: ["clean-graphics"], pixels: [row] }), []);
  const kept = overlay({ options: ["clean-graphics"], pixels: [{ ...row, isForOverlays: true }] });
  const content = kept.find(({ tag }) => tag === 0x6000_3000)?.content;
  assert.deepEqual(content?.is === "bytes" && [...content.bytes], [0xf8, 0xff]);
  assert.ok(!kept.some(({ tag }) => tag === 0x6000_0022));
});

test("an overlay in the upper bits of the pixels is emptied", () => {
  const values = { BitsStored: 12, HighBit: 11, PixelData: Uint8Array.from({ length: 32 }, () => 0xf5) };
  const content = left({ values, elements: plane(12) }).get("PixelData")?.content;
  assert.deepEqual(content?.is === "bytes" && [...new Set(content.bytes)], [0xf5, 0x05]);
});

test("a picture within an item goes, whatever the item is for", () => {
  const item = dataSetOf({ Rows: 1, PixelData: new TextEncoder().encode("Ama Osei") });
  const done = left({ elements: [makeElement("ModalityLUTSequence", [item])] });
  assert.deepEqual(done.items("ModalityLUTSequence")[0]?.get("PixelData"), undefined);
});

const head: DicomValues = {
  SOPClassUID: "1.2.840.10008.5.1.4.1.1.2",
  Modality: "CT",
  BodyPartExamined: "HEAD",
  Rows: 80,
  Columns: 80,
  BitsStored: 16,
  HighBit: 15,
  PixelRepresentation: 1,
  ImageOrientationPatient: [1, 0, 0, 0, 1, 0],
  PixelSpacing: [2, 2],
  RescaleIntercept: -1024,
  RescaleSlope: 1,
  PixelData: headPixels(),
};

/** A skull around a brain, with skin on it and a nose in front; in Hounsfield units + 1,024. */
function headPixels(): Uint8Array {
  const values = new Int16Array(80 * 80);
  for (const at of values.keys()) {
    const radius = Math.hypot((at % 80) - 40, Math.floor(at / 80) - 40);
    const isNose = Math.abs((at % 80) - 40) < 5 && at < 80 * 12 && at > 80 * 5;
    values[at] = radius < 24 ? 1_060 : radius < 27 ? 2_000 : radius < 32 || isNose ? 1_000 : 0;
  }
  return new Uint8Array(values.buffer);
}

test("a face is taken off down to the bone, from the front and the sides; the brain stays", () => {
  const done = left({ values: head, options: ["clean-recognizable-features"] });
  const content = done.get("PixelData")?.content;
  assert.ok(content?.is === "bytes");
  const values = new Int16Array(Uint8Array.from(content.bytes).buffer);
  const line = (x: number) => Array.from({ length: 80 }, (_, y) => values[y * 80 + x]);
  assert.deepEqual(new Set(line(40).slice(0, 13)), new Set([24]), "air where nose and skin were");
  assert.deepEqual([line(40)[15], line(40)[40], line(40)[70]], [2_000, 1_060, 1_000], "skull, brain, back of the head");
  assert.deepEqual([values[40 * 80 + 10], values[40 * 80 + 69]], [24, 24], "both sides");
  assert.equal(done.text("RecognizableVisualFeatures"), "NO");
});

const faces: readonly (readonly [string, DicomValues, string])[] = [
  ["a head whose bones cannot be made out", { Modality: "MR", BodyPartExamined: "HEAD" }, "recognizable-features"],
  ["a slice of nobody knows what", { Modality: "CT" }, "recognizable-features"],
  ["a head seen from the side", { ...head, ImageOrientationPatient: [0, 1, 0, 0, 0, -1] }, "recognizable-features"],
  ["a chest", { Modality: "CT", BodyPartExamined: "CHEST" }, ""],
  ["what is said to show nobody", { Modality: "MR", RecognizableVisualFeatures: "NO" }, ""],
];

for (const [what, values, code] of faces)
  test(`where faces are to be cleaned, ${what} is ${code === "" ? "let through" : "left out"}`, () => {
    const done = deidentified({ values, options: ["clean-recognizable-features"] });
    assert.equal(done.ok ? "" : done.problems[0].code, code);
  });

test("a photograph goes out where a rule says what hides the face", () => {
  const rule: PixelRule = { where: { Modality: "XC" }, black: [{ x: 0, y: 0, width: 4, height: 2 }] };
  const given = { values: { Modality: "XC" }, options: ["clean-recognizable-features"] as const };
  assert.equal(deidentified({ ...given, pixels: [rule] }).ok, false);
  assert.equal(deidentified({ ...given, pixels: [{ ...rule, isForFaces: true }] }).ok, true);
});

test("what stands behind the pixels within their element goes", () => {
  const pixels = Buffer.concat([Buffer.alloc(32, 7), Buffer.from("Ama Osei")]);
  const content = left({ values: { PixelData: pixels } }).get("PixelData")?.content;
  assert.equal(content?.is === "bytes" && content.bytes.length, 32);
});

test("a name within a table of colours goes with the table", () => {
  const table = (text: string) => makeElement("RedPaletteColorLookupTableData", Buffer.from(text), { vr: "OW" });
  const kept = (text: string) => left({ values: { PatientName: "Oseikyerem^Ama" }, elements: [table(text)] });
  assert.equal(kept("xxOSEIKYEREMx").get("RedPaletteColorLookupTableData"), undefined);
  assert.notEqual(kept("xxxxxxxxxxxx").get("RedPaletteColorLookupTableData"), undefined);
});

test("a code that stays is its own meaning, as one must have one", () => {
  const code = (value: string) =>
    dataSetOf({ CodeValue: value, CodingSchemeDesignator: "LN", CodeMeaning: "Ama Osei" });
  const meanings = (value: string) =>
    left({ elements: [makeElement("ConceptNameCodeSequence", [code(value)])] })
      .items("ConceptNameCodeSequence")
      .map((item) => item.text("CodeMeaning"));
  assert.deepEqual([meanings("18748-4"), meanings("OSEI")], [["18748-4"], [undefined]]);
});

test("a video is refused", () => {
  const done = deidentified({ syntax: transferSyntaxOf("1.2.840.10008.1.2.4.102") });
  assert.equal(done.ok ? "" : done.problems[0].code, "video");
});

test("a recording of a voice is refused", () => {
  const done = deidentified({ values: { SOPClassUID: "1.2.840.10008.5.1.4.1.1.9.4.1" } });
  assert.equal(done.ok ? "" : done.problems[0].code, "sound");
});
