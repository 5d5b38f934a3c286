import type { Context } from "#access";
import type { StoredInstance } from "#imaging";
import { failed, type HttpReply, type HttpRequest, ok, type Result } from "#kernel";
import type { DataSet } from "#standards/dicom";
import {
  chooseMedia,
  type MultipartWriter,
  multipartWriter,
  type Offer,
  parseFrameList,
  parseRendering,
  type Rendering,
} from "#standards/dicomweb";
import { frameImage, type RenderedImage, type RenderWish } from "#standards/pixels";
import type { DicomwebNeeds } from "./dicomweb-needs.ts";
import { type FrameSource, noPixels, openFrames } from "./frame-source.ts";
import { acceptOf, addressUrl, placeOf } from "./image-place.ts";
import { isKnown } from "./metadata.ts";
import { boundaryFrom } from "./model-body.ts";
import { storedObjects } from "./stored-objects.ts";

const formats = { "image/jpeg": "jpeg", "image/png": "png", "image/gif": "gif" } as const;
type PictureType = keyof typeof formats;

const parameters = ["window", "viewport", "quality", "annotation", "iccprofile"];

/**
 * Pictures of frames, as people see them: of an object its first frame, of a series or study one of each object that has pixels.
 * Source: PS3.18 §10.4.1.1.3, §8.3.5, Table 10.4.1-3.
 */
export async function rendered(
  needs: DicomwebNeeds,
  request: HttpRequest,
  context: Context,
): Promise<Result<HttpReply>> {
  const place = placeOf(request, parameters);
  if (!place.ok) return place;
  const rendering = parseRendering(request.query);
  if (!rendering.ok) return rendering;
  const list = request.params.frames === undefined ? ok([1]) : parseFrameList(request.params.frames);
  if (!list.ok) return list;
  const objects = await storedObjects(context, place.value);
  if (!objects.ok) return objects;
  const pictured = objects.value.filter(({ frames }) => frames > 0);
  const wanted = pictured.flatMap((object) => list.value.map((frame) => ({ object, frame })));
  const [first] = wanted;
  if (first === undefined) return failed(noPixels);
  const isOne = wanted.length === 1 || (place.value.instance !== undefined && list.value.length === 1);
  const chosen = chooseMedia(acceptOf(request), pictureOffers(isOne));
  if (!chosen.ok) return chosen;
  const { offer } = chosen.value;
  const wish = wishOf(rendering.value, formats[offer.name as PictureType]);
  const picturing = { needs, request, context, wish, rendering: rendering.value };
  return offer.isMultipart ? pictures(picturing, wanted, offer) : picture(picturing, first);
}

function pictureOffers(isOne: boolean): readonly Offer[] {
  const names = Object.keys(formats);
  const parts = names.map((name) => ({ name, isMultipart: true }));
  return isOne ? [...names.map((name) => ({ name, isMultipart: false })), ...parts] : parts;
}

export function wishOf({ window, viewport, quality }: Rendering, format: RenderWish["format"]): RenderWish {
  const functions = { linear: "LINEAR", "linear-exact": "LINEAR_EXACT", sigmoid: "SIGMOID" } as const;
  return {
    format,
    ...(quality === undefined ? {} : { quality }),
    ...(window === undefined
      ? {}
      : { window: { center: window.center, width: window.width, function: functions[window.function] } }),
    ...(viewport === undefined ? {} : { viewport: viewportOf(viewport) }),
  };
}

function viewportOf({
  width,
  height,
  source,
}: NonNullable<Rendering["viewport"]>): NonNullable<RenderWish["viewport"]> {
  if (source === undefined) return { width, height };
  const { left: x, top: y, isFlippedAcross, isFlippedDown } = source;
  const sides = {
    width: isFlippedAcross ? -source.width : source.width,
    height: isFlippedDown ? -source.height : source.height,
  };
  return { width, height, source: { x, y, ...sides } };
}

export interface Picturing {
  readonly needs: DicomwebNeeds;
  readonly request: HttpRequest;
  readonly context: Context;
  readonly wish: RenderWish;
  readonly rendering: Pick<Rendering, "annotations">;
}

