/** What a hospital says of its machines. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { expectOk } from "#kernel";
import { endOfFragments } from "./fragments-end.ts";
import { readPixelRules } from "./pixel-rules.ts";

const corner = { x: 0, y: 0, width: 640, height: 60 };

test("rules for pixels are read, and may say that nothing is written into a kind of picture", () => {
  const text = JSON.stringify([
    { about: "the room with two scanners", where: { Modality: "US", Rows: "768" }, black: [corner] },
    { where: { Modality: "SC", Manufacturer: "Frames Ltd" } },
    { where: { Modality: "US" }, blackOutsideRegions: true },
    { where: { Modality: "XC" }, black: [corner], overlays: true, faces: true },
  ]);
  const plain = { isBlackOutsideRegions: false, isForOverlays: false, isForFaces: false };
  assert.deepEqual(expectOk(readPixelRules(text)), [
    { where: { Modality: "US", Rows: "768" }, black: [corner], ...plain },
    { where: { Modality: "SC", Manufacturer: "Frames Ltd" }, black: [], ...plain },
    { where: { Modality: "US" }, black: [], ...plain, isBlackOutsideRegions: true },
    { where: { Modality: "XC" }, black: [corner], ...plain, isForOverlays: true, isForFaces: true },
  ]);
});

const wrong: readonly (readonly [string, unknown])[] = [
  ["is no JSON", "[{"],
  ["is for every picture", [{ where: {}, black: [corner] }]],
  ["names no attribute of DICOM", [{ where: { Modalty: "US" }, black: [corner] }]],
  ["has a rectangle without a height", [{ where: { Modality: "US" }, black: [{ x: 0, y: 0, width: 4 }] }]],
  ["has a word that means nothing", [{ where: { Modality: "US" }, blacken: [corner] }]],
];

for (const [what, rules] of wrong) {
  test(`a rule for pixels that ${what} is refused`, () => {
    const read = readPixelRules(typeof rules === "string" ? rules : JSON.stringify(rules));
    assert.equal(read.ok ? "" : read.problems[0].code, "pixel-rules-incorrect");
  });
}

test("compressed pixels end behind the item that delimits them, whatever follows; a cut file has no end", async () => {
  const item = (element: number, ...value: readonly number[]) => {
    const header = Buffer.alloc(8);
    header.writeUInt16LE(0xfffe, 0);
    header.writeUInt16LE(element, 2);
    header.writeUInt32LE(value.length, 4);
    return Buffer.concat([header, Buffer.from(value)]);
  };
  const pixels = Buffer.concat([item(0xe000), item(0xe000, 1, 2, 3, 4), item(0xe0dd)]);
  const file = Buffer.concat([Buffer.alloc(10), pixels, Buffer.from("somebody's signature"), item(0xe0dd)]);
  const reading = (bytes: Buffer) => ({
    read: async (from: number, length: number) => bytes.subarray(from, from + length),
  });
  assert.equal(await endOfFragments(reading(file), 10), 10 + pixels.length);
  assert.equal(await endOfFragments(reading(file.subarray(0, 10 + pixels.length - 8)), 10), -1);
});
