import { failed, ok, type Result, unsupported } from "#kernel";
import {
  type DataSet,
  deflatedLittle,
  explicitLittle,
  joined,
  makeElement,
  tags,
  transferSyntaxOf,
  writeDataSet,
  writePart10,
} from "#standards/dicom";
import { bitsOfFrame } from "./layout.ts";
import { syntaxKind } from "./syntax-kind.ts";
import { type Transcoded, transcodedAttributes } from "./transcoded-attributes.ts";

export interface ObjectToTranscode extends Omit<Transcoded, "pixelBytes"> {
  /** As stored; its pixel data may be left out. */
  readonly dataSet: DataSet;
  /** How many frames there are to come. */
  readonly frames: number;
  /** The frames in the new transfer syntax, in order: `PixelEngine.transcodeAll`. Ends with the first failure. */
  readonly encoded: AsyncIterable<Result<Uint8Array>>;
}

/**
 * The bytes of a data set in another transfer syntax, piece by piece as its frames come, so that memory does not grow with it.
 * Ends with the first failure of a frame, which a receiver must be told of, as it has read a part by then. The ratio of what is
 * lost is that of the first frame: it is "approximate". Elements behind pixel data are padding, and are left out.
 * Problem: `transfer-syntax-not-writable` for deflated data sets, which cannot be written in pieces here. Source: PS3.5 §A.4, §8.1.1.
 */
export async function* transcodedDataSet(object: ObjectToTranscode): AsyncIterable<Result<Uint8Array>> {
  if (object.plan.to === deflatedLittle.uid) {
    yield failed(unsupported("transfer-syntax-not-writable", "Deflated objects are not made while they are sent."));
    return;
  }
  let isFirst = true;
  let lengthBytes = 0;
  for await (const frame of object.encoded) {
    if (!frame.ok) {
      yield frame;
      return;
    }
    if (isFirst) yield ok(headOf(object, frame.value.length));
    isFirst = false;
    lengthBytes += frame.value.length;
    if (isNative(object)) yield frame;
    else yield* itemOf(frame.value);
  }
  if (!isNative(object)) yield ok(sequenceEnd);
  else if (lengthBytes % 2 === 1) yield ok(Uint8Array.of(0));
}

function isNative({ plan }: Pick<Transcoded, "plan">): boolean {
  return syntaxKind(plan.to) === "native";
}

/** All elements before the pixels, and the header of those. */
function headOf(object: ObjectToTranscode, firstFrameBytes: number): Uint8Array {
  const { plan, dataSet, frames } = object;
  const pixelBytes = { before: Math.ceil(bitsOfFrame(plan.layout) / 8), after: firstFrameBytes };
  const attributes = transcodedAttributes(dataSet, { ...object, pixelBytes });
  const before = attributes.replacedBy(attributes.elements.filter(({ tag }) => tag < pixelTag(object)));
  return joined([writeDataSet(before, transferSyntaxOf(plan.to)), pixelHeader(object, frames)]);
}

function pixelTag({ plan }: Pick<Transcoded, "plan">): number {
  const { numbers } = plan.target;
  return numbers === "float" ? tags.floatPixelData : numbers === "double" ? tags.doubleFloatPixelData : tags.pixelData;
}

const vrOfNumbers = { float: "OF", double: "OD", integer: "OW" } as const;

/** With an empty offset table where frames are compressed, as nobody knows their lengths yet. Source: PS3.5 §A.4, Annex A.1, A.2. */
function pixelHeader(object: ObjectToTranscode, frames: number): Uint8Array {
  const { target, to } = object.plan;
  const tag = pixelTag(object);
  const { isExplicit } = transferSyntaxOf(to);
  const length = isNative(object) ? evenBytes(bitsOfFrame(target) * frames) : 0xffff_ffff;
  const header = new Uint8Array(isExplicit ? 12 : 8);
  const view = new DataView(header.buffer);
  view.setUint16(0, tag >>> 16, true);
  view.setUint16(2, tag & 0xffff, true);
  view.setUint32(isExplicit ? 8 : 4, length, true);
  const isBytes = !isNative(object) || (target.numbers === "integer" && target.bitsAllocated <= 8);
  const vr = isBytes ? "OB" : vrOfNumbers[target.numbers];
  if (isExplicit) header.set([vr.charCodeAt(0), vr.charCodeAt(1)], 4);
  return isNative(object) ? header : joined([header, itemHeader(0)]);
}

function evenBytes(bits: number): number {
  const bytes = Math.ceil(bits / 8);
  return bytes + (bytes % 2);
}

const sequenceEnd = Uint8Array.of(0xfe, 0xff, 0xdd, 0xe0, 0, 0, 0, 0);

function itemHeader(lengthBytes: number): Uint8Array {
  const header = Uint8Array.of(0xfe, 0xff, 0x00, 0xe0, 0, 0, 0, 0);
  new DataView(header.buffer).setUint32(4, lengthBytes, true);
  return header;
}

function* itemOf(frame: Uint8Array): Iterable<Result<Uint8Array>> {
  yield ok(itemHeader(frame.length + (frame.length % 2)));
  yield ok(frame);
  if (frame.length % 2 === 1) yield ok(Uint8Array.of(0));
}

/** Preamble, prefix and meta information of the file that such a data set makes. Source: PS3.10 §7.1. */
export function transcodedFileMeta(meta: DataSet, { plan, newInstanceUid }: Transcoded): Uint8Array {
  const changed = [
    makeElement("FileMetaInformationGroupLength", [0]),
    makeElement("TransferSyntaxUID", [plan.to]),
    ...(newInstanceUid === undefined ? [] : [makeElement("MediaStorageSOPInstanceUID", [newInstanceUid])]),
  ].filter((element) => element !== undefined);
  const file = {
    preamble: new Uint8Array(128),
    meta: meta.with(...changed),
    syntax: explicitLittle,
    form: explicitLittle,
  };
  const nothing = new Uint8Array(0);
  return writePart10({ ...file, dataSet: meta.replacedBy([]), trailing: nothing }) ?? nothing;
}
