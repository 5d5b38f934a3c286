import assert from "node:assert/strict";
import { test } from "node:test";
import { expectOk, type Result } from "#kernel";
import { DataSet, makeElement } from "#standards/dicom";
import type { ReadRange } from "./frame-index.ts";
import { imageOf } from "./image.ts";
import { type FramesToLocate, locateFrames } from "./locate-frames.ts";
import { readFrame } from "./read-frame.ts";

function imageWith(more: Readonly<Record<string, readonly (string | number)[]>>, syntax = "1.2.840.10008.1.2.4.90") {
  const attributes = {
    Rows: [2],
    Columns: [3],
    BitsAllocated: [8],
    BitsStored: [8],
    PixelRepresentation: [0],
    ...more,
  };
  const elements = Object.entries(attributes).map(([keyword, values]) => makeElement(keyword, values));
  return expectOk(imageOf(new DataSet(elements.filter((element) => element !== undefined)), syntax));
}

function item(...bytes: readonly number[]): readonly number[] {
  return [0xfe, 0xff, 0x00, 0xe0, bytes.length & 0xff, bytes.length >> 8, 0, 0, ...bytes];
}

const end = [0xfe, 0xff, 0xdd, 0xe0, 0, 0, 0, 0];

function words32(...values: readonly number[]): readonly number[] {
  return [...new Uint8Array(Uint32Array.from(values).buffer)];
}

/** A file of these bytes, and how many of them were read. */
function fileOf(bytes: readonly number[]) {
  const file = Uint8Array.from(bytes);
  const told = { readBytes: 0 };
  const read: ReadRange = async (from, length) => {
    const range = file.slice(from, from + length);
    told.readBytes += range.length;
    return range;
  };
  return { read, told };
}

const encapsulated = { vr: "OB", valueAt: 0, lengthBytes: undefined };

async function framesOf(bytes: readonly number[], wanted: Omit<FramesToLocate, "place">): Promise<Result<number[][]>> {
  const { read } = fileOf(bytes);
  const index = await locateFrames(read, { ...wanted, place: encapsulated });
  if (!index.ok) return index;
  const frames: number[][] = [];
  for (let frame = 1; frame <= wanted.frames; frame += 1)
    frames.push([...expectOk(await readFrame(read, index.value, frame))]);
  return { ok: true, value: frames };
}

// PS3.5 §A.4.
test("frames are found by the Basic Offset Table, fragments of a frame joined", async () => {
  const image = imageWith({ NumberOfFrames: [2] });
  const bytes = [...item(...words32(0, 20)), ...item(1, 2), ...item(3, 4), ...item(5, 6), ...end];
  assert.deepEqual(expectOk(await framesOf(bytes, image)), [
    [1, 2, 3, 4],
    [5, 6],
  ]);
});

test("without a table each fragment is a frame where there are as many", async () => {
  const bytes = [...item(), ...item(1, 2), ...item(3, 4), ...end];
  assert.deepEqual(expectOk(await framesOf(bytes, imageWith({ NumberOfFrames: [2] }))), [
    [1, 2],
    [3, 4],
  ]);
  assert.deepEqual(expectOk(await framesOf(bytes, imageWith({}))), [[1, 2, 3, 4]]);
});

test("where there are more fragments than frames, a frame begins where a stream begins", async () => {
  const start = [0xff, 0x4f, 0xff, 0x51];
  const bytes = [...item(), ...item(...start), ...item(1, 2), ...item(...start, 3, 4), ...end];
  const frames = expectOk(await framesOf(bytes, imageWith({ NumberOfFrames: [2] })));
  assert.deepEqual(frames, [
    [...start, 1, 2],
    [...start, 3, 4],
  ]);
});

test("fragments that nobody can part are told of, and so are too few", async () => {
  const three = [...item(), ...item(1, 2), ...item(3, 4), ...item(5, 6), ...end];
  const ambiguous = await framesOf(three, imageWith({ NumberOfFrames: [2] }));
  assert.equal(ambiguous.ok ? "" : ambiguous.problems[0].code, "fragments-ambiguous");
  const few = await framesOf(three, imageWith({ NumberOfFrames: [4] }));
  assert.equal(few.ok ? "" : few.problems[0].code, "pixel-data-short");
});

test("a table that points beside the items is not believed", async () => {
  const bytes = [...item(...words32(0, 11)), ...item(1, 2), ...item(3, 4), ...end];
  assert.deepEqual(expectOk(await framesOf(bytes, imageWith({ NumberOfFrames: [2] }))), [
    [1, 2],
    [3, 4],
  ]);
});

test("the Extended Offset Table counts where there is one", async () => {
  const offsets = new Uint8Array(BigUint64Array.of(0n, 10n).buffer);
  const table = makeElement(0x7fe0_0001, offsets, { vr: "OV" });
  const dataSet = new DataSet(table === undefined ? [] : [table]);
  const bytes = [...item(), ...item(1, 2), ...item(3, 4), ...end];
  assert.deepEqual(expectOk(await framesOf(bytes, { ...imageWith({ NumberOfFrames: [2] }), dataSet })), [
    [1, 2],
    [3, 4],
  ]);
});

test("a frame that is not compressed is read alone, however many there are", async () => {
  const image = imageWith({ NumberOfFrames: [1000] }, "1.2.840.10008.1.2.1");
  const { read, told } = fileOf(Array.from({ length: 6000 }, (_, at) => at & 0xff));
  const index = expectOk(await locateFrames(read, { ...image, place: { vr: "OB", valueAt: 0, lengthBytes: 6000 } }));
  assert.deepEqual([...expectOk(await readFrame(read, index, 1000))], [106, 107, 108, 109, 110, 111]);
  assert.equal(told.readBytes, 6);
  const beyond = await readFrame(read, index, 1001);
  assert.equal(beyond.ok ? "" : beyond.problems[0].code, "frame-out-of-range");
});

// PS3.5 §8.1.1: frames of single bits share bytes.
test("a frame of single bits begins at the beginning of a byte", async () => {
  const image = imageWith({ NumberOfFrames: [2], BitsAllocated: [1], BitsStored: [1] }, "1.2.840.10008.1.2.1");
  const { read } = fileOf([0b11_000001, 0b0000_1010]);
  const index = expectOk(await locateFrames(read, { ...image, place: { vr: "OB", valueAt: 0, lengthBytes: 2 } }));
  assert.equal((expectOk(await readFrame(read, index, 1))[0] as number) & 0b111111, 0b000001);
  assert.equal((expectOk(await readFrame(read, index, 2))[0] as number) & 0b111111, 0b101011);
});
