import type { Bundle, Resource } from "../fhir/bundle.ts";
import type { TypeCapability } from "../fhir/capability-query.ts";

/** A way in which other resources may refer to one: `Observation` by `subject`. */
export interface Pointer {
  readonly type: string;
  readonly parameter: string;
}

export interface Referrers extends Pointer {
  readonly count: number;
}

/** The ways in which resources that may be searched can refer to one of a type, by the server's own statement. */
export function pointersTo(capability: TypeCapability | undefined, searchable: readonly string[]): readonly Pointer[] {
  const types = new Set(searchable);
  const pointers = (capability?.searchRevInclude ?? []).flatMap((stated) => {
    const [type = "", parameter = ""] = stated.split(":");
    return types.has(type) && parameter !== "" ? [{ type, parameter }] : [];
  });
  const named = new Set(pointers.map(({ type, parameter }) => `${type}:${parameter}`));
  // `patient` finds what `subject` finds, where a type has both.
  return pointers.filter(({ type, parameter }) => parameter !== "patient" || !named.has(`${type}:subject`));
}

/** Asks for the number of each, in one request. Source: FHIR R4 §3.1.0.11 (batch), §3.1.1.5 (_summary=count). */
export function countingBatch(pointers: readonly Pointer[], reference: string): string {
  const entry = pointers.map(({ type, parameter }) => ({
    request: { method: "GET", url: `${type}?${parameter}=${reference}&_summary=count` },
  }));
  return JSON.stringify({ resourceType: "Bundle", type: "batch", entry });
}

/** The ways in which something does refer, the most first. A count that failed is left out. */
export function referrersFrom(pointers: readonly Pointer[], { entry = [] }: Bundle): readonly Referrers[] {
  return pointers
    .map((pointer, index) => ({ ...pointer, count: totalOf(entry[index]?.resource) }))
    .filter(({ count }) => count > 0)
    .toSorted((a, b) => b.count - a.count || a.type.localeCompare(b.type));
}

function totalOf(resource: Resource | undefined): number {
  return typeof resource?.total === "number" ? resource.total : 0;
}
