import { type Json, type JsonObject, type WrittenNumbers, writtenNumbers, writtenNumbersOf } from "#kernel";
import type { QueryPlace } from "./error.ts";

/** What one field gives the object around it: one slot, or several where it is flattened. */
export interface Slot {
  readonly name: string;
  readonly values: readonly Json[];
  readonly isList: boolean;
  /** One value is asked for, also where it would be a list. */
  readonly isSingle: boolean;
  /** How the one value was written, where it is an unusual number. */
  readonly written: string | undefined;
  readonly at: QueryPlace;
}

export interface Assembled {
  readonly object: JsonObject;
  /** Slots of one value that were given several. */
  readonly crowded: readonly Slot[];
}

/** The object made of slots in their order; those of the same name are one list. What has no values is left out. */
export function assemble(slots: readonly Slot[]): Assembled {
  const merged = new Map<string, Slot>();
  for (const slot of slots) {
    const before = merged.get(slot.name);
    if (before === undefined) merged.set(slot.name, slot);
    else merged.set(slot.name, { ...before, values: [...before.values, ...slot.values], written: undefined });
  }
  const filled = [...merged.values()].filter(({ values }) => values.length > 0);
  const entries = filled.map(({ name, values, isList }): [string, Json] => [
    name,
    isList ? values : (values[0] ?? null),
  ]);
  const marks = Object.fromEntries(
    filled.flatMap(({ name, written, isList }) => (written === undefined || isList ? [] : [[name, written]])),
  );
  const object: JsonObject & { [writtenNumbers]?: WrittenNumbers } = Object.fromEntries(entries);
  if (Object.keys(marks).length > 0 || entries.some(([, value]) => holdsUnusual(value))) object[writtenNumbers] = marks;
  return { object, crowded: filled.filter(({ isList, values }) => !isList && values.length > 1) };
}

function holdsUnusual(value: Json): boolean {
  if (typeof value !== "object" || value === null) return false;
  return Array.isArray(value) ? value.some(holdsUnusual) : writtenNumbersOf(value) !== undefined;
}
