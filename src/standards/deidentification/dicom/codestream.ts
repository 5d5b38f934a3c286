/**
 * What programs write into compressed pictures besides the picture: comments, the data of a camera (EXIF), a small picture of the
 * same, whatever follows the end. It is overwritten with blanks in place, so that no length and no offset changes.
 * Source: ITU-T T.81 §B.1, T.87 §C.1, T.800 §A and §I; JFIF 1.02.
 */

const blank = 0x20;
const [soi, eoi, sos, comment] = [0xd8, 0xd9, 0xda, 0xfe];
const [j2kStart, j2kTile, j2kData, j2kComment] = [0x4f, 0x90, 0x93, 0x64];

/** What an application's segment must begin with, and how much of it a reader of the picture needs. */
const needed: ReadonlyMap<number, readonly (readonly [begins: string, bytes: number])[]> = new Map([
  [0xe0, [["JFIF\0", 14]]],
  [
    0xe8,
    [
      ["mrfx", 5],
      ["SPIFF\0", 30],
      ["\0\0\0\x01", 6],
    ],
  ],
  [0xee, [["Adobe", 12]]],
]);

/** Video syntaxes, in which sound may be. Source: PS3.5 §8.2.5 to §8.2.8. */
export function isVideo(transferSyntax: string): boolean {
  return /^1\.2\.840\.10008\.1\.2\.4\.10[0-8]/.test(transferSyntax);
}

/** The fragments of an object's compressed pixels, one after another: a frame may go over several. */
export class CodestreamCleaner {
  /** Of a segment that the fragment before did not end. */
  #blankLeft = 0;
  #isWithinScan = false;

  /** The fragment as it may go out: the same bytes where there was nothing to blank. */
  clean(fragment: Uint8Array): Uint8Array {
    // Not by `slice`, which for a Buffer of Node copies nothing.
    const bytes = new Uint8Array(fragment);
    const carried = Math.min(this.#blankLeft, bytes.length);
    bytes.fill(blank, 0, carried);
    this.#blankLeft -= carried;
    if (isBoxes(bytes)) this.#boxes(bytes);
    else if (bytes[0] === 0xff && bytes[1] === j2kStart) this.#tiles(bytes, 2, bytes.length);
    else if (bytes[0] === 0xff && bytes[1] === soi) this.#segments(bytes, 2);
    else if (this.#isWithinScan) this.#segments(bytes, nextMarker(bytes, carried));
    return bytes;
  }

  /** JPEG and JPEG-LS. */
  #segments(bytes: Uint8Array, from: number): void {
    this.#isWithinScan = true;
    for (let at = from; at + 1 < bytes.length; ) {
      if (bytes[at] !== 0xff) return;
      const marker = bytes[at + 1] ?? 0;
      if (marker === 0xff) at += 1;
      else if (marker === eoi) {
        this.#ended(bytes, at + 2);
        return;
      } else {
        const end = at + 2 + lengthAt(bytes, at + 2);
        if (marker === comment || (marker >= 0xe0 && marker <= 0xef)) this.#blank(bytes, keptOf(bytes, at), end);
        at = marker === sos ? nextMarker(bytes, end) : end;
      }
    }
  }

  /** JPEG 2000: the main header, and that of each part of a tile. */
  #tiles(bytes: Uint8Array, from: number, to: number): void {
    for (let at = from, tileEnd = to; at + 3 < to; ) {
      const marker = bytes[at + 1];
      if (bytes[at] !== 0xff) return;
      if (marker === eoi) {
        this.#ended(bytes.subarray(0, to), at + 2);
        return;
      }
      if (marker === j2kTile) {
        const tileBytes = new DataView(bytes.buffer, bytes.byteOffset).getUint32(Math.min(at + 6, bytes.length - 4));
        tileEnd = tileBytes === 0 ? to : at + tileBytes;
      }
      const end = at + 2 + lengthAt(bytes, at + 2);
      if (marker === j2kComment) this.#blank(bytes, at + 6, end);
      at = marker === j2kData ? Math.max(tileEnd, at + 2) : end;
    }
  }

  /** The file around a codestream: what is neither it nor about its colours. */
  #boxes(bytes: Uint8Array): void {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    for (let at = 0; at + 8 <= bytes.length; ) {
      const given = view.getUint32(at);
      const end = given === 0 ? bytes.length : at + Math.max(8, given);
      const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
      if (type === "jp2c") this.#tiles(bytes, at + 10, Math.min(end, bytes.length));
      else if (!["jP  ", "ftyp", "rreq", "jp2h"].includes(type)) this.#blank(bytes, at + 8, end);
      at = end;
    }
  }

  #blank(bytes: Uint8Array, from: number, end: number): void {
    bytes.fill(blank, Math.min(from, bytes.length), Math.min(end, bytes.length));
    this.#blankLeft = Math.max(0, end - bytes.length);
  }

  #ended(bytes: Uint8Array, at: number): void {
    bytes.fill(0, at);
    this.#isWithinScan = false;
  }
}

function isBoxes(bytes: Uint8Array): boolean {
  return String.fromCharCode(...bytes.subarray(4, 8)) === "jP  ";
}

function lengthAt(bytes: Uint8Array, at: number): number {
  return Math.max(2, ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0));
}

/** Behind what a reader needs of the segment of an application, else behind its length. */
function keptOf(bytes: Uint8Array, at: number): number {
  const from = at + 4;
  const begins = String.fromCharCode(...bytes.subarray(from, from + 6));
  const known = needed.get(bytes[at + 1] ?? 0)?.find(([word]) => begins.startsWith(word));
  return from + (known?.[1] ?? 0);
}

/** Behind the compressed samples: FF is followed there by 0, by a number below 128 (JPEG-LS), or begins a restart. */
function nextMarker(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at !== -1; at = bytes.indexOf(0xff, at + 1)) {
    const marker = bytes[at + 1] ?? 0;
    if (marker >= 0x80 && marker !== 0xff && !(marker >= 0xd0 && marker <= 0xd7)) return at;
  }
  return bytes.length;
}
