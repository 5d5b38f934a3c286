import { failed, incorrect, ok, type Result } from "#kernel";

/** A place whose value is not compared: a segment, a field of it, or a component of that. */
export interface FieldMask {
  readonly segment: string;
  readonly field?: number;
  readonly component?: number;
}

/** What differs in every message: when it was sent, and its number. */
export const usualMasks = ["MSH-7", "MSH-10"] as const;

/** Of `ZPM`, `MSH-7`, `OBX-5.1`. Problem: incorrect `mask-incorrect`. */
export function readMask(text: string): Result<FieldMask> {
  const [, segment, field, component] = /^([A-Z][A-Z0-9]{2})(?:-(\d{1,3})(?:\.(\d{1,3}))?)?$/.exec(text.trim()) ?? [];
  if (segment === undefined) {
    const advice = `${text} is no place to leave out of the comparison: give one such as MSH-7, OBX-5.1 or ZPM.`;
    return failed(incorrect("mask-incorrect", advice));
  }
  return ok({
    segment,
    ...(field === undefined ? {} : { field: Number(field) }),
    ...(component === undefined ? {} : { component: Number(component) }),
  });
}

export function masksSegment(masks: readonly FieldMask[], segment: string): boolean {
  return masks.some((mask) => mask.segment === segment && mask.field === undefined);
}

/** Of a field, which components are left out; `all` where the field is. */
export function maskedParts(masks: readonly FieldMask[], segment: string, field: number): ReadonlySet<number> | "all" {
  const own = masks.filter((mask) => mask.segment === segment && (mask.field === undefined || mask.field === field));
  if (own.some(({ component }) => component === undefined)) return "all";
  return new Set(own.flatMap(({ component }) => component ?? []));
}
