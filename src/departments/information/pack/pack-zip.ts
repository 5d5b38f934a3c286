import { crc32, createDeflateRaw } from "node:zlib";
import { limits } from "#kernel";

/** One file of an archive; its content is asked for when it is its turn. */
export interface ZipFile {
  /** With slashes: `documents/letter.pdf`. */
  readonly name: string;
  readonly content: AsyncIterable<Uint8Array>;
}

interface Written {
  readonly name: Buffer;
  readonly crc: number;
  readonly packedBytes: number;
  readonly plainBytes: number;
  readonly offset: number;
}

/** Sizes follow the content, names are UTF-8. Source: APPNOTE.TXT 6.3.10, 4.4.4. */
const flags = 0x0808;
const deflated = 8;
const versionNeeded = 20;

/**
 * A zip archive as it comes to be, never whole in memory. Files are dated `at`, in local time without a zone, as the format
 * has it. Throws past `limits.packBytesMax`. Source: PKWARE APPNOTE.TXT 6.3.10.
 */
export async function* zipOf(files: AsyncIterable<ZipFile>, at: string): AsyncGenerator<Uint8Array> {
  const stamp = dosTime(at);
  const written: Written[] = [];
  let offset = 0;
  for await (const file of files) {
    const name = Buffer.from(file.name, "utf8");
    const start = offset;
    const header = localHeader(name, stamp);
    offset += header.length;
    yield header;
    const sums = { crc: 0, plainBytes: 0, packedBytes: 0 };
    for await (const chunk of deflate(file.content, sums)) {
      offset += chunk.length;
      if (offset > limits.packBytesMax) throw new RangeError("The archive is larger than it may be.");
      yield chunk;
    }
    const trailer = descriptor(sums);
    offset += trailer.length;
    yield trailer;
    written.push({ name, offset: start, ...sums });
  }
  yield directory(written, stamp, offset);
}

interface Sums {
  crc: number;
  plainBytes: number;
  packedBytes: number;
}

async function* deflate(content: AsyncIterable<Uint8Array>, sums: Sums): AsyncGenerator<Uint8Array> {
  const packer = createDeflateRaw();
  // Where nobody takes any more what is packed, the content is let go of too.
  const closed = new Promise((resolve) => packer.once("close", resolve));
  const feeding = (async () => {
    for await (const chunk of content) {
      if (packer.destroyed) return;
      sums.crc = crc32(chunk, sums.crc);
      sums.plainBytes += chunk.length;
      if (!packer.write(chunk)) await Promise.race([closed, new Promise((resolve) => packer.once("drain", resolve))]);
    }
    packer.end();
  })();
  feeding.catch((error: Error) => packer.destroy(error));
  for await (const chunk of packer as AsyncIterable<Buffer>) {
    sums.packedBytes += chunk.length;
    yield chunk;
  }
  await feeding;
}

/** Source: APPNOTE.TXT 4.3.7. */
function localHeader(name: Buffer, { time, date }: Stamp): Uint8Array {
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50, 0);
  header.writeUInt16LE(versionNeeded, 4);
  header.writeUInt16LE(flags, 6);
  header.writeUInt16LE(deflated, 8);
  header.writeUInt16LE(time, 10);
  header.writeUInt16LE(date, 12);
  header.writeUInt16LE(name.length, 26);
  return Buffer.concat([header, name]);
}

/** Source: APPNOTE.TXT 4.3.9. */
function descriptor({ crc, packedBytes, plainBytes }: Sums): Uint8Array {
  const trailer = Buffer.alloc(16);
  trailer.writeUInt32LE(0x08074b50, 0);
  trailer.writeUInt32LE(crc, 4);
  trailer.writeUInt32LE(packedBytes, 8);
  trailer.writeUInt32LE(plainBytes, 12);
  return trailer;
}

/** Source: APPNOTE.TXT 4.3.12, 4.3.16. */
function directory(written: readonly Written[], { time, date }: Stamp, offset: number): Uint8Array {
  const entries = written.map(({ name, crc, packedBytes, plainBytes, offset: start }) => {
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(versionNeeded, 4);
    entry.writeUInt16LE(versionNeeded, 6);
    entry.writeUInt16LE(flags, 8);
    entry.writeUInt16LE(deflated, 10);
    entry.writeUInt16LE(time, 12);
    entry.writeUInt16LE(date, 14);
    entry.writeUInt32LE(crc, 16);
    entry.writeUInt32LE(packedBytes, 20);
    entry.writeUInt32LE(plainBytes, 24);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt32LE(start, 42);
    return Buffer.concat([entry, name]);
  });
  const sizeBytes = entries.reduce((sum, { length }) => sum + length, 0);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(written.length, 8);
  end.writeUInt16LE(written.length, 10);
  end.writeUInt32LE(sizeBytes, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...entries, end]);
}

interface Stamp {
  readonly time: number;
  readonly date: number;
}

/** Source: APPNOTE.TXT 4.4.6, which takes MS-DOS's. */
function dosTime(at: string): Stamp {
  const [year = 1980, month = 1, day = 1, hour = 0, minute = 0, second = 0] = at.split(/\D/).map(Number);
  return {
    time: (hour << 11) | (minute << 5) | (second >> 1),
    date: ((year - 1980) << 9) | (month << 5) | day,
  };
}
