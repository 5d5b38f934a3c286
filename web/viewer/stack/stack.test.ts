import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { JsonDataSet } from "../dicomweb/attributes.ts";
import type { Series } from "../dicomweb/series.ts";
import { cutPixels, cutPlane, cutShape } from "../engine/cut.ts";
import { stackOf } from "./stack.ts";

const series: Series = {
  studyUid: "1.1",
  uid: "1.1.1",
  modality: "CT",
  number: 1,
  description: undefined,
  bodyPart: undefined,
  day: undefined,
  instanceCount: undefined,
  kind: "images",
};

/** An axial slice of 4 columns and 3 rows. */
function aSlice(number: number, zMm: number, also: JsonDataSet = {}): JsonDataSet {
  return {
    "00080018": { vr: "UI", Value: [`1.1.1.${number}`] },
    "00200013": { vr: "IS", Value: [number] },
    "00200032": { vr: "DS", Value: [-2, -3, zMm] },
    "00200037": { vr: "DS", Value: [1, 0, 0, 0, 1, 0] },
    "00280030": { vr: "DS", Value: [1, 1] },
    "00280010": { vr: "US", Value: [3] },
    "00280011": { vr: "US", Value: [4] },
    ...also,
  };
}

describe("The pictures of a series", () => {
  // Source: PS3.3 C.7.6.2.1.1 (position and orientation say where a picture lies, its number does not).
  it("follow each other by where they lie, in the direction in which they are numbered", () => {
    const { frames } = stackOf(series, [aSlice(1, 0), aSlice(4, -6), aSlice(2, -4), aSlice(3, -2)]);
    assert.deepEqual(
      frames.map(({ instanceNumber }) => instanceNumber),
      [1, 3, 2, 4],
    );
  });

  it("follow each other by their numbers where they lie in one place, as those of a film do", () => {
    const { frames } = stackOf(series, [aSlice(3, 0), aSlice(1, 0), aSlice(2, 0)]);
    assert.deepEqual(
      frames.map(({ instanceNumber }) => instanceNumber),
      [1, 2, 3],
    );
  });

  it("are a film with the speed that its maker gave", () => {
    const film = { "00280008": { vr: "IS", Value: [40] }, "00181063": { vr: "DS", Value: [40] } };
    const stack = stackOf(series, [aSlice(1, 0, film)]);
    assert.deepEqual([stack.frames.length, stack.framesPerSecond], [40, 25]);
    assert.match(stack.frames[39]?.imageId ?? "", /\/instances\/1\.1\.1\.1\/frames\/40$/);
  });

  it("are no volume where one is missing", () => {
    const all = Array.from({ length: 12 }, (_, index) => aSlice(index + 1, -2 * index));
    assert.deepEqual(stackOf(series, all).volume?.step, [0, 0, -2]);
    assert.equal(stackOf(series, all.toSpliced(5, 1)).volume, undefined);
  });
});

describe("A cut through a volume", () => {
  const slices = Array.from({ length: 8 }, (_, index) => aSlice(index + 1, -2 * index));
  const { volume } = stackOf(series, slices);
  // A value tells where its voxel is: column, row, slice.
  const voxels = slices.map((_, slice) =>
    Int16Array.from({ length: 12 }, (__, at) => (at % 4) + 10 * Math.floor(at / 4) + 100 * slice),
  );

  const source = { slices: voxels, outside: -1 };
  const upright = { nodDegrees: 0, turnDegrees: 0 };

  it("is upright: the head is up, the front is left of a sagittal one", () => {
    assert.ok(volume !== undefined);
    const sagittal = cutShape(volume, "sagittal", upright);
    assert.deepEqual([sagittal.columns, sagittal.rows, sagittal.count], [3, 15, 4]);
    const picture = cutPixels(sagittal, source, 0);
    // The first is the leftmost column of the patient; its first row is the first slice, which is the nearest to the head.
    assert.deepEqual([...picture.slice(0, 3)], [3, 13, 23]);
    assert.deepEqual([...picture.slice(-3)], [703, 713, 723]);
  });

  it("has values in proportion between two slices, on square pixels", () => {
    assert.ok(volume !== undefined);
    const coronal = cutShape(volume, "coronal", upright);
    assert.deepEqual([coronal.columns, coronal.rows, coronal.first.columnMm], [4, 15, 1]);
    const picture = cutPixels(coronal, source, 1);
    assert.deepEqual([...picture.slice(0, 4)], [10, 11, 12, 13]);
    assert.deepEqual([...picture.slice(4, 8)], [60, 61, 62, 63]);
  });

  it("lies in the patient where its voxels do", () => {
    assert.ok(volume !== undefined);
    assert.deepEqual(cutPlane(cutShape(volume, "coronal", upright), 2).origin, [-2, -1, 0]);
    assert.deepEqual(cutPlane(cutShape(volume, "sagittal", upright), 0).origin, [1, -3, 0]);
  });

  // Source: PS3.3 C.7.6.2.1.1: of a tilted gantry each slice begins beside where the one before it did.
  it("is straight where the slices lie sheared", () => {
    const sheared = Array.from({ length: 8 }, (_, index) =>
      aSlice(index + 1, -2 * index, { "00200032": { vr: "DS", Value: [-2, -3 + index, -2 * index] } }),
    );
    const { volume: tilted } = stackOf(series, sheared);
    assert.deepEqual(tilted?.step, [0, 1, -2]);
    assert.ok(tilted !== undefined);
    const sagittal = cutShape(tilted, "sagittal", upright);
    const picture = cutPixels(sagittal, source, 0);
    // The third row is one slice on, and begins a voxel further back.
    assert.deepEqual([...picture.slice(0, 4)], [3, 13, 23, -1]);
    assert.deepEqual([...picture.slice(sagittal.columns * 2, sagittal.columns * 2 + 5)], [-1, 103, 113, 123, -1]);
  });

  it("can be tilted: a coronal one by a quarter is axial", () => {
    assert.ok(volume !== undefined);
    const tilted = cutShape(volume, "coronal", { nodDegrees: 90, turnDegrees: 0 });
    assert.deepEqual([tilted.columns, tilted.rows], [4, 3]);
    const pictures = Array.from({ length: tilted.count }, (_, number) => cutPixels(tilted, source, number)[0]);
    assert.ok(
      pictures.includes(0) || pictures.includes(20),
      "the corner of the first slice is the corner of a picture",
    );
  });
});
