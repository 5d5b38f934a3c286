/** PKWARE APPNOTE.TXT 6.3.10. */
import assert from "node:assert/strict";
import { it } from "node:test";
import { type Packer, ZipArchive } from "./archive.ts";
import { centralEntry, endOfArchive, zipTime } from "./records.ts";

const at = "2026-11-23T10:15:00";
const gibibyte = 2 ** 30;

async function* content(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}

/** Says what it is told to say of a content, and gives out nothing. */
function claiming(plainBytes: number): Packer {
  return async function* pack(_content, sums) {
    sums.plainBytes = plainBytes;
    yield new Uint8Array(0);
  };
}

async function bytesOf(archive: ZipArchive, files: readonly string[]): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for (const name of files) for await (const bytes of archive.add(name, content(name))) pieces.push(bytes);
  return Buffer.concat([...pieces, ...archive.end()]);
}

it("up to 65,534 files no reader needs 64 bits; past that the wide end counts them, and the narrow one says so", () => {
  assert.equal(endOfArchive({ entries: 65_534, directoryAt: 9, endAt: 99 }).length, 22);
  assert.equal(endOfArchive({ entries: 65_535, directoryAt: 9, endAt: 99 }).length, 98);
  const bytes = Buffer.from(endOfArchive({ entries: 70_000, directoryAt: 9, endAt: 99 }));
  assert.deepEqual([bytes.readUInt32LE(0), bytes.readUInt32LE(56)], [0x06064b50, 0x07064b50]);
  assert.deepEqual(
    [bytes.readBigUInt64LE(32), bytes.readBigUInt64LE(48), bytes.readBigUInt64LE(64)],
    [70_000n, 9n, 99n],
  );
  assert.equal(bytes.readUInt16LE(76 + 10), 0xffff);
});

it("a file that begins past 4 GiB is found by its wide number, also in an archive of small files", () => {
  const entry = { name: Buffer.from("a"), crc: 1, packedBytes: 2, plainBytes: 3, isWide: false };
  const near = Buffer.from(centralEntry({ ...entry, startAt: 4 * gibibyte - 2 }, zipTime(at)));
  assert.deepEqual([near.length, near.readUInt32LE(42)], [47, 0xffff_fffe]);
  const far = Buffer.from(centralEntry({ ...entry, startAt: 5 * gibibyte }, zipTime(at)));
  assert.deepEqual([far.readUInt32LE(42), far.readUInt16LE(47), far.readUInt16LE(49)], [0xffff_ffff, 1, 8]);
  assert.equal(Number(far.readBigUInt64LE(51)), 5 * gibibyte);
  assert.equal(endOfArchive({ entries: 1, directoryAt: 5 * gibibyte, endAt: 5 * gibibyte + 59 }).length, 98);
});

it("a file of 4 GiB has its size in a wide archive, and is refused by another", async () => {
  const wide = await bytesOf(new ZipArchive({ at, isWide: true, packer: claiming(5 * gibibyte) }), ["a"]);
  assert.equal(wide.readBigUInt64LE(wide.indexOf("PK\x01\x02") + 46 + 1 + 4), BigInt(5 * gibibyte));
  await assert.rejects(
    bytesOf(new ZipArchive({ at, isWide: false, packer: claiming(5 * gibibyte) }), ["a"]),
    RangeError,
  );
});
