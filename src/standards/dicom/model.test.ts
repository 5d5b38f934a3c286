import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { expectOk, type Json, type JsonObject, limits } from "#kernel";
import { aDataSet } from "../../../test/builders/dicom.ts";
import { testData } from "../../../test/data.ts";
import type { DataSet } from "./data-set.ts";
import { dicomJson } from "./json.ts";
import type { ModelReading } from "./model-element.ts";
import { readPart10 } from "./part10.ts";
import { readDicomJson } from "./read-json.ts";
import { readNativeXml } from "./read-native-xml.ts";
import { nativeXml } from "./write-native-xml.ts";

// DICOM PS3.18 Annex F (DICOM JSON model), PS3.19 §A.1 (Native DICOM Model).

const told = ({ problems }: ModelReading) => problems.map(({ code, where }) => [code, where]);

const rich = aDataSet({
  SpecificCharacterSet: "ISO_IR 192",
  PatientName: "Yamada^Tarou=山田^太郎=やまだ^たろう",
  OtherPatientIDs: ["A", "", "B"],
  PatientWeight: "61.5",
  PatientComments: "a < b & c\r\n]]>",
  FrameIncrementPointer: [0x0018_1063],
  "(0009,0010) LO": "ACME 1",
  "(0009,1001) OB": Uint8Array.of(1, 2, 3, 4),
  "(0009,1002) LO": "Müller",
  "(0040,A168)": [aDataSet({ CodeValue: "T-04000" }), aDataSet({})],
  Rows: 512,
  "(0018,9073) FD": [1.5, -2.25],
  "(7FE0,0001) OV": new Uint8Array(8),
  PixelData: Uint8Array.from({ length: 16 }, (_, index) => index),
});

test("a data set is the same after JSON and after XML", () => {
  const json = readDicomJson(dicomJson(rich));
  assert.deepEqual(json.problems, []);
  assert.deepEqual(dicomJson(json.dataSet), dicomJson(rich));
  const written = nativeXml(rich);
  assert.deepEqual(written.problems, []);
  const xml = expectOk(readNativeXml(written.xml));
  assert.deepEqual(xml.problems, []);
  assert.deepEqual(dicomJson(xml.dataSet), dicomJson(rich));
});

test("XML has names in their parts, private elements with their creators, and values with their numbers", () => {
  const { xml } = nativeXml(
    aDataSet({ PatientName: "Osei^Ama^^Dr", "(0009,0010) LO": "ACME", "(0009,1001) LO": ["x", "", "y"] }),
  );
  assert.equal(
    xml.slice(xml.indexOf("<DicomAttribute")),
    '<DicomAttribute tag="00090001" vr="LO" privateCreator="ACME"><Value number="1">x</Value><Value number="2"/><Value number="3">y</Value></DicomAttribute>' +
      '<DicomAttribute tag="00100010" vr="PN" keyword="PatientName"><PersonName number="1"><Alphabetic><FamilyName>Osei</FamilyName>' +
      "<GivenName>Ama</GivenName><NamePrefix>Dr</NamePrefix></Alphabetic></PersonName></DicomAttribute></NativeDicomModel>",
  );
});

test("values that stand elsewhere are asked for by their address, in JSON and in XML", () => {
  const options = { bulkDataUri: () => "bulk/1" };
  const bytes = Uint8Array.of(9, 9);
  const asked: string[] = [];
  const bulkData = (uri: string) => {
    asked.push(uri);
    return { is: "bytes", bytes, isLittleEndian: true } as const;
  };
  const pixels = aDataSet({ PixelData: Uint8Array.of(1, 2) });
  const json = readDicomJson(dicomJson(pixels, options), { bulkData });
  const xml = expectOk(readNativeXml(nativeXml(pixels, options).xml, { bulkData }));
  for (const { dataSet } of [json, xml])
    assert.deepEqual(dataSet.get("PixelData")?.content, { is: "bytes", bytes, isLittleEndian: true });
  assert.deepEqual(asked, ["bulk/1", "bulk/1"]);
  assert.deepEqual(told(readDicomJson(dicomJson(pixels, options))), [["bulk-data-missing", "(7FE0,0010)"]]);
});

