import { failed, limits, ok, type Result, unsupported } from "#kernel";
import type { OpenBlob } from "#record";
import {
  type DataElement,
  type DataSet,
  explicitLittle,
  makeElement,
  type TransferSyntax,
  tags,
} from "#standards/dicom";
import {
  type EncodedFrame,
  imageOf,
  locateFrames,
  type PixelEngine,
  planTranscoding,
  readFrame,
  transcodedAttributes,
} from "#standards/pixels";
import type { ObjectHeader } from "../web/object-header.ts";

/** Pixels as numbers, in memory. */
export interface NativePixels {
  readonly element: DataElement;
  readonly syntax: TransferSyntax;
  /** Of the meta information. */
  readonly metaElements: readonly DataElement[];
  /** What a header must say of them. */
  describe(dataSet: DataSet): DataSet;
}

export interface PixelSource {
  readonly blob: OpenBlob;
  readonly engine?: PixelEngine | undefined;
}

/**
 * All pixels of an object, decompressed where they are compressed. Problems: unsupported `pixels-too-large`, `pixels-compressed`
 * (no engine); those of reading and decoding frames.
 */
export async function nativePixels(header: ObjectHeader, source: PixelSource): Promise<Result<NativePixels>> {
  const { file, dataSet, pixels } = header;
  const kept = dataSet.get(tags.pixelData);
  if (pixels === undefined && kept !== undefined) return ok(asKept(kept, explicitLittle));
  if (pixels === undefined) return failed(compressed);
  const { lengthBytes, valueAt, vr } = pixels;
  if (lengthBytes === undefined) return decompressed(header, source);
  if (lengthBytes > limits.exportedPixelBytesMax) return failed(tooLarge);
  const bytes = await source.blob.read(valueAt, lengthBytes);
  const { isLittleEndian } = file.form;
  return ok(asKept({ tag: tags.pixelData, vr, content: { is: "bytes", bytes, isLittleEndian } }, file.syntax));
}

const compressed = unsupported("pixels-compressed", "Regions of compressed pixel data cannot be blackened here.");
const tooLarge = unsupported(
  "pixels-too-large",
  `Pixels that something has to be blackened in may have ${limits.exportedPixelBytesMax / 2 ** 20} MiB at most.`,
);

function asKept(element: DataElement, syntax: TransferSyntax): NativePixels {
  return { element, syntax, metaElements: [], describe: (dataSet) => dataSet.without(tags.pixelData) };
}

async function decompressed(
  { file, dataSet, pixels }: ObjectHeader,
  { blob, engine }: PixelSource,
): Promise<Result<NativePixels>> {
  if (engine === undefined || pixels === undefined) return failed(compressed);
  const image = imageOf(dataSet, file.syntax.uid);
  if (!image.ok) return image;
  const plan = planTranscoding(image.value, explicitLittle.uid);
  if (!plan.ok) return plan;
  const { layout, frames } = image.value;
  const read = (fromByte: number, lengthBytes: number) => blob.read(fromByte, lengthBytes);
  const index = await locateFrames(read, { layout, frames, place: pixels, dataSet });
  if (!index.ok) return index;
  const decoded: Uint8Array[] = [];
  let sizeBytes = 0;
  for (let frame = 1; frame <= frames; frame += 1) {
    const bytes = await readFrame(read, index.value, frame);
    if (!bytes.ok) return bytes;
    const encoded: EncodedFrame = { bytes: bytes.value, syntax: file.syntax.uid };
    const native = await engine.transcode(encoded, plan.value);
    if (!native.ok) return native;
    sizeBytes += native.value.length;
    if (sizeBytes > limits.exportedPixelBytesMax) return failed(tooLarge);
    decoded.push(native.value);
  }
  const vr = plan.value.target.bitsAllocated > 8 ? "OW" : "OB";
  const element = makeElement(tags.pixelData, Buffer.concat(decoded, sizeBytes), { vr });
  const transferSyntax = makeElement(tags.transferSyntax, [explicitLittle.uid]);
  if (element === undefined || transferSyntax === undefined) return failed(compressed);
  return ok({
    element,
    syntax: explicitLittle,
    metaElements: [transferSyntax],
    describe: (described) => transcodedAttributes(described, { plan: plan.value }),
  });
}
