import type { Context } from "#access";
import type { StoredInstance } from "#imaging";
import { failed, type HttpReply, type HttpRequest, incorrect, limits, type Result } from "#kernel";
import { chooseMedia, parseRendering } from "#standards/dicomweb";
import { thumbnailWish } from "#standards/pixels";
import type { DicomwebNeeds } from "./dicomweb-needs.ts";
import { noPixels } from "./frame-source.ts";
import { acceptOf, placeOf } from "./image-place.ts";
import { picture } from "./rendered.ts";
import { storedObjects } from "./stored-objects.ts";

const offers = [{ name: "image/jpeg", isMultipart: false }];

/**
 * A small picture that stands for a study, series, object or frame: the middle of those there are. Source: PS3.18 §10.4.1.1.4,
 * §10.4.1.2.2.
 */
export async function thumbnail(
  needs: DicomwebNeeds,
  request: HttpRequest,
  context: Context,
): Promise<Result<HttpReply>> {
  const place = placeOf(request, ["viewport"]);
  if (!place.ok) return place;
  const rendering = parseRendering(request.query);
  if (!rendering.ok) return rendering;
  const chosen = chooseMedia(acceptOf(request), offers);
  if (!chosen.ok) return chosen;
  const frame = request.params.frames;
  if (frame !== undefined && !/^[1-9]\d{0,8}$/.test(frame)) {
    return failed(incorrect("frame-list-invalid", "A frame is a number from 1 on.", { where: "frames" }));
  }
  const objects = await storedObjects(context, place.value);
  if (!objects.ok) return objects;
  const object = middleOf(objects.value);
  if (object === undefined) return failed(noPixels);
  const { viewport } = rendering.value;
  const side = Math.min(Math.max(viewport?.width ?? 0, viewport?.height ?? 0) || limits.thumbnailSide, 1_024);
  const number = frame === undefined ? Math.ceil(object.frames / 2) : Number(frame);
  const picturing = { needs, request, context, wish: thumbnailWish(side), rendering: { annotations: [] } };
  return picture(picturing, { object, frame: number });
}

/** Of the first series that has pictures. */
function middleOf(objects: readonly StoredInstance[]): StoredInstance | undefined {
  const pictured = objects.filter(({ frames }) => frames > 0);
  const own = pictured.filter(({ series }) => series === pictured[0]?.series);
  return own[Math.floor(own.length / 2)];
}
