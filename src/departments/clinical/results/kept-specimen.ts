import type { Reference, Resource } from "#standards/fhir";
import type { Plan } from "../messages/plan.ts";

/** Reports of a plan that name no specimen, and their results: by `Observation/7c…`. */
export function unnamedIn(plan: Plan): ReadonlySet<string> {
  const unnamed = new Set<string>();
  for (const planned of plan) {
    if (planned.resource.resourceType !== "DiagnosticReport" || !("bySpecimen" in planned)) continue;
    if (planned.bySpecimen === undefined || planned.bySpecimen.named.length > 0) continue;
    unnamed.add(`DiagnosticReport/${planned.id}`);
    for (const { reference } of planned.resource.result ?? []) if (reference !== undefined) unnamed.add(reference);
  }
  return unnamed;
}

/** A version that names no specimen, with what is recorded of it: else a later one could not be told from another's. */
export function withKeptSpecimen(body: Resource, recorded: Resource): Resource {
  if (recorded.specimen === undefined) return body;
  const kept = { ...body, specimen: both(recorded.specimen, body.specimen) };
  // In the order in which it is recorded: what says the same is no new version.
  const names = new Set([...Object.keys(recorded).filter((name) => name in kept), ...Object.keys(kept)]);
  return Object.fromEntries([...names].map((name) => [name, kept[name as keyof typeof kept]])) as Resource;
}

/** A report has several, a result one. */
function both(recorded: unknown, sent: unknown): Resource[string] {
  if (!Array.isArray(recorded)) return recorded as Resource[string];
  const all = [...(recorded as Reference[]), ...((sent as Reference[] | undefined) ?? [])];
  return all.filter((one, at) => all.findIndex(({ reference }) => reference === one.reference) === at) as never;
}
