import {
  centralEntry,
  elsewhere32,
  endOfArchive,
  localHeader,
  sizesBehind,
  type ZipEntry,
  type ZipTime,
  zipTime,
} from "./records.ts";

/** What a packer has found out of a content when it is through. */
export interface PackedSums {
  crc: number;
  plainBytes: number;
  packedBytes: number;
}

/** Deflates a content as it comes, and sums it up. Source: RFC 1951; CRC-32 as in ISO 3309. */
export type Packer = (content: AsyncIterable<Uint8Array>, sums: PackedSums) => AsyncIterable<Uint8Array>;

export interface ZipOptions {
  /** The local time that files are dated by, without a zone: `2026-11-23T10:15:00`. */
  readonly at: string;
  /** Whether a file may have 4 GiB or more; readers of before 2001 then fail. */
  readonly isWide: boolean;
  readonly packer: Packer;
}

/**
 * A zip archive as it comes to be, never whole in memory: the bytes are those of `add`, in order, then those of `end`. It may hold
 * more than 65,535 files, and more than 4 GiB. Source: PKWARE APPNOTE.TXT 6.3.10.
 */
export class ZipArchive {
  readonly #time: ZipTime;
  readonly #isWide: boolean;
  readonly #packer: Packer;
  readonly #entries: ZipEntry[] = [];
  #sizeBytes = 0;

  constructor({ at, isWide, packer }: ZipOptions) {
    this.#time = zipTime(at);
    this.#isWide = isWide;
    this.#packer = packer;
  }

  /** Of what was given out so far. */
  get sizeBytes(): number {
    return this.#sizeBytes;
  }

  /** A file, its name with slashes: `documents/letter.pdf`. Throws a RangeError for 4 GiB in an archive that is not wide. */
  async *add(name: string, content: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    const startAt = this.#sizeBytes;
    const isWide = this.#isWide;
    const spelt = new TextEncoder().encode(name);
    yield this.#given(localHeader(spelt, this.#time, isWide));
    const sums: PackedSums = { crc: 0, plainBytes: 0, packedBytes: 0 };
    for await (const piece of this.#packer(content, sums)) yield this.#given(piece);
    if (!isWide && Math.max(sums.plainBytes, sums.packedBytes) >= elsewhere32)
      throw new RangeError("A file is larger than this archive has room for.");
    yield this.#given(sizesBehind({ ...sums, isWide }));
    this.#entries.push({ name: spelt, startAt, isWide, ...sums });
  }

  /** Without it what was given out is no archive. */
  *end(): Generator<Uint8Array> {
    const directoryAt = this.#sizeBytes;
    for (const entry of this.#entries) yield this.#given(centralEntry(entry, this.#time));
    yield this.#given(endOfArchive({ entries: this.#entries.length, directoryAt, endAt: this.#sizeBytes }));
  }

  #given(bytes: Uint8Array): Uint8Array {
    this.#sizeBytes += bytes.length;
    return bytes;
  }
}
