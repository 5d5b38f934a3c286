import assert from "node:assert/strict";
import { test } from "node:test";
import type { Display, Window } from "./display.ts";
import type { DecodedFrame } from "./engine.ts";
import { greyLevels } from "./grey.ts";
import type { PixelLayout } from "./layout.ts";

const plain: Display = {
  modality: { is: "rescale", slope: 1, intercept: 0 },
  windows: [],
  voiTables: [],
  isInverted: false,
  padding: undefined,
  palette: undefined,
  pixelAspect: 1,
  overlays: [],
};

function frameOf(values: Int16Array | Uint16Array | Float32Array, more: Partial<PixelLayout> = {}): DecodedFrame {
  const isSigned = values instanceof Int16Array;
  const bits = values.BYTES_PER_ELEMENT * 8;
  const layout: PixelLayout = {
    rows: 1,
    columns: values.length,
    samplesPerPixel: 1,
    bitsAllocated: bits,
    bitsStored: bits,
    highBit: bits - 1,
    isSigned,
    numbers: values instanceof Float32Array ? "float" : "integer",
    photometric: "MONOCHROME2",
    isPlanar: false,
    isLittleEndian: true,
    ...more,
  };
  return { bytes: new Uint8Array(values.buffer), layout };
}

function window(center: number, width: number, kind: Window["function"] = "LINEAR"): Window {
  return { center, width, function: kind };
}

test("a linear window is black up to its lower end and white from its upper one", () => {
  // PS3.3 §C.11.2.1.2.1, its second example: c 50, w 300 of signed values.
  const frame = frameOf(Int16Array.of(-101, -100, 49, 50, 198, 199));
  assert.deepEqual([...greyLevels(frame, plain, window(50, 300))], [0, 0, 127, 128, 254, 255]);
});

test("a window of width one is a threshold", () => {
  assert.deepEqual([...greyLevels(frameOf(Int16Array.of(9, 10, 11)), plain, window(10, 1))], [0, 255, 255]);
});

test("an exact window is half a step wider, and a sigmoid has no ends", () => {
  const frame = frameOf(Uint16Array.of(0, 50, 100));
  assert.deepEqual([...greyLevels(frame, plain, window(50, 100, "LINEAR_EXACT"))], [0, 128, 255]);
  assert.deepEqual([...greyLevels(frame, plain, window(50, 100, "SIGMOID"))], [30, 128, 225]);
});

test("a window is in the units of the rescale, and the first of the data set where none is wished for", () => {
  const display: Display = {
    ...plain,
    modality: { is: "rescale", slope: 2, intercept: -1000 },
    windows: [window(0, 401)],
  };
  assert.deepEqual([...greyLevels(frameOf(Uint16Array.of(400, 500, 600)), display)], [0, 128, 255]);
});

test("a VOI table is used before a window, and its ends go on outside it", () => {
  const table = { first: 10, entries: Uint16Array.of(0, 4095), bits: 12 };
  const display: Display = { ...plain, windows: [window(0, 10)], voiTables: [table] };
  assert.deepEqual([...greyLevels(frameOf(Uint16Array.of(0, 10, 11, 500)), display)], [0, 0, 255, 255]);
});

test("without a window the frame's own values go from black to white, padding left aside and black", () => {
  const display: Display = { ...plain, padding: { from: -2000, to: -1999 } };
  assert.deepEqual([...greyLevels(frameOf(Int16Array.of(-2000, -1999, -100, 50, 155)), display)], [0, 0, 0, 150, 255]);
});

test("an inverted picture is the other way round, and its padding stays black", () => {
  const display: Display = { ...plain, isInverted: true, padding: { from: 7, to: 7 } };
  assert.deepEqual([...greyLevels(frameOf(Uint16Array.of(7, 0, 1000)), display)], [0, 255, 0]);
});

test("bits beside the stored ones do not show: twelve of sixteen, the highest of them a sign", () => {
  const frame = frameOf(Uint16Array.of(0xf800, 0x07ff, 0x0fff), { bitsStored: 12, highBit: 11, isSigned: true });
  assert.deepEqual([...greyLevels(frame, plain, window(0, 4097))], [0, 255, 127]);
});

test("floating point pixels are shown", () => {
  assert.deepEqual([...greyLevels(frameOf(Float32Array.of(0, 0.25, 1)), plain)], [0, 64, 255]);
});
