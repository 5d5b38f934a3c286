import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { aDataSet, aDicomFile, aSlice, dicomBytes } from "../../../test/builders/dicom.ts";
import { DataSet } from "./data-set.ts";
import type { DataElement } from "./element.ts";
import { dicomJson } from "./json.ts";
import { readPart10 } from "./part10.ts";
import { readDataSet } from "./read-data-set.ts";
import { tagOf, tags } from "./tag.ts";
import { explicitBig, explicitLittle, implicitLittle, transferSyntaxOf } from "./transfer-syntax.ts";
import { writeDataSet } from "./write-data-set.ts";

// DICOM PS3.5 §7 (data sets), PS3.10 §7 (files).

const codes = (problems: readonly { readonly code: string }[]) => problems.map(({ code }) => code);

for (const syntax of [implicitLittle, explicitLittle, explicitBig]) {
  test(`a file in ${syntax.name} says what was put into it`, () => {
    const { file, problems, isWhole } = readPart10(dicomBytes(aDicomFile(aSlice, syntax)));
    assert.deepEqual(problems, []);
    assert.equal(isWhole, true);
    assert.equal(file?.syntax.uid, syntax.uid);
    assert.equal(file?.dataSet.text("PatientName"), "Osei^Ama");
    assert.equal(file?.dataSet.number("Rows"), 4);
    const { meta } = file ?? aDicomFile();
    assert.equal(meta.number(tags.metaLength), writeDataSet(meta.without(tags.metaLength), explicitLittle).length);
  });
}

test("the header is read from the first bytes, without the pixels, and more are asked for where they do not hold it", () => {
  const bytes = dicomBytes(aDicomFile());
  const pixelsAt = bytes.length - 32 - 12;
  const header = readPart10(bytes.subarray(0, pixelsAt + 8), { until: tags.pixelData });
  assert.equal(header.isWhole, true);
  assert.equal(header.file?.dataSet.get("PixelData"), undefined);
  assert.equal(header.file?.dataSet.number("Columns"), 4);
  assert.equal(readPart10(bytes.subarray(0, 300), { until: tags.pixelData }).isWhole, false);
});

test("what is cut off is told with its tag, and what came before it is there", () => {
  const bytes = dicomBytes(aDicomFile());
  const { file, problems, isWhole } = readPart10(bytes.subarray(0, bytes.length - 3));
  assert.equal(isWhole, false);
  assert.deepEqual(
    problems.map(({ code, where }) => [code, where]),
    [["value-truncated", "(7FE0,0010)"]],
  );
  assert.equal(file?.dataSet.text("PatientID"), "9434765919");
});

test("encapsulated pixel data keep their offset table and fragments", () => {
  const fragments = [new Uint8Array(0), Uint8Array.of(1, 2, 3, 4), Uint8Array.of(5, 6)];
  const pixels: DataElement = { tag: tags.pixelData, vr: "OB", content: { is: "fragments", fragments } };
  const dataSet = aDataSet({ Rows: 1 }).with(pixels);
  const { file } = readPart10(
    dicomBytes({ ...aDicomFile(aSlice, transferSyntaxOf("1.2.840.10008.1.2.4.50")), dataSet }),
  );
  assert.deepEqual(file?.dataSet.get("PixelData")?.content, {
    is: "fragments",
    fragments: fragments.map((fragment) => fragment),
  });
});

test("a sequence without a VR that nobody knew is read as items without VRs", () => {
  const inner = aDataSet({ CodeValue: "T-04000" });
  const items = [{ dataSet: inner, isUndefinedLength: true }];
  const sequence: DataElement = {
    tag: tagOf(0x0009, 0x1001),
    vr: "UN",
    content: { is: "items", items, isUndefinedLength: true },
  };
  const bytes = writeDataSet(new DataSet([sequence]), explicitLittle);
  const { dataSet, problems } = readDataSet(bytes, explicitLittle);
  assert.deepEqual(problems, []);
  assert.equal(dataSet.items(0x0009_1001)[0]?.text("CodeValue"), "T-04000");
  assert.deepEqual(writeDataSet(dataSet, explicitLittle), bytes);
});

