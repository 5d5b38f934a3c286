import { z } from "zod";
import { failed, type HttpRequest, incorrect, ok, type Problem, type Result } from "#kernel";
import type { Cursor } from "#record";

/** The query of a request, checked and typed. Problems: incorrect `query-incorrect`, where `?name`. */
export function readQuery<T>(schema: z.ZodType<T>, { query }: HttpRequest): Result<T> {
  const parsed = schema.safeParse(Object.fromEntries(query));
  if (parsed.success) return ok(parsed.data);
  const [first, ...rest] = parsed.error.issues.map(
    (issue): Problem => incorrect("query-incorrect", issue.message, { where: `?${issue.path.join(".")}` }),
  );
  return failed(first ?? incorrect("query-incorrect", "The query cannot be read."), ...rest);
}

/** An opaque text for any place in a list. */
export function writeCursor(place: unknown): string {
  return Buffer.from(JSON.stringify(place)).toString("base64url");
}

/** What `writeCursor` wrote, when it has the shape asked for. Problems: incorrect `cursor-incorrect`. */
export function readCursor<T>(text: string, schema: z.ZodType<T>): Result<T> {
  const place = schema.safeParse(parseJson(Buffer.from(text, "base64url").toString("utf8")));
  if (place.success) return ok(place.data);
  return failed(incorrect("cursor-incorrect", "The cursor is not one that this list gave.", { where: "?cursor" }));
}

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

/** The JSON body of a request, checked and typed. Problems: incorrect `body-incorrect`, where the member is. */
export function readBody<T>(schema: z.ZodType<T>, { body }: HttpRequest): Result<T> {
  const parsed = schema.safeParse(parseJson(Buffer.from(body).toString("utf8")));
  if (parsed.success) return ok(parsed.data);
  const [first, ...rest] = parsed.error.issues.map(
    (issue): Problem => incorrect("body-incorrect", issue.message, { where: issue.path.join(".") }),
  );
  return failed(first ?? incorrect("body-incorrect", "The body cannot be read."), ...rest);
}
