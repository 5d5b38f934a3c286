import type { Context } from "#access";
import { failed, type HttpReply, type HttpRequest, type Result } from "#kernel";
import { transferSyntaxOf } from "#standards/dicom";
import { chooseMedia, parseUriRequest, type UriRequest } from "#standards/dicomweb";
import type { DicomwebNeeds } from "./dicomweb-needs.ts";
import { noPixels } from "./frame-source.ts";
import { picture, wishOf } from "./rendered.ts";
import { sendOne } from "./retrieve.ts";
import { storedObject } from "./stored-objects.ts";

const formats = { "image/jpeg": "jpeg", "image/png": "png", "image/gif": "gif" } as const;

/** One object by its UIDs in the query (WADO-URI): a picture, or the file. Source: PS3.18 §9. */
export async function byUri(needs: DicomwebNeeds, request: HttpRequest, context: Context): Promise<Result<HttpReply>> {
  const asked = parseUriRequest(request.query);
  if (!asked.ok) return asked;
  const { study, series, instance } = asked.value;
  const object = await storedObject(context, { study, series, instance });
  if (!object.ok) return object;
  const isPicture = object.value.frames > 0;
  const chosen = chooseMedia(
    { header: undefined, parameter: asked.value.contentType ?? request.headers.accept ?? null },
    [...(isPicture ? pictures : []), file, ...(isPicture ? [] : pictures)],
  );
  if (!chosen.ok) return chosen;
  const { name } = chosen.value.offer;
  if (name === file.name) return sendFile(needs, { request, context, asked: asked.value }, object.value);
  if (!isPicture) return failed(noPixels);
  const wish = wishOf(asked.value.rendering, formats[name as keyof typeof formats]);
  const rendering = asked.value.rendering;
  const wanted = { object: object.value, frame: asked.value.frame ?? 1 };
  return picture({ needs, request, context, wish, rendering }, wanted);
}

const pictures = Object.keys(formats).map((name) => ({ name, isMultipart: false }));
const file = { name: "application/dicom", isMultipart: false };

interface Asking {
  readonly request: HttpRequest;
  readonly context: Context;
  readonly asked: UriRequest;
}

/** As it is kept unless a syntax is named: what asks so has always taken any. Source: PS3.18 §9.1.2.2.4. */
async function sendFile(
  needs: DicomwebNeeds,
  { request, context, asked }: Asking,
  object: Parameters<typeof sendOne>[1],
): Promise<Result<HttpReply>> {
  const uid = asked.transferSyntax;
  const wanted = uid === undefined || uid === "*" ? undefined : transferSyntaxOf(uid);
  return sendOne({ needs, request, context, wanted }, object);
}