test("numbers keep every digit: whole numbers of 64 bits as texts, and what is not finite by its name", () => {
  const wide = { "00189999": { vr: "UV", Value: ["18446744073709551615", 3] } };
  assert.deepEqual(dicomJson(readDicomJson(wide).dataSet), wide);
  const floats = readDicomJson({ "00189073": { vr: "FD", Value: ["NaN", "-Infinity", "2.5", 1] } }).dataSet;
  assert.deepEqual(floats.numbers(0x0018_9073), [Number.NaN, Number.NEGATIVE_INFINITY, 2.5, 1]);
  const decimals = readDicomJson({ "00101030": { vr: "DS", Value: [61.12345678901234] } }).dataSet;
  assert.equal(decimals.text("PatientWeight"), "61.1234567890123");
});

const wrong: readonly (readonly [string, Json, readonly string[]])[] = [
  ["a list", [], ["not-an-object", "undefined"]],
  ["a keyword for a tag", { PatientName: { vr: "PN" } }, ["tag-invalid", "PatientName"]],
  ["no VR", { "00100020": { Value: ["1"] } }, ["vr-missing", "(0010,0020)"]],
  ["a VR that is none", { "00100020": { vr: "lo" } }, ["vr-invalid", "(0010,0020)"]],
  ["a value that is no list", { "00100020": { vr: "LO", Value: "1" } }, ["values-not-a-list", "(0010,0020)"]],
  ["a truth for a value", { "00100020": { vr: "LO", Value: [true] } }, ["value-not-of-vr", "(0010,0020)"]],
  ["a number too large", { "00280010": { vr: "US", Value: [65_536] } }, ["value-not-of-vr", "(0028,0010)"]],
  ["a fraction", { "00280010": { vr: "US", Value: [1.5] } }, ["value-not-of-vr", "(0028,0010)"]],
  ["a tag that is none", { "00280009": { vr: "AT", Value: ["0018"] } }, ["value-not-of-vr", "(0028,0009)"]],
  ["bytes that are none", { "7FE00010": { vr: "OW", InlineBinary: "*" } }, ["base64-invalid", "(7FE0,0010)"]],
  [
    "two contents",
    { "7FE00010": { vr: "OW", InlineBinary: "", BulkDataURI: "x" } },
    ["content-unclear", "(7FE0,0010)"],
  ],
  ["a backslash", { "00100020": { vr: "LO", Value: ["a\\b"] } }, ["backslash-in-value", "(0010,0020)"]],
  ["two paragraphs", { "00104000": { vr: "LT", Value: ["a", "b"] } }, ["values-too-many", "(0010,4000)"]],
  ["an item that is a text", { "00081110": { vr: "SQ", Value: [{}, "x"] } }, ["not-an-object", "(0008,1110)[2]"]],
];

for (const [what, json, [code, where]] of wrong) {
  test(`JSON with ${what} is told of by ${code} at ${where}`, () => {
    const [problem] = readDicomJson(json).problems;
    assert.deepEqual([problem?.code, String(problem?.where)], [code, where]);
  });
}

test("XML that is none, or another document, is refused; what is wrong within is told with its tag", () => {
  const code = (text: string) => {
    const read = readNativeXml(text);
    return read.ok ? told(read.value)[0] : read.problems[0].code;
  };
  assert.equal(code("<a>"), "invalid-xml");
  assert.equal(code("<a/>"), "not-native-dicom");
  const within = (attribute: string) => code(`<NativeDicomModel>${attribute}</NativeDicomModel>`);
  assert.deepEqual(within('<DicomAttribute tag="0010"/>'), ["tag-invalid", "0010"]);
  assert.deepEqual(within("<Other/>"), ["element-unknown", undefined]);
  assert.deepEqual(within('<DicomAttribute tag="00280010" vr="US"><Value number="99999">1</Value></DicomAttribute>'), [
    "number-invalid",
    "(0028,0010)",
  ]);
  assert.deepEqual(nativeXml(aDataSet({ PatientComments: "a\fb" })).problems[0]?.where, "(0010,4000)");
});

