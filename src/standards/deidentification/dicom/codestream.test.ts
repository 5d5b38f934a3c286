/** ITU-T T.81 §B.1, T.800 §A; EXIF 2.32. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { CodestreamCleaner } from "./codestream.ts";

const name = "Akosuadede Oseikyerem";

function segment(marker: number, text: string): Buffer {
  const head = Buffer.of(0xff, marker, 0, 0);
  head.writeUInt16BE(text.length + 2, 2);
  return Buffer.concat([head, Buffer.from(text, "latin1")]);
}

const jfif = "JFIF\0\x01\x02\0\0\x01\0\x01\0\0";
const scan = Buffer.concat([segment(0xda, "\x01\x01\0\0\x3f\0"), Buffer.of(7, 0xff, 0, 9, 0xff, 0xd3, 8)]);
const end = Buffer.of(0xff, 0xd9);
const start = Buffer.of(0xff, 0xd8);
const jpeg = Buffer.concat([
  start,
  segment(0xe0, jfif + name),
  segment(0xe1, `Exif\0\0${name}`),
  segment(0xee, "Adobe\0\x64\0\0\0\0\x01"),
  segment(0xdb, "a table"),
  scan,
  segment(0xfe, name),
  scan,
  end,
  Buffer.from(name),
]);

const tilePart = Buffer.concat([
  segment(0x90, "\0\0\0\0\0\0\0\x01"),
  segment(0x64, `\0\x01${name}`),
  Buffer.of(0xff, 0x93, 1, 2),
]);
tilePart.writeUInt32BE(tilePart.length, 6);
const j2k = Buffer.concat([
  Buffer.of(0xff, 0x4f),
  segment(0x51, "sizes"),
  segment(0x64, `\0\x01${name}`),
  tilePart,
  tilePart,
  end,
  Buffer.from(name),
]);

function box(type: string, content: Buffer): Buffer {
  const head = Buffer.from(`\0\0\0\0${type}`, "latin1");
  head.writeUInt32BE(8 + content.length);
  return Buffer.concat([head, content]);
}

const boxes = [box("jP  ", Buffer.from("\r\n\x87\n", "latin1")), box("uuid", Buffer.from(name)), box("jp2c", j2k)];
const streams: readonly (readonly [string, Buffer])[] = [
  ["a JPEG", jpeg],
  ["a JPEG 2000 codestream", j2k],
  ["a JPEG 2000 file", Buffer.concat(boxes)],
];

for (const [what, stream] of streams)
  test(`of ${what} nothing that was written beside the picture is left, and every byte of the picture stands where it stood`, () => {
    const clean = Buffer.from(new CodestreamCleaner().clean(stream));
    assert.equal(clean.length, stream.length);
    assert.ok(!clean.includes("Oseikyerem"));
    const changed = [...clean.keys()].filter((at) => clean[at] !== stream[at]);
    const named = changed.filter((at) => !`${name}Exif\0\0`.includes(String.fromCharCode(stream[at] ?? 0)));
    assert.deepEqual(named, []);
  });

test("a comment that goes over two fragments goes from both", () => {
  const at = jpeg.lastIndexOf(Buffer.from("Oseikyerem"), jpeg.length - name.length);
  const cleaner = new CodestreamCleaner();
  const clean = [jpeg.subarray(0, at + 3), jpeg.subarray(at + 3)].map((part) => cleaner.clean(part));
  assert.ok(!Buffer.concat(clean).includes("kyerem"));
  assert.ok(Buffer.concat(clean).includes(end));
});

test("a stream of which nothing has to go stays as it is, and one that is cut off does no harm", () => {
  const plain = Buffer.concat([start, segment(0xe0, jfif), segment(0xdb, "a table"), scan, end]);
  assert.deepEqual(Buffer.from(new CodestreamCleaner().clean(plain)), plain);
  for (const stream of [jpeg, j2k])
    for (let bytes = 0; bytes < stream.length; bytes += 1)
      assert.equal(new CodestreamCleaner().clean(stream.subarray(0, bytes)).length, bytes);
});
