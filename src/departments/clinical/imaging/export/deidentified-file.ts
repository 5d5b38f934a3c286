import { failed, fault, ok, type Result, unsupported } from "#kernel";
import { blobPieces, type OpenBlob } from "#record";
import {
  cleanedPixels,
  type DeidentifiedHeader,
  deidentifyHeader,
  isNothing,
  pixelBytes,
  type RuleCounts,
} from "#standards/deidentification";
import { type Part10File, tags, writePart10 } from "#standards/dicom";
import type { PixelDataPlace } from "#standards/pixels";
import type { ObjectHeader } from "../web/object-header.ts";
import { pixelElementHeader } from "../web/pixel-element-header.ts";
import { cleanFragments } from "./clean-fragments.ts";
import type { ImageDeidentification } from "./export-order.ts";
import type { ExportedFile, ToExport } from "./exported-file.ts";
import { endOfFragments } from "./fragments-end.ts";
import { nativePixels } from "./native-pixels.ts";

export interface CountedDeidentification extends ImageDeidentification {
  readonly counts: RuleCounts;
}

export interface ToDeidentify extends ToExport {
  readonly deidentification: CountedDeidentification;
}

/**
 * An object without what identifies people. Pixels pass by as they are kept where nothing is to be done to them; where
 * something is, they go out uncompressed. What stands behind the pixels is left out. Problems: those of `deidentifyHeader`,
 * `nativePixels` and `cleanedPixels`; incorrect `pixel-data-short`.
 */
export async function deidentifiedFile(header: ObjectHeader, wanted: ToDeidentify): Promise<Result<ExportedFile>> {
  const { deidentification, patientKey } = wanted;
  const { pixels } = header;
  const whole: Part10File = { ...header.file, dataSet: header.dataSet };
  const isWithin = header.dataSet.get(tags.pixelData) !== undefined;
  const done = deidentifyHeader(whole, {
    ...deidentification,
    hasPixels: pixels !== undefined || isWithin,
    ...(patientKey === undefined ? {} : { patientKey }),
  });
  if (!done.ok) return done;
  if (!isNothing(done.value.pixels)) return cleanedFile(header, done.value, wanted);
  if (pixels === undefined) return wholeFile(done.value.file);
  return passingBy(done.value.file, wanted.blob, pixels);
}

/** The pixels as they are kept, behind another header, without what is written into or behind them besides the picture. */
async function passingBy(file: Part10File, blob: OpenBlob, pixels: PixelDataPlace): Promise<Result<ExportedFile>> {
  const { valueAt } = pixels;
  const isCompressed = pixels.lengthBytes === undefined;
  const keptBytes = pixels.lengthBytes ?? (await endOfFragments(blob, valueAt)) - valueAt;
  if (keptBytes < 0 || valueAt + keptBytes > blob.sizeBytes) return failed(short);
  const lengthBytes = isCompressed ? undefined : Math.min(keptBytes, pixelBytes(file.dataSet) ?? keptBytes);
  const head = writePart10(file);
  if (head === undefined) return failed(unwritten);
  return ok({
    dataSet: file.dataSet,
    transferSyntax: file.syntax.uid,
    async *pieces() {
      yield Buffer.concat([head, pixelElementHeader({ ...pixels, lengthBytes }, file.form)]);
      if (lengthBytes === undefined) yield* cleanFragments(blob, { fromByte: valueAt, lengthBytes: keptBytes });
      else yield* blobPieces(blob, { fromByte: valueAt, lengthBytes });
    },
  });
}

const short = unsupported("pixel-data-short", "The pixel data end before the header says.", { where: "(7FE0,0010)" });
const unwritten = fault("dicom-unwritten", "The file could not be written.");

function wholeFile(file: Part10File): Result<ExportedFile> {
  const bytes = writePart10(file);
  if (bytes === undefined) return failed(unwritten);
  return ok({
    dataSet: file.dataSet.without(tags.pixelData),
    transferSyntax: file.syntax.uid,
    async *pieces() {
      yield bytes;
    },
  });
}

async function cleanedFile(
  header: ObjectHeader,
  { file, pixels: work }: DeidentifiedHeader,
  wanted: ToDeidentify,
): Promise<Result<ExportedFile>> {
  const native = await nativePixels(header, wanted);
  if (!native.ok) return native;
  const dataSet = native.value.describe(file.dataSet);
  const pixels = cleanedPixels(dataSet.with(native.value.element), work);
  if (!pixels.ok) return pixels;
  const { syntax } = native.value;
  const meta = file.meta.with(...native.value.metaElements);
  return wholeFile({ ...file, meta, syntax, form: syntax, dataSet: dataSet.with(pixels.value) });
}
