import { constants, inflateRawSync } from "node:zlib";
import { failed, incorrect, limits, ok, type Result } from "#kernel";
import {
  type DataSet,
  explicitLittle,
  type Form,
  readDataSet,
  readPart10,
  type Tag,
  type TransferSyntax,
  tags,
} from "#standards/dicom";
import type { PixelElement } from "./describe.ts";

/** The header of an object, as soon as enough of its bytes are there. */
export interface Header {
  readonly dataSet: DataSet;
  readonly transferSyntax: string;
  readonly pixels: PixelElement | undefined;
  /** Where the data set begins in the bytes that were read. */
  readonly dataSetAt: number;
  /** Where the element of its pixels begins; undefined without pixels, and in a deflated object. */
  readonly pixelsAt: number | undefined;
}

/** How the bytes are to be understood: a data set of a known syntax, or a whole file. */
export type Wire = { readonly is: "data-set"; readonly syntax: TransferSyntax } | { readonly is: "file" };

/**
 * Reads the header from the first bytes of an object. Undefined: more bytes are needed. `isEnd` says that there are none, so
 * that what is there is taken as it is. Problems: those of a file that is none, `deflate-invalid`.
 */
export function headerOf(bytes: Uint8Array, wire: Wire, isEnd: boolean): Result<Header> | undefined {
  const isFull = isEnd || bytes.length >= limits.imageHeaderBytesMax;
  return wire.is === "file" ? ofFile(bytes, isFull) : ofDataSet(bytes, wire.syntax, isFull);
}

function ofDataSet(bytes: Uint8Array, syntax: TransferSyntax, isFull: boolean): Result<Header> | undefined {
  if (syntax.isDeflated) return ofDeflated(bytes, syntax, isFull);
  const read = readDataSet(bytes, syntax, { until: tags.floatPixelData });
  if (!read.isWhole && !isFull) return undefined;
  const pixels = pixelsAt(bytes, read.next, syntax);
  return ok({
    dataSet: read.dataSet,
    transferSyntax: syntax.uid,
    dataSetAt: 0,
    pixels,
    pixelsAt: pixels === undefined ? undefined : read.next,
  });
}

function ofFile(bytes: Uint8Array, isFull: boolean): Result<Header> | undefined {
  if (bytes.length < 132 && !isFull) return undefined;
  const read = readPart10(bytes, { until: tags.floatPixelData, inflate: inflatePart });
  if (read.file === undefined) {
    if (!isFull && read.problems.some(({ code }) => code !== "not-dicom")) return undefined;
    return failed(read.problems[0] ?? incorrect("not-dicom", "It is no DICOM file."));
  }
  if (!read.isWhole && !isFull) return undefined;
  const { syntax, form, dataSet } = read.file;
  const { dataSetAt, next } = read;
  if (syntax.isDeflated) {
    const inflated = inflatePart(bytes.subarray(dataSetAt), limits.imageHeaderBytesMax);
    const whole = inflated === undefined ? undefined : pixelsAt(inflated, next, form);
    return ok({ dataSet, transferSyntax: syntax.uid, dataSetAt, pixels: whole, pixelsAt: undefined });
  }
  const pixels = pixelsAt(bytes, next, form);
  return ok({
    dataSet,
    transferSyntax: syntax.uid,
    dataSetAt,
    pixels,
    pixelsAt: pixels === undefined ? undefined : next,
  });
}

function ofDeflated(bytes: Uint8Array, syntax: TransferSyntax, isFull: boolean): Result<Header> | undefined {
  const inflated = inflatePart(bytes, limits.imageHeaderBytesMax);
  if (inflated === undefined) {
    return isFull ? failed(incorrect("deflate-invalid", "The deflated data set cannot be unpacked.")) : undefined;
  }
  const read = readDataSet(inflated, explicitLittle, { until: tags.floatPixelData });
  if (!read.isWhole && !isFull && inflated.length < limits.imageHeaderBytesMax) return undefined;
  const pixels = pixelsAt(inflated, read.next, explicitLittle);
  return ok({ dataSet: read.dataSet, transferSyntax: syntax.uid, dataSetAt: 0, pixels, pixelsAt: undefined });
}

/**
 * As much as can be unpacked of a stream whose end is not there yet, of its beginning where all would be too much; undefined
 * when it is none.
 */
function inflatePart(bytes: Uint8Array, bytesMax: number): Uint8Array | undefined {
  for (let length = bytes.length; length > 0; length >>= 1) {
    try {
      return inflateRawSync(bytes.subarray(0, length), {
        finishFlush: constants.Z_SYNC_FLUSH,
        maxOutputLength: bytesMax,
      });
    } catch (error) {
      const isTooMuch = error instanceof RangeError;
      if (!isTooMuch) return undefined;
    }
  }
  return undefined;
}

/** The element of pixel data that begins there. */
function pixelsAt(bytes: Uint8Array, at: number, form: Form): PixelElement | undefined {
  if (at + 8 > bytes.length) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { isLittleEndian, isExplicit } = form;
  const tag: Tag = ((view.getUint16(at, isLittleEndian) << 16) | view.getUint16(at + 2, isLittleEndian)) >>> 0;
  const isKnown = tag === tags.pixelData || tag === tags.floatPixelData || tag === tags.doubleFloatPixelData;
  if (!isKnown) return undefined;
  const vr = isExplicit ? String.fromCharCode(bytes[at + 4] as number, bytes[at + 5] as number) : "OW";
  return { tag, vr: /^[A-Z]{2}$/.test(vr) ? vr : "OW" };
}
