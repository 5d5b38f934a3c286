import { z } from "zod";
import type { Context } from "#access";
import {
  failed,
  type HttpReply,
  type HttpRequest,
  incorrect,
  jsonReply,
  ok,
  type Problem,
  type Result,
  type Route,
} from "#kernel";
import type { Cursor } from "#record";

type Handle = Route<Context>["handle"];

/** Who asks, and the `:id` of the path; empty where it has none. */
export interface Asked {
  readonly context: Context;
  readonly id: string;
}

/** A handler that answers a query with JSON. Problems: `query-incorrect`, and those of the answer. */
export function answersQuery<T>(
  schema: z.ZodType<T>,
  answer: (query: T, asked: Asked) => Promise<Result<unknown>>,
): Handle {
  return async (request, context) => {
    const query = checked(schema, Object.fromEntries(request.query), "query-incorrect");
    return query.ok ? json(await answer(query.value, askedOf(request, context))) : query;
  };
}

/** A handler that answers a JSON body with JSON. Problems: `body-incorrect`, and those of the answer. */
export function answersBody<T>(
  schema: z.ZodType<T>,
  answer: (body: T, asked: Asked) => Promise<Result<unknown>>,
): Handle {
  return async (request, context) => {
    const body = checked(schema, parsed(Buffer.from(request.body).toString("utf8")), "body-incorrect");
    return body.ok ? json(await answer(body.value, askedOf(request, context))) : body;
  };
}

/** A handler that answers a path alone with JSON. */
export function answers(answer: (asked: Asked) => Promise<Result<unknown>>): Handle {
  return async (request, context) => json(await answer(askedOf(request, context)));
}

function askedOf({ params }: HttpRequest, context: Context): Asked {
  return { context, id: params.id ?? "" };
}

function json(result: Result<unknown>): Result<HttpReply> {
  return result.ok ? ok(jsonReply(result.value)) : result;
}

function checked<T>(schema: z.ZodType<T>, value: unknown, code: string): Result<T> {
  const read = schema.safeParse(value);
  if (read.success) return ok(read.data);
  const [first, ...rest] = read.error.issues.map(
    ({ message, path }): Problem => incorrect(code, message, { where: path.join(".") }),
  );
  return failed(first ?? incorrect(code, "This cannot be read."), ...rest);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** An opaque text for a place in a list. */
export function writeCursor(place: Cursor): string {
  return Buffer.from(JSON.stringify(place)).toString("base64url");
}

/** What `writeCursor` wrote. Problems: incorrect `cursor-incorrect`. */
export function readCursor(text: string): Result<Cursor> {
  const place = placeInRecord.safeParse(parsed(Buffer.from(text, "base64url").toString("utf8")));
  if (place.success) return ok(place.data);
  return failed(incorrect("cursor-incorrect", "The cursor is not one that this list gave.", { where: "cursor" }));
}

const placeInRecord = z
  .object({
    position: z.number().int().min(0),
    values: z.array(z.union([z.number(), z.string(), z.null()])).optional(),
  })
  .transform(({ position, values }): Cursor => (values === undefined ? { position } : { position, values }));
