import { isJsonObject, type Json } from "#kernel";

export interface LeafChange {
  /** `intake.port`; empty for the whole file. */
  readonly place: string;
  readonly before?: string;
  readonly after?: string;
}

/** What two versions of a file say differently, place by place; lists are compared in their order. */
export function leafChanges(before: Json | undefined, after: Json | undefined, place = ""): readonly LeafChange[] {
  if (before === undefined || after === undefined || !isSameShape(before, after)) return changed(before, after, place);
  if (!isInside(before)) return changed(before, after, place);
  const [one, other] = [before, after] as readonly Readonly<Record<string, Json>>[];
  const keys = new Set([...Object.keys(one ?? {}), ...Object.keys(other ?? {})]);
  const inside = (key: string) => (Array.isArray(before) ? `${place}[${key}]` : place === "" ? key : `${place}.${key}`);
  return [...keys].flatMap((key) => leafChanges(one?.[key], other?.[key], inside(key)));
}

function changed(before: Json | undefined, after: Json | undefined, place: string): readonly LeafChange[] {
  const [one, other] = [before, after].map((value) => (value === undefined ? undefined : textOf(value)));
  if (one === other) return [];
  return [{ place, ...(one === undefined ? {} : { before: one }), ...(other === undefined ? {} : { after: other }) }];
}

function textOf(value: Json): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

function isInside(value: Json): boolean {
  return Array.isArray(value) || isJsonObject(value);
}

function isSameShape(one: Json, other: Json): boolean {
  return isInside(one) === isInside(other) && Array.isArray(one) === Array.isArray(other);
}
