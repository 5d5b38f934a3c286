import { crc32, createDeflateRaw } from "node:zlib";
import { type Instant, toIso } from "#kernel";
import type { ExportSink } from "./export-order.ts";
import { centralEntry, endOfArchive, localHeader, sizesBehind, type ZipEntry, type ZipTime } from "./zip-records.ts";

/** Takes the next bytes of a file. */
export type Write = (bytes: Uint8Array) => Promise<void>;

/** A zip archive written as it comes to be; of more than 65,535 files or 4 GiB too. Source: PKWARE APPNOTE.TXT 6.3.10. */
export class ZipSink implements ExportSink {
  readonly #write: Write;
  readonly #time: ZipTime;
  readonly #entries: ZipEntry[] = [];
  #at = 0;

  /** Files are dated by this moment. */
  constructor(write: Write, at: Instant) {
    this.#write = write;
    this.#time = zipTime(at);
  }

  async add(name: string, content: AsyncIterable<Uint8Array>): Promise<void> {
    const startAt = this.#at;
    const bytesOfName = Buffer.from(name, "utf8");
    await this.#put(localHeader(bytesOfName, this.#time));
    const sums = { crc: 0, plainBytes: 0, packedBytes: 0 };
    for await (const piece of packed(content, sums)) await this.#put(piece);
    await this.#put(sizesBehind(sums));
    this.#entries.push({ name: bytesOfName, startAt, ...sums });
  }

  /** Without it what was written is no archive. */
  async finish(): Promise<void> {
    const directoryAt = this.#at;
    for (const entry of this.#entries) await this.#put(centralEntry(entry, this.#time));
    await this.#put(endOfArchive({ entries: this.#entries.length, directoryAt, endAt: this.#at }));
  }

  async #put(bytes: Uint8Array): Promise<void> {
    this.#at += bytes.length;
    await this.#write(bytes);
  }
}

interface Sums {
  crc: number;
  plainBytes: number;
  packedBytes: number;
}

/** Fast rather than small: pictures give half of what they can at once. */
const level = 1;

async function* packed(content: AsyncIterable<Uint8Array>, sums: Sums): AsyncGenerator<Uint8Array> {
  const packer = createDeflateRaw({ level });
  // Where the disk is full nobody takes what is packed: then the content is let go of too.
  const closed = new Promise((resolve) => packer.once("close", resolve));
  const feeding = (async () => {
    for await (const piece of content) {
      if (packer.destroyed) return;
      sums.crc = crc32(piece, sums.crc);
      sums.plainBytes += piece.length;
      if (!packer.write(piece)) await Promise.race([closed, new Promise((resolve) => packer.once("drain", resolve))]);
    }
    packer.end();
  })();
  feeding.catch((error: Error) => packer.destroy(error));
  for await (const piece of packer as AsyncIterable<Buffer>) {
    sums.packedBytes += piece.length;
    yield piece;
  }
  await feeding;
}

/** Local time without a zone, as MS-DOS has it; here UTC. Source: APPNOTE.TXT 4.4.6. */
function zipTime(at: Instant): ZipTime {
  const [year = 1980, month = 1, day = 1, hour = 0, minute = 0, second = 0] = toIso(at).split(/\D/).map(Number);
  return {
    time: (hour << 11) | (minute << 5) | (second >> 1),
    date: ((year - 1980) << 9) | (month << 5) | day,
  };
}
