import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { dicomJson, readPart10 } from "#standards/dicom";
import { itemsOf, type JsonDataSet, textOf } from "../dicomweb/attributes.ts";
import { calibrationAt } from "./calibration.ts";
import { type KeyImages, keyObjectSelection } from "./key-object-selection.ts";
import { measuredValues } from "./measured-values.ts";
import type { MeasurementKind } from "./measurement.ts";
import { measurementReport, type Reported } from "./measurement-report.ts";
import { isOwn } from "./own-document.ts";
import { predecessorsOf, readKeyImages, readMeasurements, readTree, standingReports } from "./read-report.ts";
import type { PixelPoint } from "./statistics.ts";

const of: JsonDataSet = {
  "0020000D": { vr: "UI", Value: ["1.1"] },
  "00100010": { vr: "PN", Value: [{ Alphabetic: "OSEI^Adwoa", Ideographic: "山田^太郎" }] },
  "00100020": { vr: "LO", Value: ["RX4402719"] },
};
const now = new Date(2026, 10, 23, 9, 30, 0);
const image = { series: "1.1.1", sopClass: "1.2.840.10008.5.1.4.1.1.2", sopInstance: "1.1.1.7" };
const calibration = calibrationAt({}, [0.5, 2], []);

/** A picture whose values are ten times their column. */
const grid = { pixels: Int16Array.from({ length: 400 }, (_, at) => (at % 20) * 10), columns: 20, rows: 20 };

function measured(kind: MeasurementKind, points: readonly PixelPoint[], text = ""): Reported {
  const values = measuredValues({ kind, points, calibration, grid, valueUnit: "HU" });
  const uid = "0f3f6bd2-4d9e-4a5c-8a3c-0d1f2a3b4c5d";
  return { measurement: { uid, kind, imageId: "", text, points: [], values }, image, points };
}

function selectionOf(given: Omit<KeyImages, "before">): Uint8Array {
  const selection = keyObjectSelection({ before: undefined, ...given });
  assert.ok(selection !== undefined);
  return selection.file;
}

function readBack(file: Uint8Array): JsonDataSet {
  const { file: read, problems } = readPart10(file);
  assert.deepEqual(problems, []);
  assert.ok(read !== undefined);
  return dicomJson(read.dataSet) as unknown as JsonDataSet;
}

// Source: PS3.16 TID 1500, 1501 and 1410.
describe("A report of measurements", () => {
  const shapes: readonly (readonly [MeasurementKind, readonly PixelPoint[], string])[] = [
    [
      "length",
      [
        [2, 3],
        [5, 7],
      ],
      "",
    ],
    [
      "angle",
      [
        [0, 0],
        [0, 4],
        [4, 4],
      ],
      "",
    ],
    ["probe", [[6, 6]], ""],
    [
      "rectangle",
      [
        [2, 2],
        [6, 2],
        [2, 8],
        [6, 8],
      ],
      "",
    ],
    [
      "ellipse",
      [
        [10, 14],
        [10, 6],
        [8, 10],
        [12, 10],
      ],
      "",
    ],
    [
      "arrow",
      [
        [3, 3],
        [9, 9],
      ],
      "Nodule, 9 mm",
    ],
  ];
  const reported = shapes.map(([kind, points, text]) => measured(kind, points, text));
  const { file } = measurementReport({ of, observer: "Lindqvist^Ingrid", reported, predecessors: [], now });
  const report = readBack(file);

  it("gives every shape, its place and its values back as they were drawn", () => {
    const read = readMeasurements(report);
    assert.deepEqual(
      read.map(({ kind, points, text }) => [kind, points, text]),
      shapes,
    );
    assert.deepEqual(
      read.map(({ values }) => values.map(({ name, unit }) => `${name} ${unit}`)),
      reported.map(({ measurement }) => measurement.values.map(({ name, unit }) => `${name} ${unit}`)),
    );
    assert.deepEqual([...new Set(read.map(({ sopInstance }) => sopInstance))], ["1.1.1.7"]);
  });

  it("is about the patient and the study of its images", () => {
    assert.deepEqual(report["00100010"]?.Value, of["00100010"]?.Value);
    assert.deepEqual([report["0020000D"]?.Value, report["00080060"]?.Value], [["1.1"], ["SR"]]);
  });

  it("reads as a tree of words", () => {
    const tree = readTree(report);
    const said = JSON.stringify(tree);
    assert.equal(tree.name, "Imaging Measurement Report");
    for (const words of ["Person Observer Name", "Lindqvist Ingrid", "Nodule, 9 mm", "HU"])
      assert.ok(said.includes(words), words);
  });

  it("is known again as the viewer's own, which reports of others and selections of key images are not", () => {
    const selection = readBack(selectionOf({ of, observer: "", images: [image], now }));
    const others = { ...report, "00081090": { vr: "LO", Value: ["Reporting"] } };
    assert.deepEqual(
      [report, others, selection].map((document) => isOwn(document, "report")),
      [true, false, false],
    );
    assert.equal(isOwn(selection, "ofInterest"), true);
  });

  // Source: PS3.3 C.17.2.2 (Predecessor Documents Sequence).
  it("takes the place of those that it names, and of no others", () => {
    const older = measurementReport({ of, observer: "", reported, predecessors: [], now });
    const newer = measurementReport({ of, observer: "", reported, predecessors: [older.evidence], now });
    const [first, second] = [readBack(older.file), readBack(newer.file)];
    assert.deepEqual(predecessorsOf(second), [older.evidence.sopInstance]);
    assert.deepEqual(standingReports([first, second, report]), [second, report]);
  });
});

