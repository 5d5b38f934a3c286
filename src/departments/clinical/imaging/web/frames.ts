import type { Context } from "#access";
import type { StoredInstance } from "#imaging";
import { failed, type HttpReply, type HttpRequest, ok, type Result, type StoredRange, unsupported } from "#kernel";
import {
  type Chosen,
  chooseMedia,
  type MultipartWriter,
  multipartWriter,
  type Offer,
  parseFrameList,
} from "#standards/dicomweb";
import { type PixelEngine, planTranscoding, type TranscodePlan } from "#standards/pixels";
import type { DicomwebNeeds } from "./dicomweb-needs.ts";
import { frameOffers, frameSyntax, frameType } from "./frame-choice.ts";
import { type FrameSource, noPixels, openFrames } from "./frame-source.ts";
import { acceptOf, addressUrl, placeOf } from "./image-place.ts";
import { boundaryFrom } from "./model-body.ts";
import { storedObject } from "./stored-objects.ts";

/** Sends frames of an object, as they are kept or coded otherwise. Source: PS3.18 §10.4.1.1.6, §8.7.3.3. */
export async function frames(needs: DicomwebNeeds, request: HttpRequest, context: Context): Promise<Result<HttpReply>> {
  const list = parseFrameList(request.params.frames ?? "");
  return list.ok ? sendFrames(needs, { request, context, list: list.value }) : list;
}

/** All frames of an object. Source: PS3.18 §10.4.1.1.7. */
export async function pixelData(
  needs: DicomwebNeeds,
  request: HttpRequest,
  context: Context,
): Promise<Result<HttpReply>> {
  return sendFrames(needs, { request, context, list: "all" });
}

interface Asked {
  readonly request: HttpRequest;
  readonly context: Context;
  readonly list: readonly number[] | "all";
}

async function sendFrames(needs: DicomwebNeeds, { request, context, list }: Asked): Promise<Result<HttpReply>> {
  const place = placeOf(request, []);
  if (!place.ok) return place;
  const object = await storedObject(context, place.value);
  if (!object.ok) return object;
  if (object.value.frames === 0) return failed(noPixels);
  const numbers = list === "all" ? Array.from({ length: object.value.frames }, (_, index) => index + 1) : list;
  const chosen = chooseFrames(request, object.value, numbers.length === 1);
  if (!chosen.ok) return chosen;
  const source = await openFrames(context, object.value);
  if (!source.ok) return source;
  const sending = sendingOf(needs.engine, source.value, chosen.value);
  const reply = sending.ok
    ? await replyOf(sending.value, numbers, { request, context })
    : failed(unsupported("not-acceptable", sending.problems[0].message, { where: "accept" }));
  if (!reply.ok) await source.value.close();
  return reply;
}

function chooseFrames(request: HttpRequest, object: StoredInstance, isOne: boolean): Result<Chosen<Offer>> {
  return chooseMedia(
    acceptOf(request),
    frameOffers(object, isOne),
    (chosen) => frameSyntax(object, chosen) !== undefined,
  );
}

interface Sending {
  readonly source: FrameSource;
  readonly offer: Offer;
  readonly syntax: string;
  /** Undefined where frames go out as they are kept. */
  readonly plan: TranscodePlan | undefined;
  readonly engine: PixelEngine;
}

function sendingOf(engine: PixelEngine, source: FrameSource, chosen: Chosen<Offer>): Result<Sending> {
  const syntax = frameSyntax(source.object, chosen) ?? source.image.syntax;
  const common = { source, offer: chosen.offer, syntax, engine };
  if (syntax === source.image.syntax) return ok({ ...common, plan: undefined });
  const plan = planTranscoding(source.image, syntax);
  return plan.ok ? ok({ ...common, plan: plan.value }) : plan;
}

type Piece = Uint8Array | StoredRange;

async function framePiece({ source, plan, engine }: Sending, number: number): Promise<Result<Piece>> {
  const range = plan === undefined ? source.range(number) : undefined;
  if (range !== undefined) return ok(range);
  const frame = await source.frame(number);
  if (!frame.ok) return frame;
  return plan === undefined ? ok(frame.value.bytes) : engine.transcode(frame.value, plan);
}

/** The first is at hand before anything is answered, so that what cannot be had is told. */
async function replyOf(
  sending: Sending,
  numbers: readonly number[],
  { request, context }: Pick<Asked, "request" | "context">,
): Promise<Result<HttpReply>> {
  const [one = 1] = numbers;
  const beyond = numbers.find((number) => number > sending.source.image.frames);
  const first = await framePiece(sending, beyond ?? one);
  if (!first.ok) return first;
  const type = frameType(sending.offer.name, sending.syntax);
  const status = 200;
  if (!sending.offer.isMultipart) {
    const length = first.value instanceof Uint8Array ? first.value.length : first.value.lengthBytes;
    const headers = { "content-type": type, "content-length": String(length) };
    return ok({ status, headers, pieces: single(sending, first.value) });
  }
  const writer = multipartWriter(boundaryFrom(context.ids), sending.offer.name);
  const url = addressUrl(request.origin, sending.source.object);
  const head = (number: number) => writer.head({ "Content-Type": type, "Content-Location": `${url}/frames/${number}` });
  const headers = { "content-type": writer.contentType };
  return ok({ status, headers, pieces: parts(sending, { numbers, first: first.value, head, writer }) });
}

async function* single({ source }: Sending, piece: Piece): AsyncGenerator<Piece> {
  try {
    yield piece;
  } finally {
    await source.close();
  }
}

interface Parts {
  readonly numbers: readonly number[];
  readonly first: Piece;
  readonly head: (number: number) => Uint8Array;
  readonly writer: MultipartWriter;
}

async function* parts(sending: Sending, { numbers, first, head, writer }: Parts): AsyncGenerator<Piece> {
  try {
    for (const [index, number] of numbers.entries()) {
      const bytes: Result<Piece> = index === 0 ? ok(first) : await framePiece(sending, number);
      if (!bytes.ok) throw new Error(bytes.problems[0].message);
      yield head(number);
      yield bytes.value;
    }
    yield writer.end;
  } finally {
    await sending.source.close();
  }
}
