export type Json = string | number | boolean | null | readonly Json[] | JsonObject;
export type JsonObject = { readonly [key: string]: Json };

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * Under this symbol an object keeps how numbers in it were written, by their names, where JavaScript would write them
 * differently (in FHIR 5.0 is not 5), and so does every object around it, if only as an empty table. Readers of JSON and XML
 * set it, writers look at it; copies made with `{...object}` keep it.
 */
export const writtenNumbers: unique symbol = Symbol("numbers as written");

export type WrittenNumbers = Readonly<Record<string, string>>;

/** A copy with every member changed; numbers that stay stay as they were written. */
export function withMembers(object: JsonObject, change: (member: Json, name: string) => Json): JsonObject {
  const copy = Object.fromEntries(Object.entries(object).map(([name, member]) => [name, change(member, name)]));
  const written = writtenNumbersOf(object);
  return written === undefined ? copy : ({ ...copy, [writtenNumbers]: written } as JsonObject);
}

/** The numbers of this object as they were written, where any in it or below is unusual. */
export function writtenNumbersOf(value: unknown): WrittenNumbers | undefined {
  return (value as { readonly [writtenNumbers]?: WrittenNumbers })[writtenNumbers];
}
