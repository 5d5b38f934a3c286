import type { Context } from "#access";
import type { StoredInstance } from "#imaging";
import {
  failed,
  type HttpReply,
  type HttpRequest,
  incorrect,
  notFound,
  ok,
  type Result,
  type StoredRange,
} from "#kernel";
import { blobPieces, type OpenBlob } from "#record";
import { type DataElement, type DataSet, parseTag, tags, transferSyntaxOf, vrNamed } from "#standards/dicom";
import { type ByteRange, chooseMedia, multipartWriter, parseByteRange } from "#standards/dicomweb";
import type { DicomwebNeeds } from "./dicomweb-needs.ts";
import { pixelData } from "./frames.ts";
import { acceptOf, addressIn, onlyParameters } from "./image-place.ts";
import { isKnown } from "./metadata.ts";
import { boundaryFrom } from "./model-body.ts";
import { objectHeader } from "./object-header.ts";
import { swapped } from "./outgoing-file.ts";
import { storedObject } from "./stored-objects.ts";
import { storedRange } from "./stored-range.ts";

const name = "application/octet-stream";
const offers = [
  { name, isMultipart: false },
  { name, isMultipart: true },
];

/** A value that metadata name by its address, or a part of it. Source: PS3.18 §10.4.1.1.5; RFC 9110 §14. */
export async function bulkData(
  needs: DicomwebNeeds,
  request: HttpRequest,
  context: Context,
): Promise<Result<HttpReply>> {
  const place = addressIn(request);
  if (!place.ok) return place;
  const path = pathOf(request);
  if (!path.ok) return path;
  const object = await storedObject(context, place.value);
  if (!object.ok) return object;
  const isPixels = path.value.length === 1 && pixelTags.includes(path.value[0] as number);
  // Compressed pixels are no bytes but frames.
  if (isPixels && transferSyntaxOf(object.value.transferSyntax).isEncapsulated)
    return pixelData(needs, request, context);
  const known = onlyParameters(request, []);
  if (!known.ok) return known;
  const etag = `"${object.value.blob.slice(0, 32)}"`;
  if (isKnown(request, etag)) return ok({ status: 304, headers: { etag } });
  const chosen = chooseMedia(acceptOf(request), offers);
  if (!chosen.ok) return chosen;
  const blob = await context.images.open(object.value.blob);
  if (!blob.ok) return blob;
  const replying = { request, context, etag, isMultipart: chosen.value.offer.isMultipart };
  return closingBehind(blob.value, async () => {
    const value = await storedValue(object.value, blob.value, path.value);
    return value.ok ? replyOf(value.value, replying) : value;
  });
}

/** The file is closed behind the last piece, or at once where there are none. */
async function closingBehind(blob: OpenBlob, reply: () => Promise<Result<HttpReply>>): Promise<Result<HttpReply>> {
  let pieces: HttpReply["pieces"];
  try {
    const made = await reply();
    pieces = made.ok ? made.value.pieces : undefined;
    return made.ok && pieces !== undefined ? ok({ ...made.value, pieces: closing(pieces, blob) }) : made;
  } finally {
    if (pieces === undefined) await blob.close();
  }
}

async function* closing(pieces: AsyncIterable<Piece>, blob: OpenBlob): AsyncGenerator<Piece> {
  try {
    yield* pieces;
  } finally {
    await blob.close();
  }
}

const pixelTags: readonly number[] = [tags.pixelData, tags.floatPixelData, tags.doubleFloatPixelData];

/** Tags, with numbers of items (from 0) between them. Problem: `bulk-path-invalid`. */
function pathOf({ params }: HttpRequest): Result<readonly number[]> {
  const parts = ["tag", "item1", "tag1", "item2", "tag2", "item3", "tag3"].flatMap((key) => params[key] ?? []);
  const read = parts.map((part, index) =>
    index % 2 === 0 ? (/^[0-9A-Fa-f]{8}$/.test(part) ? parseTag(part) : undefined) : itemOf(part),
  );
  if (!read.includes(undefined)) return ok(read as readonly number[]);
  return failed(incorrect("bulk-path-invalid", "The address of a value is tags, with numbers of items between them."));
}

function itemOf(part: string): number | undefined {
  return /^\d{1,9}$/.test(part) ? Number(part) : undefined;
}

type Piece = Uint8Array | StoredRange;

/** Where the bytes are: in the file, or at hand. */
interface BulkValue {
  readonly sizeBytes: number;
  pieces(range: ByteRange): AsyncIterable<Piece> | Uint8Array;
}

