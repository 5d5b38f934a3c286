import { constants, inflateRawSync } from "node:zlib";
import { type StoredInstance, seriesTags, studyTags } from "#imaging";
import { failed, incorrect, type Json, limits, ok, type Result } from "#kernel";
import type { OpenBlob } from "#record";
import { type DataSet, type Part10File, readDicomJson, readPart10, type Tag, tags } from "#standards/dicom";
import { type PixelDataPlace, pixelDataHeaderBytes, pixelDataPlace } from "#standards/pixels";
import { inUnicode } from "./in-unicode.ts";

/** What stands before the pixels of an object, as it is to be shown. */
export interface ObjectHeader {
  readonly file: Part10File;
  /** Edits applied. */
  readonly dataSet: DataSet;
  /** Undefined without pixels, and in a deflated object, whose pixels stand in the data set. */
  readonly pixels: PixelDataPlace | undefined;
}

/**
 * Reads the header of an object; all of one that has no pixels, and of a deflated one. Problems: `object-unreadable`,
 * `object-too-large`.
 */
export async function objectHeader(object: StoredInstance, blob: OpenBlob): Promise<Result<ObjectHeader>> {
  const { pixelsAt, sizeBytes } = object;
  const lengthBytes = pixelsAt === undefined ? sizeBytes : pixelsAt + pixelDataHeaderBytes;
  if (lengthBytes > limits.rewrittenHeaderBytesMax) return failed(tooLarge);
  const bytes = await blob.read(0, lengthBytes);
  const until = pixelsAt === undefined ? {} : { until: tags.floatPixelData };
  const { file } = readPart10(bytes, { inflate, ...until });
  if (file === undefined) return failed(unreadable);
  const place = pixelsAt === undefined ? undefined : pixelDataPlace(bytes.subarray(pixelsAt), pixelsAt, file.form);
  if (place !== undefined && !place.ok) return place;
  return ok({ file, dataSet: edited(file.dataSet, object.edits), pixels: place?.value });
}

const unreadable = incorrect("object-unreadable", "The object cannot be read; it is to be had only as it is kept.");
const tooLarge = incorrect("object-too-large", "The object is too large to be written otherwise than it is kept.");

function inflate(bytes: Uint8Array, bytesMax: number): Uint8Array | undefined {
  try {
    return inflateRawSync(bytes, { maxOutputLength: bytesMax, finishFlush: constants.Z_SYNC_FLUSH });
  } catch {
    return undefined;
  }
}

/** What an edit of a level leaves out is no more there. Texts of edits are in UTF-8, and so are all of the object then. */
export function edited(dataSet: DataSet, edits: readonly string[]): DataSet {
  if (edits.length === 0) return dataSet;
  let whole = inUnicode(dataSet);
  for (const edit of edits) {
    const said = readDicomJson(JSON.parse(edit) as Json).dataSet.without(tags.characterSet);
    const level =
      said.get("StudyInstanceUID") !== undefined
        ? studyTags
        : said.get("SeriesInstanceUID") !== undefined
          ? seriesTags
          : none;
    whole = whole.replacedBy(whole.elements.filter(({ tag }) => !level.has(tag))).with(...said.elements);
  }
  return whole;
}

const none: ReadonlySet<Tag> = new Set();