test("problems within sequences are placed by their items", () => {
  const bytes = writeDataSet(
    aDataSet({ ReferencedStudySequence: [aDataSet({}), aDataSet({ ReferencedSOPInstanceUID: "1.2" })] }),
    implicitLittle,
  );
  const { problems } = readDataSet(bytes.subarray(0, bytes.length - 2), implicitLittle);
  assert.ok(codes(problems).includes("value-truncated") || codes(problems).includes("item-expected"));
  assert.ok(problems.every(({ where }) => where?.startsWith("(0008,1110)")));
});

test("what is no DICOM is refused, and nothing makes the reader throw", () => {
  assert.deepEqual(codes(readPart10(new TextEncoder().encode('{"resourceType":"Patient"}')).problems), ["not-dicom"]);
  const whole = dicomBytes(aDicomFile({ ...aSlice, ReferencedStudySequence: [aDataSet({ CodeValue: "a" })] }));
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 6 }),
      fc.nat(whole.length),
      (changes, length) => {
        const bytes = whole.slice(0, length);
        for (const [at, byte] of changes) bytes[at] = byte;
        const { file } = readPart10(bytes);
        if (file !== undefined) dicomJson(file.dataSet);
      },
    ),
    { numRuns: 300 },
  );
});

const textElement = fc
  .tuple(
    fc.constantFrom("PatientComments", "StudyDescription", "PatientName", "CodeValue"),
    fc.string({ maxLength: 20 }),
  )
  .map(([keyword, text]) => ({ [keyword]: text.replace(/[\\\0]/g, "").trimEnd() }));

test("any data set is the same after any way of writing it", () => {
  fc.assert(
    fc.property(fc.array(textElement, { maxLength: 4 }), fc.nat(65_535), fc.boolean(), (texts, rows, isBig) => {
      const inner = aDataSet(Object.assign({ SpecificCharacterSet: "ISO_IR 192" }, ...texts));
      const dataSet = aDataSet({
        SpecificCharacterSet: "ISO_IR 192",
        Rows: rows,
        ReferencedSeriesSequence: [inner, aDataSet({})],
      });
      for (const form of [implicitLittle, isBig ? explicitBig : explicitLittle]) {
        const { dataSet: again, problems } = readDataSet(writeDataSet(dataSet, form), form);
        assert.deepEqual(problems, []);
        assert.deepEqual(dicomJson(again), dicomJson(dataSet));
      }
    }),
    { numRuns: 100 },
  );
});

test("DICOM JSON has names in groups, numbers as numbers, bytes in base 64 and sequences as objects", () => {
  const dataSet = aDataSet({
    SpecificCharacterSet: "ISO_IR 192",
    PatientName: "Yamada^Tarou=山田^太郎",
    PatientWeight: "61.5",
    OtherPatientIDs: ["A", "", "B"],
    "(0009,1001) OB": Uint8Array.of(1, 2),
    ReferencedStudySequence: [aDataSet({ ReferencedSOPInstanceUID: "1.2" })],
  });
  assert.deepEqual(dicomJson(dataSet), {
    "00080005": { vr: "CS", Value: ["ISO_IR 192"] },
    "00081110": { vr: "SQ", Value: [{ "00081155": { vr: "UI", Value: ["1.2"] } }] },
    "00091001": { vr: "OB", InlineBinary: "AQI=" },
    "00100010": { vr: "PN", Value: [{ Alphabetic: "Yamada^Tarou", Ideographic: "山田^太郎" }] },
    "00101000": { vr: "LO", Value: ["A", null, "B"] },
    "00101030": { vr: "DS", Value: [61.5] },
  });
});
