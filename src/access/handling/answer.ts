import type { z } from "zod";
import { type HttpReply, type HttpRequest, jsonReply, ok, type Result, type Route } from "#kernel";
import type { Context } from "../context.ts";
import { readBody, readQuery } from "./request.ts";

type Handle = Route<Context>["handle"];

/** Who asks, and the `:id` or `:name` of the path; empty where it has none. */
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
    const query = readQuery(schema, request);
    return query.ok ? json(await answer(query.value, { context, id: idOf(request) })) : query;
  };
}

/**
 * A handler that answers a JSON body with JSON; `status` is 201 where it makes something. Problems: `invalid-json`,
 * `body-incorrect`, and those of the answer.
 */
export function answersBody<T>(
  schema: z.ZodType<T>,
  answer: (body: T, asked: Asked) => Promise<Result<unknown>>,
  status: 200 | 201 = 200,
): Handle {
  return async (request, context) => {
    const body = readBody(schema, request);
    return body.ok ? json(await answer(body.value, { context, id: idOf(request) }), status) : body;
  };
}

/** A handler that answers a path alone with JSON. */
export function answers(answer: (asked: Asked) => Promise<Result<unknown>>): Handle {
  return async (request, context) => json(await answer({ context, id: idOf(request) }));
}

function idOf({ params }: HttpRequest): string {
  return params.id ?? params.name ?? "";
}

/** What was found, as JSON. */
export function json(result: Result<unknown>, status: 200 | 201 = 200): Result<HttpReply> {
  return result.ok ? ok(jsonReply(result.value, status)) : result;
}

/** That something was done of which there is nothing to tell. */
export function done(result: Result<unknown>): Result<HttpReply> {
  return result.ok ? ok({ status: 204 }) : result;
}
