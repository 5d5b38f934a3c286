import type { z } from "zod";
import { failed, type HttpRequest, incorrect, okUnless, type Problem, type Result } from "#kernel";

/** The JSON body as the schema reads it. Problems: incorrect, each with its place. */
export function readJson<T>(schema: z.ZodType<T>, request: HttpRequest): Result<T> {
  let body: unknown;
  try {
    body = JSON.parse(Buffer.from(request.body).toString("utf8"));
  } catch {
    return failed(incorrect("invalid-json", "The body is not JSON."));
  }
  return readWith(schema, body);
}

export function readQuery<T>(schema: z.ZodType<T>, request: HttpRequest): Result<T> {
  return readWith(schema, Object.fromEntries(request.query));
}

function readWith<T>(schema: z.ZodType<T>, value: unknown): Result<T> {
  const parsed = schema.safeParse(value);
  const problems = parsed.success ? [] : parsed.error.issues.map(problemOf);
  return okUnless(problems, parsed.data as T);
}

function problemOf({ path, message }: z.core.$ZodIssue): Problem {
  return incorrect("invalid-request", `${message}.`, path.length === 0 ? {} : { where: path.join(".") });
}