async function storedValue(
  object: StoredInstance,
  blob: OpenBlob,
  path: readonly number[],
): Promise<Result<BulkValue>> {
  const header = await objectHeader(object, blob);
  if (!header.ok) return header;
  const { dataSet, pixels, file } = header.value;
  const isPixels = path.length === 1 && pixelTags.includes(path[0] as number);
  if (isPixels && pixels?.lengthBytes !== undefined) {
    const { vr, valueAt, lengthBytes: valueBytes } = pixels;
    async function* asKept({ fromByte, lengthBytes }: ByteRange) {
      yield storedRange(blob, { fromByte: valueAt + fromByte, lengthBytes });
    }
    const turned = (range: ByteRange) => swappedRange(blob, { vr, valueAt, valueBytes }, range);
    return ok({ sizeBytes: valueBytes, pieces: file.form.isLittleEndian ? asKept : turned });
  }
  const found = elementAt(dataSet, path);
  if (found?.content.is !== "bytes")
    return failed(notFound("bulk-data-missing", "There is no such value in the object."));
  const bytes = inLittleEndian(found);
  return ok({
    sizeBytes: bytes.length,
    pieces: ({ fromByte, lengthBytes }) => bytes.subarray(fromByte, fromByte + lengthBytes),
  });
}

/** What is kept big endian, a piece at a time. Its units are turned round whole, and the range is cut out of them. */
async function* swappedRange(
  blob: OpenBlob,
  { vr, valueAt, valueBytes }: { readonly vr: string; readonly valueAt: number; readonly valueBytes: number },
  { fromByte, lengthBytes }: ByteRange,
): AsyncGenerator<Uint8Array> {
  const { unitBytes } = vrNamed(vr);
  let at = fromByte - (fromByte % unitBytes);
  const end = Math.min(valueBytes, Math.ceil((fromByte + lengthBytes) / unitBytes) * unitBytes);
  for await (const piece of blobPieces(blob, { fromByte: valueAt + at, lengthBytes: end - at })) {
    const units = unitBytes === 1 ? piece : swapped(piece, unitBytes);
    yield units.subarray(Math.max(0, fromByte - at), Math.min(units.length, fromByte + lengthBytes - at));
    at += piece.length;
  }
}

function elementAt(dataSet: DataSet, [tag = 0, item, ...rest]: readonly number[]): DataElement | undefined {
  if (item === undefined) return dataSet.get(tag);
  const inner = dataSet.items(tag)[item];
  return inner === undefined ? undefined : elementAt(inner, rest);
}

/** Source: PS3.18 §8.7.3.3.2: uncompressed values are little endian. */
function inLittleEndian({ vr, content }: DataElement): Uint8Array {
  if (content.is !== "bytes") return new Uint8Array(0);
  const { unitBytes } = vrNamed(vr);
  if (content.isLittleEndian || unitBytes === 1) return content.bytes;
  const bytes = Buffer.from(content.bytes);
  for (let at = 0; at + unitBytes <= bytes.length; at += unitBytes) bytes.subarray(at, at + unitBytes).reverse();
  return bytes;
}

interface Replying {
  readonly request: HttpRequest;
  readonly context: Context;
  readonly etag: string;
  readonly isMultipart: boolean;
}

function replyOf(
  { sizeBytes, pieces }: BulkValue,
  { request, context, etag, isMultipart }: Replying,
): Result<HttpReply> {
  const asked = parseByteRange(isMultipart ? undefined : request.headers.range, sizeBytes);
  if (asked === "unsatisfiable") {
    const message = `The value has ${sizeBytes} bytes, and the range lies behind them.`;
    return failed(incorrect("range-not-satisfiable", message, { where: "range" }));
  }
  const range = asked === "whole" ? { fromByte: 0, lengthBytes: sizeBytes } : asked;
  const body = pieces(range);
  const common = { etag, "accept-ranges": "bytes", "cache-control": "private, no-cache" };
  if (isMultipart) {
    const writer = multipartWriter(boundaryFrom(context.ids), name);
    const head = writer.head({ "Content-Type": name });
    const type = { "content-type": writer.contentType };
    return ok({ status: 200, headers: { ...common, ...type }, pieces: onePart(head, body, writer.end) });
  }
  const sent = body instanceof Uint8Array ? { body } : { pieces: body };
  const headers = { ...common, "content-type": name, "content-length": String(range.lengthBytes) };
  if (asked === "whole") return ok({ status: 200, headers, ...sent });
  const last = range.fromByte + range.lengthBytes - 1;
  const told = { "content-range": `bytes ${range.fromByte}-${last}/${sizeBytes}` };
  return ok({ status: 206, headers: { ...headers, ...told }, ...sent });
}

async function* onePart(
  head: Uint8Array,
  body: AsyncIterable<Piece> | Uint8Array,
  end: Uint8Array,
): AsyncGenerator<Piece> {
  yield head;
  if (body instanceof Uint8Array) yield body;
  else yield* body;
  yield end;
}
