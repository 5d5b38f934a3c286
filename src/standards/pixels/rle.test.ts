import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { expectOk } from "#kernel";
import { decodeRle, encodeRle } from "./rle.ts";

// PS3.5 Annex G.
const shapes = fc.record({
  rows: fc.integer({ min: 1, max: 9 }),
  columns: fc.integer({ min: 1, max: 300 }),
  samplesPerPixel: fc.constantFrom(1, 3),
  bitsAllocated: fc.constantFrom(8, 16, 32),
});

test("what RLE packs it unpacks, whatever the samples are", () => {
  fc.assert(
    fc.property(shapes, fc.infiniteStream(fc.constantFrom(0, 0, 0, 7, 7, 255)), (shape, stream) => {
      const length = (shape.rows * shape.columns * shape.samplesPerPixel * shape.bitsAllocated) / 8;
      const samples = Uint8Array.from(stream.take(length));
      const packed = encodeRle(samples, shape);
      assert.ok(packed);
      assert.equal(packed.length % 2, 0);
      assert.deepEqual(expectOk(decodeRle(packed, shape)), samples);
    }),
    { numRuns: 60 },
  );
});

test("a segment is packed as the standard's figure packs it: a run, then bytes as they are", () => {
  const packed = encodeRle(Uint8Array.of(5, 5, 5, 5, 1, 2, 3, 9), {
    rows: 1,
    columns: 8,
    samplesPerPixel: 1,
    bitsAllocated: 8,
  });
  assert.deepEqual([...(packed ?? []).slice(64)], [253, 5, 3, 1, 2, 3, 9, 0]);
});

test("an RLE frame with damage gives samples or a problem, and nothing worse", () => {
  const shape = { rows: 4, columns: 10, samplesPerPixel: 1, bitsAllocated: 16 };
  const packed =
    encodeRle(
      Uint8Array.from({ length: 80 }, (_, at) => at % 7),
      shape,
    ) ?? new Uint8Array(0);
  fc.assert(
    fc.property(fc.nat(packed.length - 1), fc.nat(255), fc.nat(packed.length), (at, value, length) => {
      const broken = packed.slice(0, length);
      broken[at] = value;
      const decoded = decodeRle(broken, shape);
      if (decoded.ok) assert.equal(decoded.value.length, 80);
      else assert.match(decoded.problems[0].code, /^rle-/);
    }),
  );
});
