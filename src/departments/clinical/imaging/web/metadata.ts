import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { Context } from "#access";
import type { ImageAddress, StoredInstance } from "#imaging";
import { failed, type HttpReply, type HttpRequest, limits, ok, type Result } from "#kernel";
import { chooseMedia } from "#standards/dicomweb";
import { acceptOf, addressUrl, placeOf } from "./image-place.ts";
import type { MetadataCache } from "./metadata-cache.ts";
import { modelBody, modelOffers } from "./model-body.ts";
import { firstObject, tooMany } from "./stored-objects.ts";

const compress = promisify(gzip);

/**
 * The data sets of a study, series or object, with addresses in place of what is large. Who has them already, by their ETag,
 * gets 304. Source: PS3.18 §10.4.1.1.2, Annex F.
 */
export async function metadata(
  cache: MetadataCache,
  request: HttpRequest,
  context: Context,
): Promise<Result<HttpReply>> {
  const place = placeOf(request, []);
  if (!place.ok) return place;
  const chosen = chooseMedia(acceptOf(request), modelOffers);
  if (!chosen.ok) return chosen;
  const first = await firstObject(context, place.value);
  if (!first.ok) return first;
  const { offer } = chosen.value;
  const etag = etagOf(first.value.studyRevision, place.value, `${request.origin} ${offer.name}`);
  const headers = { etag, "cache-control": "private, no-cache", vary: "accept" };
  if (isKnown(request, etag)) return ok({ status: 304, headers });
  if (offer.name === "application/dicom+xml") {
    const texts = await textsOf(place.value, { request, context });
    const body = texts.ok ? modelBody(texts.value, offer, context.ids) : texts;
    return body.ok ? ok({ ...body.value, headers: { ...body.value.headers, ...headers } }) : body;
  }
  return jsonMetadata(place.value, { cache, request, context, etag, headers });
}

interface JsonNeeds {
  readonly cache: MetadataCache;
  readonly request: HttpRequest;
  readonly context: Context;
  readonly etag: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Packed once, for everybody who takes it so. */
async function jsonMetadata(
  address: ImageAddress,
  { cache, request, context, etag, headers }: JsonNeeds,
): Promise<Result<HttpReply>> {
  const isPacked = /\bgzip\b(?!\s*;\s*q=0(?:\.0*)?(?:,|$))/.test(request.headers["accept-encoding"] ?? "");
  const key = `${isPacked ? "gzip" : "plain"} ${etag}`;
  let body = cache.get(key);
  if (body === undefined) {
    const texts = await textsOf(address, { request, context });
    if (!texts.ok) return texts;
    const plain = Buffer.from(`[${texts.value.join(",\n")}]`);
    body = isPacked ? await compress(plain, { level: 2 }) : plain;
    cache.put(key, body);
  }
  const encoding = isPacked ? { "content-encoding": "gzip" } : undefined;
  const type = { "content-type": "application/dicom+json" };
  return ok({ status: 200, headers: { ...headers, ...type, ...encoding, vary: "accept, accept-encoding" }, body });
}

/** Changes with any object and any edit of the study, and with the address that bulk data are named by. */
function etagOf(revision: string, { study, series, instance }: ImageAddress, salt: string): string {
  const hash = createHash("sha256").update([revision, study, series, instance, salt].join("\n"));
  return `"${hash.digest("base64url").slice(0, 27)}"`;
}

export function isKnown({ headers }: HttpRequest, etag: string): boolean {
  const asked = headers["if-none-match"];
  return (
    asked !== undefined &&
    (asked.trim() === "*" || asked.split(",").some((one) => one.trim().replace(/^W\//, "") === etag))
  );
}

interface TextNeeds {
  readonly request: HttpRequest;
  readonly context: Context;
}

async function textsOf(address: ImageAddress, { request, context }: TextNeeds): Promise<Result<readonly string[]>> {
  const texts: string[] = [];
  for (let after: readonly (string | number)[] | undefined, isFirst = true; isFirst || after !== undefined; ) {
    const limit = limits.imageInstancesPageMax;
    const question = { address, withMetadata: true, limit };
    const page = await context.images.instances(after === undefined ? question : { ...question, after });
    if (!page.ok) return page;
    for (const object of page.value.instances) texts.push(objectText(object, request.origin));
    if (texts.length > limits.retrievedObjectsMax) return failed(tooMany);
    after = page.value.next;
    isFirst = false;
  }
  return ok(texts);
}

/** JSON is in UTF-8, whatever the object's bytes are in. */
function objectText(
  { metadata: members = "", study, series, instance, transferSyntax }: StoredInstance,
  origin: string,
): string {
  const url = addressUrl(origin, { study, series, instance });
  const placed = members.replaceAll('"BulkDataURI":"bulk/', `"BulkDataURI":"${url}/bulk/`);
  const named = placed.replace(/^"00080005":\{[^}]*\}/, '"00080005":{"vr":"CS","Value":["ISO_IR 192"]}');
  return `{${named},"00083002":{"vr":"UI","Value":["${transferSyntax}"]}}`;
}
