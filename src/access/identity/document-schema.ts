import type { z } from "zod";
import { incorrect, type JsonObject, type Problem } from "#kernel";
import { parseBody, type Version } from "#record";

/** The check of a kind whose documents have this schema: each problem with the place it is at. */
export function checkBy(kind: string, schema: z.ZodType): (body: JsonObject) => readonly Problem[] {
  return (body) => {
    const parsed = schema.safeParse(body);
    if (parsed.success) return [];
    return parsed.error.issues.map(({ path, message }) =>
      incorrect("invalid-document", message, { where: [kind, ...path].join(".") }),
    );
  };
}

/** A document as the body of an operation. Members that are undefined are not written. */
export function bodyOf(document: object): JsonObject {
  return document as JsonObject;
}

export type Stored<T> = T & { readonly id: string; readonly version: number };

/** A document of the record as the schema reads it, with its id and the version it was read at. */
export function storedBy<T extends object>(schema: z.ZodType<T>, version: Version): Stored<T> {
  return { ...schema.parse(parseBody(version)), id: version.id, version: version.version };
}
