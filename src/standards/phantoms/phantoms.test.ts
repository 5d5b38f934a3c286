import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { readPart10, tags } from "#standards/dicom";
import { requireTool } from "../../../test/tools.ts";
import {
  type CtSeries,
  ctSeries,
  encapsulatedPdf,
  headOf,
  mammogram,
  mrSeries,
  type PhantomInstance,
  type PhantomStudy,
  phantomFile,
  radiograph,
  textReport,
  trunkOf,
  ultrasound,
} from "./index.ts";

// DICOM PS3.3 Annex A: the objects that modalities make.

const study: PhantomStudy = {
  seed: 7,
  patient: { id: "H1042301", issuer: "CGH", name: "Osei^Ama^^Mrs", sex: "F", birthDate: "19520314", ageYears: 74 },
  accessionNumber: "R26-000123",
  description: "Examination",
  date: "20261123",
  time: "093000",
  referringPhysician: "Lindqvist^Ingrid^^Dr",
  institution: "Corridor General Hospital",
  station: "CT-1",
};

const trunk = trunkOf({ seed: 7, findings: [{ at: [-70, 20, 60], radiusMm: 8 }] });
const chest: CtSeries = {
  number: 2,
  description: "Chest",
  bodyPart: "CHEST",
  anatomy: trunk,
  slices: 6,
  fromZ: 60,
  toZ: -65,
  size: 128,
  noiseHu: 5,
  window: { centre: 40, width: 400 },
};

test("the same seed makes the same bytes, another one others", () => {
  const bytes = (seed: number) =>
    [...ctSeries({ ...study, seed }, { ...chest, anatomy: trunkOf({ seed }), slices: 2 })].map((each) =>
      Buffer.from(phantomFile(each)).toString("base64"),
    );
  assert.deepEqual(bytes(7), bytes(7));
  assert.notDeepEqual(bytes(7), bytes(8));
});

test("slices stand at even distances, and their values are Hounsfield units", () => {
  const slices = [...ctSeries(study, chest)].map(({ dataSet }) => dataSet);
  const heights = slices.map((slice) => slice.numbers("ImagePositionPatient")[2] ?? 0);
  assert.deepEqual(heights, [60, 35, 10, -15, -40, -65]);
  assert.equal(slices[0]?.number("SpacingBetweenSlices"), 25);
  assert.equal(new Set(slices.map((slice) => slice.text("SOPInstanceUID"))).size, 6);
  const [spacing = 0] = slices[0]?.numbers("PixelSpacing") ?? [];
  const hounsfield = (slice: number, xMm: number, yMm: number) => {
    const content = slices[slice]?.get(tags.pixelData)?.content;
    assert.ok(content?.is === "bytes");
    const at = Math.round(yMm / spacing + 63.5) * 128 + Math.round(xMm / spacing + 63.5);
    const stored = new DataView(content.bytes.buffer, content.bytes.byteOffset).getUint16(at * 2, true);
    return stored * (slices[slice]?.number("RescaleSlope") ?? 0) + (slices[slice]?.number("RescaleIntercept") ?? 0);
  };
  assert.ok(hounsfield(0, -70, -30) < -700, "air in the right lung");
  assert.ok(Math.abs(hounsfield(0, -70, 20) - 42) < 30, "something solid where it was put");
  assert.ok(Math.abs(hounsfield(5, -70, 0) - 112) < 30, "the liver on the right");
});

test("every kind of object can be read, and is what it says", () => {
  for (const instance of oneOfEach()) {
    const { file, problems, isWhole } = readPart10(phantomFile(instance));
    assert.deepEqual([problems, isWhole], [[], true]);
    assert.equal(file?.meta.text("MediaStorageSOPInstanceUID"), file?.dataSet.text("SOPInstanceUID"));
    assert.equal(file?.dataSet.text("PatientID"), "H1042301");
  }
});

const validator = requireTool("dciodvfy");

test("dciodvfy finds no error in any of them", { skip: validator.skip }, async () => {
  const folder = await mkdtemp(join(tmpdir(), "corridor-phantoms-"));
  const said = await Promise.all(
    oneOfEach().map(async (instance, at) => {
      const path = join(folder, `${at}.dcm`);
      await writeFile(path, phantomFile(instance));
      const { stderr } = await promisify(execFile)(validator.path, [path]);
      return stderr.split("\n").filter((line) => line.startsWith("Error"));
    }),
  );
  await rm(folder, { recursive: true });
  assert.deepEqual(said.flat(), []);
});

function oneOfEach(): readonly PhantomInstance[] {
  const head = headOf({ seed: 7 });
  const small = { rows: 96, columns: 128 };
  return [
    ...ctSeries(study, { ...chest, slices: 1 }),
    ...mrSeries(study, { number: 1, weighting: "T1", head, slices: 1, spacingMm: 5, size: 64 }),
    ...mrSeries(study, { number: 2, weighting: "T2", head, slices: 1, spacingMm: 5, size: 64 }),
    radiograph(study, { anatomy: trunk, size: 96 }),
    ultrasound(study, { ...small, frames: 2, isColour: false, seriesNumber: 1 }),
    ultrasound(study, { ...small, frames: 2, isColour: true, seriesNumber: 2 }),
    ...mammogram(study, { ...small, calcifiedSide: "L" }),
    encapsulatedPdf(study, { title: "Report", pdf: Buffer.from("%PDF-1.4\n"), seriesNumber: 8 }),
    textReport(study, {
      findings: ["Clear."],
      impression: ["Normal."],
      author: "Voss^Helen",
      seriesNumber: 9,
      evidence: [],
    }),
  ];
}