// Source: PS3.16 TID 2010.
it("Key images are named again by the document that selects them, with their frames", () => {
  const images = [image, { ...image, sopInstance: "1.1.1.8", frameNumber: 12 }];
  const selection = readBack(selectionOf({ of, observer: "Lindqvist^Ingrid", images, now }));
  assert.deepEqual(readKeyImages(selection), [
    { sopInstance: "1.1.1.7", frameNumber: undefined },
    { sopInstance: "1.1.1.8", frameNumber: 12 },
  ]);
});

// Source: PS3.3 Table C.17-3: what a document speaks of is never nothing.
it("Where no image is marked any more, the selection before is named as the one that does not hold", () => {
  const given = { of, observer: "", images: [], now };
  assert.equal(keyObjectSelection({ ...given, before: undefined }), undefined);
  const before = { series: "1.1.2", sopClass: "1.2.840.10008.5.1.4.1.1.88.59", sopInstance: "1.1.2.1" };
  const emptied = keyObjectSelection({ ...given, before });
  assert.ok(emptied !== undefined);
  const read = readBack(emptied.file);
  assert.deepEqual(readKeyImages(read), []);
  const [evidence] = itemsOf(read, "0040A375");
  const [series] = itemsOf(evidence ?? {}, "00081115");
  assert.equal(textOf(series ?? {}, "0020000E"), "1.1.2");
});

// Source: PS3.16 CID 7011; IHE RAD TF-3 4.66 (rejection notes).
it("Images that a selection rejects are no key images", () => {
  const selection = readBack(selectionOf({ of, observer: "", images: [image], now }));
  const title = { "00080100": { vr: "SH", Value: ["113001"] }, "00080102": { vr: "SH", Value: ["DCM"] } };
  assert.deepEqual(readKeyImages({ ...selection, "0040A043": { vr: "SQ", Value: [title] } }), []);
});

describe("What a shape measures", () => {
  const only = (kind: MeasurementKind, points: readonly PixelPoint[]) =>
    Object.fromEntries(
      measured(kind, points).measurement.values.map(({ name, value }) => [name, Math.round(value * 100) / 100]),
    );

  it("is told in mm, also where pixels are not square", () => {
    // Three columns of 2 mm, four rows of 0.5 mm.
    assert.deepEqual(
      only("length", [
        [2, 3],
        [5, 7],
      ]),
      { length: 6.32 },
    );
    assert.deepEqual(
      only("angle", [
        [0, 0],
        [0, 4],
        [4, 4],
      ]),
      { angle: 90 },
    );
  });

  it("are the values of the pixels whose middle lies within", () => {
    assert.deepEqual(
      only("rectangle", [
        [2, 2],
        [6, 2],
        [2, 8],
        [6, 8],
      ]),
      {
        area: 24,
        mean: 40,
        deviation: 14.14,
        minimum: 20,
        maximum: 60,
      },
    );
    assert.deepEqual(only("probe", [[6.4, 3]]), { value: 60 });
  });

  // Source: PS3.3 10.7.1.3 (imager pixel spacing is measured at the detector), C.8.5.5 (regions of ultrasound).
  it("says how its lengths are to be taken where they are not those of the patient", () => {
    const detector: JsonDataSet = { "00181164": { vr: "DS", Value: [0.14, 0.14] } };
    assert.deepEqual(calibrationAt(detector, [], []), {
      columnStep: 0.14,
      rowStep: 0.14,
      unit: "mm",
      note: "at the detector",
    });
    assert.equal(calibrationAt(detector, [0.14, 0.14], []).note, "at the detector");
    const fiducial = { ...detector, "00280A02": { vr: "CS", Value: ["FIDUCIAL"] } };
    assert.equal(calibrationAt(fiducial, [0.14, 0.14], []).note, undefined);
    assert.deepEqual(calibrationAt({}, [], []), { columnStep: 1, rowStep: 1, unit: "px", note: "not calibrated" });
    const region = {
      "00186018": { vr: "UL", Value: [0] },
      "0018601A": { vr: "UL", Value: [0] },
      "0018601C": { vr: "UL", Value: [100] },
      "0018601E": { vr: "UL", Value: [100] },
      "00186024": { vr: "US", Value: [3] },
      "00186026": { vr: "US", Value: [3] },
      "0018602C": { vr: "FD", Value: [0.05] },
      "0018602E": { vr: "FD", Value: [0.04] },
    };
    const ultrasound: JsonDataSet = { "00186011": { vr: "SQ", Value: [region] } };
    assert.deepEqual(calibrationAt(ultrasound, [], [[10, 10]]), {
      columnStep: 0.5,
      rowStep: 0.4,
      unit: "mm",
      note: undefined,
    });
    assert.equal(calibrationAt(ultrasound, [], [[10, 200]]).unit, "px");
  });
});
