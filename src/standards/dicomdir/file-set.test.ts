/** The directory of a file-set. PS3.3 Annex F, PS3.10 §8. */
import assert from "node:assert/strict";
import test from "node:test";
import { expectOk } from "#kernel";
import { DataSet, explicitLittle, makeElement, readPart10 } from "#standards/dicom";
import { FileSet } from "./file-set.ts";

const ct = "1.2.840.10008.5.1.4.1.1.2";
const report = "1.2.840.10008.5.1.4.1.1.88.11";

function anObject(values: Readonly<Record<string, string>>): DataSet {
  const all: Readonly<Record<string, string>> = {
    SOPClassUID: ct,
    PatientID: "9434765919",
    PatientName: "Osei^Ama",
    StudyDate: "20260302",
    StudyTime: "101500",
    StudyInstanceUID: "1.2.3",
    StudyID: "7",
    Modality: "CT",
    SeriesInstanceUID: "1.2.3.1",
    SeriesNumber: "1",
    ...values,
  };
  const elements = Object.entries(all).map(([keyword, value]) => makeElement(keyword, [value]));
  const rows = all.SOPClassUID === ct ? [makeElement("Rows", [512])] : [];
  return new DataSet([...elements, ...rows].filter((one) => one !== undefined).sort((a, b) => a.tag - b.tag));
}

function filed(set: FileSet, values: Readonly<Record<string, string>>) {
  return set.add({ dataSet: anObject(values), transferSyntax: explicitLittle.uid });
}

/** The records by where they stand in the file, as a reader of offsets sees them. */
function recordsOf(bytes: Uint8Array) {
  const { file, problems, isWhole } = readPart10(bytes);
  assert.deepEqual([problems, isWhole], [[], true]);
  const items = file!.dataSet.items(0x0004_1220);
  const view = new DataView(bytes.buffer);
  const starts: number[] = [];
  for (let at = bytes.length - file!.dataSet.items(0x0004_1220).reduce(sizeOf(view, bytes), 0); at < bytes.length; ) {
    starts.push(at);
    at += 8 + view.getUint32(at + 4, true);
  }
  return { file: file!, byOffset: new Map(starts.map((start, index) => [start, items[index]!])) };
}

/** Items have explicit lengths and are all that follows the header of their sequence, which stands before the first. */
function sizeOf(view: DataView, bytes: Uint8Array) {
  return (sum: number, _item: DataSet, index: number): number => {
    if (index > 0) return sum;
    for (let at = 132; at < bytes.length; at += 1) {
      if (view.getUint32(at, true) === 0x1220_0004) return view.getUint32(at + 8, true);
    }
    return sum;
  };
}

test("records are reached by their offsets: patients, their studies, series and objects", () => {
  const set = new FileSet();
  const ids = [
    filed(set, { SOPInstanceUID: "1.2.3.1.1", InstanceNumber: "1" }),
    filed(set, { SOPInstanceUID: "1.2.3.1.2", InstanceNumber: "2" }),
    filed(set, { SOPInstanceUID: "1.2.3.2.1", SeriesInstanceUID: "1.2.3.2", InstanceNumber: "1" }),
    filed(set, {
      SOPInstanceUID: "1.2.4.1.1",
      PatientID: "2",
      PatientName: "Müller^Jürgen",
      StudyInstanceUID: "1.2.4",
      SeriesInstanceUID: "1.2.4.1",
      InstanceNumber: "1",
    }),
  ].map((one) => expectOk(one).fileId.join("/"));
  assert.deepEqual(ids, [
    "DICOM/PT000001/ST000001/SE000001/IM000001",
    "DICOM/PT000001/ST000001/SE000001/IM000002",
    "DICOM/PT000001/ST000001/SE000002/IM000001",
    "DICOM/PT000002/ST000001/SE000001/IM000001",
  ]);
  const { file, byOffset } = recordsOf(set.directory({ id: "WARD_7", uid: "2.25.1" }));
  const lines: string[] = [];
  const walk = (offset: number | undefined, depth: string) => {
    for (let at = offset ?? 0; at !== 0; ) {
      const record = byOffset.get(at);
      assert.ok(record, `a record begins at ${at}`);
      const about = record.text("PatientName") ?? record.text("StudyID") ?? record.text("SeriesInstanceUID");
      lines.push(`${depth}${record.text(0x0004_1430)} ${about ?? record.texts(0x0004_1500).join("/")}`);
      walk(record.number(0x0004_1420), `${depth} `);
      at = record.number(0x0004_1400) ?? 0;
    }
  };
  walk(file.dataSet.number(0x0004_1200), "");
  assert.deepEqual(lines, [
    "PATIENT Osei^Ama",
    " STUDY 7",
    "  SERIES 1.2.3.1",
    `   IMAGE ${ids[0]}`,
    `   IMAGE ${ids[1]}`,
    "  SERIES 1.2.3.2",
    `   IMAGE ${ids[2]}`,
    "PATIENT Müller^Jürgen",
    " STUDY 7",
    "  SERIES 1.2.4.1",
    `   IMAGE ${ids[3]}`,
  ]);
  assert.equal(file.dataSet.text(0x0004_1130), "WARD_7");
  assert.equal(byOffset.get(file.dataSet.number(0x0004_1202)!)?.text("PatientName"), "Müller^Jürgen");
});

test("an object of another class gets the record of its class, with the keys that it asks for", () => {
  const set = new FileSet();
  const { problems } = expectOk(
    filed(set, { SOPClassUID: report, SOPInstanceUID: "1.5", InstanceNumber: "1", VerificationFlag: "UNVERIFIED" }),
  );
  assert.deepEqual(
    problems.map(({ code, where }) => `${code} ${where}`),
    ["CompletionFlag", "ContentDate", "ContentTime", "ConceptNameCodeSequence"].map(
      (key) => `dicomdir-key-missing ${key}`,
    ),
  );
  const { byOffset } = recordsOf(set.directory({ id: "X", uid: "2.25.2" }));
  const last = [...byOffset.values()].at(-1);
  assert.deepEqual([last?.text(0x0004_1430), last?.text("VerificationFlag")], ["SR DOCUMENT", "UNVERIFIED"]);
});

test("what cannot stand in a directory is told", () => {
  const set = new FileSet();
  const codes = [
    filed(set, { SOPInstanceUID: "1.6" }),
    filed(set, { SOPInstanceUID: "1.6" }),
    filed(set, { SOPInstanceUID: "" }),
    filed(set, { SOPInstanceUID: "1.7", SOPClassUID: "1.2.999" }),
  ].map((one) => (one.ok ? "filed" : one.problems[0].code));
  assert.deepEqual(codes, ["filed", "object-twice", "uid-missing", "no-record-type"]);
});