export interface WantedFrame {
  readonly object: StoredInstance;
  readonly frame: number;
}

/** One picture, or 304 for who has it already. */
export async function picture(picturing: Picturing, wanted: WantedFrame): Promise<Result<HttpReply>> {
  const { object, frame } = wanted;
  const { request, wish } = picturing;
  const told = `${JSON.stringify(wish)}${object.edits.join("")}${picturing.rendering.annotations.join()}`;
  const etag = `"${object.blob.slice(0, 24)}-${frame}-${checksum(told)}"`;
  const headers = { etag, "cache-control": "private, no-cache", vary: "accept" };
  if (isKnown(request, etag)) return ok({ status: 304, headers });
  const image = await drawn(picturing, wanted);
  if (!image.ok) return image;
  return ok({ status: 200, headers: { ...headers, "content-type": image.value.mediaType }, body: image.value.bytes });
}

function checksum(text: string): string {
  let sum = 0;
  for (let at = 0; at < text.length; at += 1) sum = (Math.imul(sum, 31) + text.charCodeAt(at)) >>> 0;
  return sum.toString(36);
}

async function drawn(
  { needs, context, wish, rendering }: Picturing,
  wanted: WantedFrame,
): Promise<Result<RenderedImage>> {
  const source = await openFrames(context, wanted.object);
  if (!source.ok) return source;
  try {
    const image = frameImage(source.value.image, wanted.frame);
    if (!image.ok) return image;
    const frame = await source.value.frame(wanted.frame);
    if (!frame.ok) return frame;
    const annotation = annotationOf(source.value, rendering.annotations);
    const drawing = annotation.length === 0 ? wish : { ...wish, annotation };
    return await needs.engine.render({ ...frame.value, mayTake: true }, image.value, drawing);
  } finally {
    await source.value.close();
  }
}

/** Source: PS3.18 §8.3.5.1.1. */
function annotationOf({ dataSet }: FrameSource, wanted: Rendering["annotations"]): readonly string[] {
  const patient = ["PatientName", "PatientID", "PatientBirthDate", "PatientSex"];
  const technique = ["Modality", "StudyDate", "SeriesDescription", "BodyPartExamined", "KVP", "SliceThickness"];
  return [
    ...(wanted.includes("patient") ? [textLine(dataSet, patient)] : []),
    ...(wanted.includes("technique") ? [textLine(dataSet, technique)] : []),
  ].filter((line) => line !== "");
}

function textLine(dataSet: DataSet, keywords: readonly string[]): string {
  const texts = keywords.map((keyword) => dataSet.text(keyword)?.split("=")[0]?.replaceAll("^", " ").trim() ?? "");
  return texts.filter((text) => text !== "").join("  ");
}

/** Of several the first is at hand before anything is answered. */
async function pictures(
  picturing: Picturing,
  wanted: readonly WantedFrame[],
  { name }: Offer,
): Promise<Result<HttpReply>> {
  const [one] = wanted;
  const first = one === undefined ? failed(noPixels) : await drawn(picturing, one);
  if (!first.ok) return first;
  const writer = multipartWriter(boundaryFrom(picturing.context.ids), name);
  const body = parts(picturing, { wanted, first: first.value, writer });
  return ok({ status: 200, headers: { "content-type": writer.contentType }, body });
}

interface Parts {
  readonly wanted: readonly WantedFrame[];
  readonly first: RenderedImage;
  readonly writer: MultipartWriter;
}

async function* parts(picturing: Picturing, { wanted, first, writer }: Parts): AsyncGenerator<Uint8Array> {
  for (const [index, one] of wanted.entries()) {
    const image: Result<RenderedImage> = index === 0 ? ok(first) : await drawn(picturing, one);
    // A frame that cannot be shown is left out: the others are seen.
    if (!image.ok) continue;
    const place = `${addressUrl(picturing.request.origin, one.object)}/frames/${one.frame}/rendered`;
    yield writer.head({ "Content-Type": image.value.mediaType, "Content-Location": place });
    yield image.value.bytes;
  }
  yield writer.end;
}
