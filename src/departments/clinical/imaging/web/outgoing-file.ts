import { deflateRawSync } from "node:zlib";
import type { StoredInstance } from "#imaging";
import { failed, incorrect, limits, ok, type Result, type StoredRange, unsupported } from "#kernel";
import { blobPieces, type OpenBlob } from "#record";
import {
  DataSet,
  explicitLittle,
  type Form,
  makeElement,
  readDataSet,
  readPart10,
  type TransferSyntax,
  tags,
  transferSyntaxOf,
  vrNamed,
  writeDataSet,
} from "#standards/dicom";
import type { PixelDataPlace } from "#standards/pixels";
import { type ObjectHeader, objectHeader } from "./object-header.ts";
import { pixelElementHeader } from "./pixel-element-header.ts";
import { storedRange } from "./stored-range.ts";

/** An object as a file to be sent. */
export interface OutgoingFile {
  readonly transferSyntax: string;
  /** Undefined where it is not known beforehand. */
  readonly sizeBytes: number | undefined;
  pieces(): AsyncIterable<Uint8Array>;
  /** The same, with ranges of the file left to be read by whoever sends them. */
  ranges(): AsyncIterable<Uint8Array | StoredRange>;
}

/** An outgoing file from its ranges. */
export function outgoingFile(file: Omit<OutgoingFile, "pieces">): OutgoingFile {
  return {
    ...file,
    async *pieces() {
      for await (const piece of file.ranges()) {
        if (piece instanceof Uint8Array) yield piece;
        else yield* rangePieces(piece);
      }
    },
  };
}

async function* rangePieces({ fromByte, lengthBytes, readInto }: StoredRange): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < lengthBytes; at += limits.fileReadBytes) {
    const bytes = new Uint8Array(Math.min(limits.fileReadBytes, lengthBytes - at));
    yield bytes.subarray(0, await readInto(bytes, fromByte + at));
  }
}

/** Whether an object goes out just as it is kept. */
export function isAsKept({ edits, transferSyntax }: StoredInstance, wanted: string | undefined): boolean {
  return edits.length === 0 && (wanted === undefined || wanted === transferSyntax);
}

export function keptFile(object: StoredInstance, blob: OpenBlob): OutgoingFile {
  const range = { fromByte: 0, lengthBytes: object.sizeBytes };
  return outgoingFile({
    transferSyntax: object.transferSyntax,
    sizeBytes: object.sizeBytes,
    async *ranges() {
      yield storedRange(blob, range);
    },
  });
}

/**
 * The object with its edits, in its own transfer syntax or in another where that needs no codec: pixels pass by as they are.
 * Problems: those of `objectHeader`, `codec-needed` (unsupported).
 */
export async function rewrittenFile(
  object: StoredInstance,
  blob: OpenBlob,
  to: TransferSyntax,
): Promise<Result<OutgoingFile>> {
  const header = await objectHeader(object, blob);
  if (!header.ok) return header;
  const from = transferSyntaxOf(object.transferSyntax);
  const { pixels } = header.value;
  // What is packed is packed as a whole.
  if (to.isDeflated && pixels !== undefined) return deflatedFile({ object, blob, to, header: header.value });
  const isSamePixels = object.frames === 0 || from.uid === to.uid || (!from.isEncapsulated && !to.isEncapsulated);
  if (!isSamePixels) return failed(unsupported("codec-needed", "The pixels have to be coded otherwise."));
  const tail =
    pixels === undefined ? undefined : await tailOf({ object, blob, form: header.value.file.form, pixels, to });
  const head = headBytes(header.value, to, pixels);
  const pixelBytes = pixels?.lengthBytes ?? 0;
  const encapsulatedBytes =
    pixels !== undefined && pixels.lengthBytes === undefined ? object.sizeBytes - pixels.valueAt : 0;
  return ok(
    outgoingFile({
      transferSyntax: to.uid,
      sizeBytes: head.length + pixelBytes + encapsulatedBytes + (tail?.length ?? 0),
      async *ranges() {
        yield head;
        if (pixels === undefined) return;
        const isSwapped = header.value.file.form.isLittleEndian !== to.isLittleEndian;
        const range = { fromByte: pixels.valueAt, lengthBytes: pixelBytes + encapsulatedBytes };
        const unitBytes = isSwapped ? unitOf(pixels.vr) : 1;
        if (unitBytes === 1) yield storedRange(blob, range);
        else for await (const piece of blobPieces(blob, range)) yield swapped(piece, unitBytes);
        if (tail !== undefined && tail.length > 0) yield tail;
      },
    }),
  );
}

