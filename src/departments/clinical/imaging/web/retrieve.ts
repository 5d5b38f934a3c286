import type { Context } from "#access";
import type { StoredInstance } from "#imaging";
import { failed, type HttpReply, type HttpRequest, ok, type Result, type StoredRange, unsupported } from "#kernel";
import { explicitLittle, isKnownTransferSyntax, type TransferSyntax, transferSyntaxOf } from "#standards/dicom";
import {
  type AcceptedMedia,
  chooseMedia,
  type MultipartWriter,
  multipartWriter,
  type Offer,
} from "#standards/dicomweb";
import type { DicomwebNeeds } from "./dicomweb-needs.ts";
import { isTranscodable } from "./frame-choice.ts";
import { acceptOf, addressUrl, placeOf } from "./image-place.ts";
import { boundaryFrom } from "./model-body.ts";
import { isAsKept, keptFile, type OutgoingFile } from "./outgoing-file.ts";
import { storedObjects } from "./stored-objects.ts";
import { writtenFile } from "./written-file.ts";

const offers: readonly Offer[] = [
  { name: "application/dicom", isMultipart: true },
  { name: "application/dicom", isMultipart: false },
];

/**
 * Sends objects as files (WADO-RS): a study, a series, or one. In the transfer syntax that is asked for; `*` is as they are kept,
 * none is Explicit VR Little Endian. Source: PS3.18 §10.4, Table 8.7.3-1.
 */
export async function retrieve(
  needs: DicomwebNeeds,
  request: HttpRequest,
  context: Context,
): Promise<Result<HttpReply>> {
  const place = placeOf(request, []);
  if (!place.ok) return place;
  const isOne = place.value.instance !== undefined;
  const chosen = chooseMedia(acceptOf(request), isOne ? offers : offers.slice(0, 1), ({ accepted }) =>
    isWritable(accepted),
  );
  if (!chosen.ok) return chosen;
  const objects = await storedObjects(context, place.value);
  if (!objects.ok) return objects;
  const wanted = wantedSyntax(chosen.value.accepted);
  const sending = { needs, request, context, wanted };
  const impossible = objects.value.find((object) => !isPossible(sending, object));
  if (impossible !== undefined) return failed(notWritable(impossible));
  const [first] = objects.value;
  if (!chosen.value.offer.isMultipart && first !== undefined) return sendOne(sending, first);
  return sendParts(sending, objects.value);
}

export interface Sending {
  readonly needs: DicomwebNeeds;
  readonly request: HttpRequest;
  readonly context: Context;
  /** Undefined for as each object is kept. */
  readonly wanted: TransferSyntax | undefined;
}

function isWritable({ transferSyntax }: AcceptedMedia): boolean {
  return transferSyntax === undefined || transferSyntax === "*" || isKnownTransferSyntax(transferSyntax);
}

function wantedSyntax({ transferSyntax }: AcceptedMedia): TransferSyntax | undefined {
  if (transferSyntax === "*") return undefined;
  return transferSyntax === undefined ? explicitLittle : transferSyntaxOf(transferSyntax);
}

/** Before anything is sent: an answer that has begun cannot say no any more. */
function isPossible({ wanted }: Sending, object: StoredInstance): boolean {
  const from = transferSyntaxOf(object.transferSyntax);
  if (wanted === undefined || from.uid === wanted.uid || object.frames === 0) return true;
  if (!from.isEncapsulated && !wanted.isEncapsulated) return true;
  return isTranscodable(from.uid, wanted.uid);
}

function notWritable({ transferSyntax }: StoredInstance) {
  const { name } = transferSyntaxOf(transferSyntax);
  const message = `An object is kept as ${name}, and cannot be had as it was asked for; with transfer-syntax=* it can.`;
  return unsupported("not-acceptable", message, { where: "accept" });
}

async function fileOf({ needs, context, wanted }: Sending, object: StoredInstance): Promise<Result<OpenedFile>> {
  const blob = await context.images.open(object.blob);
  if (!blob.ok) return blob;
  const file = isAsKept(object, wanted?.uid)
    ? ok(keptFile(object, blob.value))
    : await writtenFile({
        object,
        blob: blob.value,
        to: wanted ?? transferSyntaxOf(object.transferSyntax),
        engine: needs.engine,
        ids: context.ids,
      });
  if (!file.ok) await blob.value.close();
  return file.ok ? ok({ file: file.value, close: () => blob.value.close() }) : file;
}

interface OpenedFile {
  readonly file: OutgoingFile;
  close(): Promise<void>;
}

/** One object by itself. */
export async function sendOne(sending: Sending, object: StoredInstance): Promise<Result<HttpReply>> {
  const opened = await fileOf(sending, object);
  if (!opened.ok) return opened;
  const { file, close } = opened.value;
  const length = file.sizeBytes === undefined ? {} : { "content-length": String(file.sizeBytes) };
  const headers = { "content-type": `application/dicom; transfer-syntax=${file.transferSyntax}`, ...length };
  return ok({ status: 200, headers, pieces: closing(file, close) });
}

async function* closing(file: OutgoingFile, close: () => Promise<void>): AsyncGenerator<Uint8Array | StoredRange> {
  try {
    yield* file.ranges();
  } finally {
    await close();
  }
}

async function sendParts(sending: Sending, objects: readonly StoredInstance[]): Promise<Result<HttpReply>> {
  const writer = multipartWriter(boundaryFrom(sending.context.ids), "application/dicom");
  const length = keptLength(sending, objects);
  const headers = {
    "content-type": writer.contentType,
    ...(length === undefined ? {} : { "content-length": String(length) }),
  };
  return ok({ status: 200, headers, pieces: parts(sending, objects, writer) });
}

function partHeaders({ request }: Sending, object: StoredInstance, transferSyntax: string) {
  const { study, series, instance } = object;
  return {
    "Content-Type": `application/dicom; transfer-syntax=${transferSyntax}`,
    "Content-Location": addressUrl(request.origin, { study, series, instance }),
  };
}

/** Known when every object goes out as it is kept. */
function keptLength(sending: Sending, objects: readonly StoredInstance[]): number | undefined {
  if (!objects.every((object) => isAsKept(object, sending.wanted?.uid))) return undefined;
  const writer = multipartWriter(boundaryFrom(sending.context.ids), "application/dicom");
  const heads = objects.map((object) => writer.head(partHeaders(sending, object, object.transferSyntax)).length);
  return objects.reduce((sum, { sizeBytes }, index) => sum + sizeBytes + (heads[index] ?? 0), writer.end.length);
}

/** The next file is opened while one is sent. */
async function* parts(
  sending: Sending,
  objects: readonly StoredInstance[],
  writer: MultipartWriter,
): AsyncGenerator<Uint8Array | StoredRange> {
  let next: Promise<Result<OpenedFile>> | undefined;
  try {
    for (const [index, object] of objects.entries()) {
      const opened = await (next ?? fileOf(sending, object));
      const following = objects[index + 1];
      next = following === undefined ? undefined : fileOf(sending, following);
      // It is looked at when its turn comes.
      next?.catch(() => undefined);
      if (!opened.ok) throw new Error(opened.problems[0].message);
      const { file, close } = opened.value;
      try {
        yield writer.head(partHeaders(sending, object, file.transferSyntax));
        yield* file.ranges();
      } finally {
        await close();
      }
    }
    yield writer.end;
  } finally {
    const left = await next;
    if (left?.ok) await left.value.close();
  }
}
