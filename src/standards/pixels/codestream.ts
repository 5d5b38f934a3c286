/** What a compressed frame says of itself, read without decoding it. */
export interface Codestream {
  readonly kind: "jpeg" | "jpeg-lossless" | "jpeg-ls" | "jpeg-2000" | "jpeg-xl";
  readonly width: number;
  readonly height: number;
  readonly samplesPerPixel: number;
  readonly bits: number;
  readonly isSigned: boolean;
  /** JPEG: whether its colours are YCbCr; undefined where it does not say. JPEG 2000: whether they were transformed. */
  readonly isTransformed: boolean | undefined;
  /** Where it begins: behind the boxes of a file format, which senders put there against the standard. */
  readonly at: number;
}

/** Undefined for what is none of these, or is not whole enough to tell. */
export function codestreamOf(bytes: Uint8Array): Codestream | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 12) return undefined;
  if (bytes[0] === 0xff && bytes[1] === 0xd8) return jpegOf(bytes, view);
  const at = view.getUint16(0) === 0xff4f ? 0 : view.getUint32(4) === 0x6a50_2020 ? codestreamBoxAt(view) : undefined;
  return at === undefined ? undefined : jpeg2000Of(view, at);
}

/** Markers that have no length. */
function isBare(marker: number): boolean {
  return marker === 0x01 || marker === 0xff || (marker >= 0xd0 && marker <= 0xd8);
}

interface Told {
  isJfif: boolean;
  adobeTransform: number | undefined;
}

/** Source: ISO/IEC 10918-1 Annex B, 14495-1 Annex C. */
function jpegOf(bytes: Uint8Array, view: DataView): Codestream | undefined {
  const told: Told = { isJfif: false, adobeTransform: undefined };
  for (let at = 2; at + 4 <= bytes.length; ) {
    if (bytes[at] !== 0xff) return undefined;
    const marker = bytes[at + 1] as number;
    if (isBare(marker)) {
      at += marker === 0xff ? 1 : 2;
      continue;
    }
    if (marker === 0xda || marker === 0xd9) return undefined;
    const length = view.getUint16(at + 2);
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
    if (isFrame || marker === 0xf7) return at + 10 <= bytes.length ? frameHeader(bytes, { view, at, told }) : undefined;
    noteApplication(bytes.subarray(at, at + 2 + length), told);
    at += 2 + length;
  }
  return undefined;
}

function noteApplication(segment: Uint8Array, told: Told): void {
  const text = String.fromCharCode(...segment.subarray(4, 9));
  if (segment[1] === 0xe0 && text.startsWith("JFIF")) told.isJfif = true;
  if (segment[1] === 0xee && text === "Adobe" && segment.length >= 16) told.adobeTransform = segment[15];
}

function frameHeader(bytes: Uint8Array, { view, at, told }: { view: DataView; at: number; told: Told }): Codestream {
  const marker = bytes[at + 1] as number;
  const samplesPerPixel = bytes[at + 9] as number;
  const ids = Array.from({ length: samplesPerPixel }, (_, index) => bytes[at + 10 + index * 3]);
  const isLossless = marker === 0xc3 || marker === 0xc7 || marker === 0xcb || marker === 0xcf;
  return {
    kind: marker === 0xf7 ? "jpeg-ls" : isLossless ? "jpeg-lossless" : "jpeg",
    height: view.getUint16(at + 5),
    width: view.getUint16(at + 7),
    samplesPerPixel,
    bits: bytes[at + 4] as number,
    isSigned: false,
    isTransformed: samplesPerPixel === 3 ? isYcc(told, ids) : undefined,
    at: 0,
  };
}

/** In the order in which decoders everywhere decide: Adobe's word, then JFIF, then components named R, G and B. */
function isYcc({ adobeTransform, isJfif }: Told, ids: readonly (number | undefined)[]): boolean | undefined {
  if (adobeTransform !== undefined) return adobeTransform === 1;
  if (isJfif) return true;
  return String.fromCharCode(...ids.map((id) => id ?? 0)) === "RGB" ? false : undefined;
}

/** Where the codestream begins in a JP2 file, which senders put there against the standard. Source: ISO/IEC 15444-1 Annex I. */
function codestreamBoxAt(view: DataView): number | undefined {
  for (let at = 0; at + 8 <= view.byteLength; ) {
    const length = view.getUint32(at);
    if (view.getUint32(at + 4) === 0x6a70_3263) return at + (length === 1 ? 16 : 8);
    if (length < 8) return undefined;
    at += length;
  }
  return undefined;
}

/** Source: ISO/IEC 15444-1 §A.5.1 (SIZ), §A.6.1 (COD). */
function jpeg2000Of(view: DataView, start: number): Codestream | undefined {
  if (start + 45 > view.byteLength || view.getUint32(start) !== 0xff4f_ff51) return undefined;
  const at = start + 4;
  const samplesPerPixel = view.getUint16(at + 36);
  const depth = view.getUint8(at + 38);
  return {
    kind: "jpeg-2000",
    width: view.getUint32(at + 4) - view.getUint32(at + 12),
    height: view.getUint32(at + 8) - view.getUint32(at + 16),
    samplesPerPixel,
    bits: (depth & 0x7f) + 1,
    isSigned: (depth & 0x80) !== 0,
    isTransformed: samplesPerPixel >= 3 ? usesTransform(view, at) : undefined,
    at: start,
  };
}

function usesTransform(view: DataView, sizeAt: number): boolean | undefined {
  for (let at = sizeAt + view.getUint16(sizeAt); at + 9 <= view.byteLength; at += 2 + view.getUint16(at + 2)) {
    if (view.getUint16(at) === 0xff52) return view.getUint8(at + 8) === 1;
    if (view.getUint16(at) === 0xff90) return undefined;
  }
  return undefined;
}