interface DeflatedNeeds {
  readonly object: StoredInstance;
  readonly blob: OpenBlob;
  readonly to: TransferSyntax;
  readonly header: ObjectHeader;
}

async function deflatedFile({ object, blob, to, header }: DeflatedNeeds): Promise<Result<OutgoingFile>> {
  if (header.pixels?.lengthBytes === undefined)
    return failed(unsupported("codec-needed", "The pixels have to be coded otherwise."));
  if (object.sizeBytes > limits.rewrittenHeaderBytesMax) return failed(tooLargeToPack);
  const { file } = readPart10(await blob.read(0, object.sizeBytes));
  const pixels = file?.dataSet.elements.filter(({ tag }) => tag >= tags.floatPixelData) ?? [];
  const bytes = fileStart({ file: header.file, dataSet: header.dataSet.with(...pixels) }, to);
  return ok(
    outgoingFile({
      transferSyntax: to.uid,
      sizeBytes: bytes.length,
      async *ranges() {
        yield bytes;
      },
    }),
  );
}

const tooLargeToPack = incorrect("object-too-large", "The object is too large to be deflated.");

interface TailNeeds {
  readonly object: StoredInstance;
  readonly blob: OpenBlob;
  readonly form: Form;
  readonly pixels: PixelDataPlace;
  readonly to: TransferSyntax;
}

/** What stands behind pixels that are not compressed, such as signatures and padding. */
async function tailOf({ object, blob, form, pixels, to }: TailNeeds): Promise<Uint8Array> {
  if (pixels.lengthBytes === undefined) return new Uint8Array(0);
  const at = pixels.valueAt + pixels.lengthBytes;
  const bytes = await blob.read(at, Math.max(0, object.sizeBytes - at));
  return writeDataSet(readDataSet(bytes, form).dataSet, to);
}

function headBytes(header: ObjectHeader, to: TransferSyntax, pixels: PixelDataPlace | undefined): Uint8Array {
  const start = fileStart(header, to);
  return pixels === undefined ? start : Buffer.concat([start, pixelElementHeader(pixels, to)]);
}

/** Preamble, file information, and everything up to the element of the pixels. */
export function fileStart({ file, dataSet }: Pick<ObjectHeader, "file" | "dataSet">, to: TransferSyntax): Uint8Array {
  const meta = metaBytes(file.meta, dataSet, to.uid);
  const body = writeDataSet(dataSet, to);
  const packed = to.isDeflated ? deflated(body) : body;
  return Buffer.concat([file.preamble ?? new Uint8Array(128), Buffer.from("DICM"), meta, packed]);
}

function deflated(body: Uint8Array): Uint8Array {
  const packed = deflateRawSync(body);
  return packed.length % 2 === 0 ? packed : Buffer.concat([packed, Uint8Array.of(0)]);
}

/** Source: PS3.10 §7.1. */
function metaBytes(meta: DataSet, dataSet: DataSet, transferSyntax: string): Uint8Array {
  const made = [
    makeElement(0x0002_0001, Uint8Array.of(0, 1), { vr: "OB" }),
    makeElement(0x0002_0002, [dataSet.text("SOPClassUID") ?? ""], { vr: "UI" }),
    makeElement(0x0002_0003, [dataSet.text("SOPInstanceUID") ?? ""], { vr: "UI" }),
    makeElement(tags.transferSyntax, [transferSyntax], { vr: "UI" }),
  ].flatMap((element) => element ?? []);
  const named = new DataSet(meta.elements).without(tags.metaLength).with(...made);
  const body = writeDataSet(named, explicitLittle);
  const length = makeElement(tags.metaLength, [body.length], { vr: "UL" });
  const first = length === undefined ? new Uint8Array(0) : writeDataSet(new DataSet([length]), explicitLittle);
  return Buffer.concat([first, body]);
}

/** How many bytes change places together. */
function unitOf(vr: string): 1 | 2 | 4 | 8 {
  return vrNamed(vr).unitBytes;
}

/** Pieces are of even lengths, and units never cut, as pieces are of a power of two. */
export function swapped(bytes: Uint8Array, unitBytes: 2 | 4 | 8): Uint8Array {
  const buffer = Buffer.from(bytes);
  const whole = buffer.subarray(0, buffer.length - (buffer.length % unitBytes));
  if (unitBytes === 2) whole.swap16();
  else if (unitBytes === 4) whole.swap32();
  else whole.swap64();
  return buffer;
}