test("sequences beyond the bound are left out with a problem", () => {
  let json: JsonObject = {};
  for (let depth = 0; depth <= limits.dicomNestingMax; depth += 1) json = { "0040A730": { vr: "SQ", Value: [json] } };
  assert.equal(readDicomJson(json).problems[0]?.code, "nesting-too-deep");
});

test("the text of an item is in UTF-8 with the whole, and other character sets are named no more", () => {
  const { dataSet } = readDicomJson({
    "00080005": { vr: "CS", Value: ["ISO_IR 100"] },
    "00081110": {
      vr: "SQ",
      Value: [
        { "00080005": { vr: "CS", Value: ["ISO_IR 101"] }, "00080090": { vr: "PN", Value: [{ Alphabetic: "Žák" }] } },
      ],
    },
  });
  assert.equal(dataSet.text("SpecificCharacterSet"), "ISO_IR 192");
  assert.equal(dataSet.items("ReferencedStudySequence")[0]?.text("ReferringPhysicianName"), "Žák");
  assert.equal(dataSet.items("ReferencedStudySequence")[0]?.get("SpecificCharacterSet"), undefined);
});

test("nothing makes the readers throw", () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 5 }), fc.string(), (value, text) => {
      readDicomJson(value as Json);
      const vr = { "00100010": { vr: "PN", Value: value as Json }, "00281041": { vr: "UV", Value: [text] } };
      dicomJson(readDicomJson(vr).dataSet);
      readNativeXml(
        `<NativeDicomModel><DicomAttribute tag="00280010" vr="US">${text}</DicomAttribute></NativeDicomModel>`,
      );
    }),
    { numRuns: 200 },
  );
});

const files = testData("dicom/test_files");

/** Values that JSON holds and that have no other way of writing: (0008,0005) and group lengths apart. */
function plain(dataSet: DataSet): JsonObject {
  const { "00080005": _sets, ...rest } = dicomJson(dataSet);
  return JSON.parse(JSON.stringify(rest).replaceAll(/"00080005":\{"vr":"CS"(?:,"Value":\[[^\]]*\])?\},?/g, ""));
}

/** In XML the blocks of private elements are numbered anew, and names have no empty parts at their ends. */
function withoutPrivate(dataSet: DataSet): JsonObject {
  const text = JSON.stringify(plain(dataSet), (key, value: unknown) =>
    /^[0-9A-F]{3}[13579BDF][0-9A-F]{4}$/.test(key) ? undefined : value,
  );
  return JSON.parse(text.replaceAll(/ *\^+ *"/g, '"')) as JsonObject;
}

test("the headers of pydicom's files are the same after JSON and after XML", { skip: files.skip }, () => {
  let compared = 0;
  for (const name of readdirSync(files.path).filter((name) => name.endsWith(".dcm"))) {
    const { file, problems } = readPart10(readFileSync(join(files.path, name)), { until: 0x7fe0_0008 });
    if (file === undefined || problems.length > 0) continue;
    const json = readDicomJson(dicomJson(file.dataSet));
    const xml = expectOk(readNativeXml(nativeXml(file.dataSet).xml));
    // Values that are none of their VR in the file itself, as decimal texts with letters are, are told.
    if (json.problems.length + xml.problems.length > 0) continue;
    assert.deepEqual(plain(json.dataSet), plain(file.dataSet), name);
    assert.deepEqual(withoutPrivate(xml.dataSet), withoutPrivate(file.dataSet), name);
    compared += 1;
  }
  assert.ok(compared > 60, `${compared} compared`);
});
