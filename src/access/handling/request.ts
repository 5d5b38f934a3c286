import { z } from "zod";
import { failed, type HttpRequest, incorrect, ok, type Problem, type Result, unsupported } from "#kernel";
import type { Cursor } from "#record";

/** The query of a request, checked and typed. Problems: incorrect `query-incorrect`, where `?name`. */
export function readQuery<T>(schema: z.ZodType<T>, { query }: HttpRequest): Result<T> {
  const parsed = schema.safeParse(Object.fromEntries(query));
  return parsed.success ? ok(parsed.data) : refused(parsed.error, "query-incorrect", "?");
}

/**
 * The JSON body of a request, checked and typed; an empty one is undefined to the schema. Problems: unsupported
 * `media-type-not-supported`, for a body that does not say that it is JSON; incorrect `invalid-json`; `body-incorrect`, where
 * the member is.
 */
export function readBody<T>(schema: z.ZodType<T>, { body, headers }: HttpRequest): Result<T> {
  const typed = body.length === 0 ? ok(undefined) : checkJsonType(headers);
  if (!typed.ok) return typed;
  const json = parseJson(Buffer.from(body).toString("utf8"));
  if (json === undefined && body.length > 0) return failed(incorrect("invalid-json", "The body is not JSON."));
  const parsed = schema.safeParse(json);
  return parsed.success ? ok(parsed.data) : refused(parsed.error, "body-incorrect", "");
}

/** Whether a body says that it is JSON. Problems: unsupported. Source: RFC 8259 §11; RFC 6839 §3.1 (`+json`). */
export function checkJsonType(headers: HttpRequest["headers"]): Result<undefined> {
  const isJson = /^application\/([\w.-]+\+)?json *(;|$)/i.test(headers["content-type"] ?? "");
  return isJson ? ok(undefined) : failed(notJson);
}

const notJson = unsupported("media-type-not-supported", "Send JSON, with the header content-type: application/json.");

/** All that the schema finds wrong, each with its place behind `before`. */
function refused({ issues }: z.ZodError, code: string, before: string): Result<never> {
  const [first, ...rest] = issues.map(({ path, message }): Problem => {
    const place = path.length === 0 ? {} : { where: before + path.join(".") };
    return incorrect(code, message.endsWith(".") ? message : `${message}.`, place);
  });
  return failed(first ?? incorrect(code, "It cannot be read."), ...rest);
}

/** An opaque text for any place in a list. */
export function writeCursor(place: unknown): string {
  return Buffer.from(JSON.stringify(place)).toString("base64url");
}

/**
 * What `writeCursor` wrote, when it has the shape asked for; undefined for the beginning of a list, which has none.
 * Problems: incorrect `cursor-incorrect`.
 */
export function readCursor<T>(text: string | undefined, schema: z.ZodType<T>): Result<T | undefined> {
  if (text === undefined) return ok(undefined);
  const place = schema.safeParse(parseJson(Buffer.from(text, "base64url").toString("utf8")));
  if (place.success) return ok(place.data);
  return failed(incorrect("cursor-incorrect", "The cursor is not one that this list gave.", { where: "?cursor" }));
}

/** Undefined where it is not JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The shape of a cursor of the record, for `readCursor`. */
export const placeInRecord = z
  .object({
    position: z.number().int().min(0),
    values: z.array(z.union([z.number(), z.string(), z.null()])).optional(),
  })
  .transform(({ position, values }): Cursor => (values === undefined ? { position } : { position, values }));
