import type { Context } from "#access";
import type { AttributeMatch, FoundImages, ImageAddress, ImageLevel, ImageQuery } from "#imaging";
import { failed, type HttpReply, type HttpRequest, incorrect, jsonReply, limits, ok, type Result } from "#kernel";
import { type Tag, tagNamed } from "#standards/dicom";
import { chooseMedia, parseQuery, type WebQuery } from "#standards/dicomweb";
import { acceptOf, addressIn, servicePath } from "./image-place.ts";
import { modelBody, modelOffers } from "./model-body.ts";
import { rowText } from "./row-text.ts";
import { includedBelow } from "./search-level.ts";

export type SearchLevel = Exclude<ImageLevel, "patient">;

/** Answers a search (QIDO-RS). Source: PS3.18 §10.6; an empty list is 200 with `[]`: CP-2473. */
export async function search(level: SearchLevel, request: HttpRequest, context: Context): Promise<Result<HttpReply>> {
  const chosen = chooseMedia(acceptOf(request), modelOffers);
  if (!chosen.ok) return chosen;
  const asked = questionOf(level, request);
  if (!asked.ok) return asked;
  const { query, web } = asked.value;
  if (web.limit === 0) return modelBody([], chosen.value.offer, context.ids);
  const found = await context.images.find(query);
  if (!found.ok) return found;
  const rows = found.value.rows.map((row) => rowText(level, row, request.origin));
  const body = modelBody(rows, chosen.value.offer, context.ids);
  if (!body.ok) return body;
  const total = await totalOf(asked.value, found.value, { request, context });
  if (!total.ok) return total;
  const headers = { ...body.value.headers, ...searchHeaders(request, web, { found: found.value, total: total.value }) };
  return ok({ ...body.value, headers });
}

/** Answers `{"count": 12}`: how many rows the same search has without limit and offset. */
export async function count(level: SearchLevel, request: HttpRequest, context: Context): Promise<Result<HttpReply>> {
  const asked = questionOf(level, request);
  if (!asked.ok) return asked;
  const counted = await context.images.count(asked.value.query);
  return counted.ok ? ok(jsonReply({ count: counted.value })) : counted;
}

interface Asked {
  readonly web: WebQuery;
  readonly query: ImageQuery;
}

function questionOf(level: SearchLevel, request: HttpRequest): Result<Asked> {
  const place = addressIn(request);
  if (!place.ok) return place;
  const web = parseQuery(request.query);
  if (!web.ok) return web;
  const within = placeMatches(place.value);
  const twice = web.value.match.find(({ path }) => within.some((one) => path.length === 1 && one.path[0] === path[0]));
  if (twice !== undefined) {
    const message = "What the address names is not named again in the query.";
    return failed(incorrect("attribute-repeated", message, { where: "StudyInstanceUID" }));
  }
  const include = includedBelow(level, web.value.include);
  const query = {
    level,
    match: [...within, ...web.value.match],
    isFuzzy: web.value.isFuzzy,
    limit: Math.min(web.value.limit, limits.imageRowsMax),
    skip: web.value.offset,
    ...(include === undefined ? {} : { include }),
  };
  return ok({ web: web.value, query });
}

const studyUid = tagNamed("StudyInstanceUID") as Tag;
const seriesUid = tagNamed("SeriesInstanceUID") as Tag;

function placeMatches({ study, series }: ImageAddress): readonly AttributeMatch[] {
  const match = (tag: Tag, uid: string): AttributeMatch => ({ path: [tag], test: { is: "one-of", values: [uid] } });
  return [
    ...(study === undefined ? [] : [match(studyUid, study)]),
    ...(series === undefined ? [] : [match(seriesUid, series)]),
  ];
}

/** Known without counting where the list has ended; counted where the caller prefers that. */
async function totalOf(
  { query, web }: Asked,
  { rows, next }: FoundImages,
  { request, context }: { readonly request: HttpRequest; readonly context: Context },
): Promise<Result<number | undefined>> {
  if (next === undefined && (rows.length > 0 || web.offset === 0)) return ok(web.offset + rows.length);
  const isWanted = /(?:^|[,;\s])count=exact(?:$|[,;\s])/.test(request.headers.prefer ?? "");
  return isWanted ? context.images.count(query) : ok(undefined);
}

function searchHeaders(
  { origin }: HttpRequest,
  { isLimitOurs }: WebQuery,
  { found, total }: { readonly found: FoundImages; readonly total: number | undefined },
): Readonly<Record<string, string>> {
  const isCut = isLimitOurs && found.next !== undefined;
  const sentence = "There are additional results that can be requested";
  return {
    ...(total === undefined ? {} : { "x-total-count": String(total) }),
    ...(isCut ? { warning: `299 ${origin}${servicePath}: ${sentence}` } : {}),
  };
}
