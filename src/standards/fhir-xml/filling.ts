import { type Json, type JsonObject, type WrittenNumbers, writtenNumbers, writtenNumbersOf } from "#kernel";

/** A JSON object that is being filled, and how its unusual numbers were written. */
export interface Filling {
  readonly object: Record<string, Json>;
  /** Undefined while there is no unusual number, here or below. */
  written: Record<string, string> | undefined;
}

/** Puts a member in, and remembers whether there are unusual numbers below it. */
export function put(filling: Filling, key: string, value: Json): void {
  filling.object[key] = value;
  if (filling.written === undefined && holdsUnusual(value)) filling.written = {};
}

export function putNumber(
  filling: Filling,
  key: string,
  { value, written }: { readonly value: Json; readonly written: string },
): void {
  filling.object[key] = value;
  filling.written = { ...filling.written, [key]: written };
}

export function filled({ object, written }: Filling): JsonObject {
  if (written !== undefined) (object as { [writtenNumbers]?: WrittenNumbers })[writtenNumbers] = written;
  return object;
}

function holdsUnusual(value: Json): boolean {
  if (typeof value !== "object" || value === null) return false;
  return Array.isArray(value) ? value.some(holdsUnusual) : writtenNumbersOf(value) !== undefined;
}
