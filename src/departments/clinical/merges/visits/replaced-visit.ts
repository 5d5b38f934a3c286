import { isJsonObject, type Json, type JsonObject } from "#kernel";
import type { Plan } from "../../messages/plan.ts";
import { keyOf, type RecordedResources } from "../../messages/settle.ts";
import { withReferencesNamed } from "../known-ids.ts";

/** On a visit whose number has ceased: the visit that stands for it. */
const replacedByUrl = "urn:corridor:extension:replaced-by";

/** A visit that was never, as far as the number says: what was recorded under it is another's. */
export function withReplacement(visit: JsonObject, by: string): JsonObject {
  const { extension } = visit;
  const others = (Array.isArray(extension) ? extension : []).filter(
    (each) => isJsonObject(each) && each.url !== replacedByUrl,
  );
  const replacement = { url: replacedByUrl, valueReference: { reference: by } };
  return { ...visit, status: "entered-in-error", extension: [...others, replacement] };
}

/** The same visit as one that stands for itself again; its status is to be said anew. */
export function withoutReplacement(visit: JsonObject): JsonObject {
  if (replacementOf(visit) === undefined) return visit;
  const { extension, status: _, ...rest } = visit;
  const others = (Array.isArray(extension) ? extension : []).filter(
    (each) => isJsonObject(each) && each.url !== replacedByUrl,
  );
  return others.length === 0 ? rest : { ...rest, extension: others };
}

/** `Encounter/7c…`; undefined where a visit stands for itself. */
export function replacementOf({ extension }: JsonObject): string | undefined {
  const all = (Array.isArray(extension) ? extension : []).filter(isJsonObject);
  const reference = all.find(({ url }) => url === replacedByUrl)?.valueReference;
  return isJsonObject(reference) && typeof reference.reference === "string" ? reference.reference : undefined;
}

/** By the names of visits in a plan: those that stand for them by now. */
export type ReplacedVisits = ReadonlyMap<string, string>;

/** Whether the plan tells of a visit whose number has ceased, besides those that are known; then all of these. */
export function replacedVisits(
  plan: Plan,
  recorded: RecordedResources,
  known: ReplacedVisits | undefined,
): ReplacedVisits | undefined {
  const found = plan.flatMap((planned) => {
    if (planned.resource.resourceType !== "Encounter") return [];
    const resource = recorded.get(keyOf(planned))?.resource;
    const by = resource === undefined ? undefined : replacementOf(resource as JsonObject);
    return by === undefined || known?.has(keyOf(planned)) ? [] : [[keyOf(planned), by] as const];
  });
  return found.length === 0 ? undefined : new Map([...(known ?? []), ...found]);
}

/** The plan about the visits that stand for those that it names. */
export function withVisits(plan: Plan, visits: ReplacedVisits | undefined): Plan {
  if (visits === undefined) return plan;
  const last = new Map([...visits].map(([from]) => [from, lastOf(from, visits)]));
  return plan.map((planned) => {
    const { resourceType } = planned.resource;
    const name = last.get(`${resourceType}/${planned.id}`);
    const id = name === undefined ? planned.id : name.slice(resourceType.length + 1);
    const resource = withReferencesNamed(planned.resource as unknown as Json, last);
    return { ...planned, id, resource } as unknown as Plan[number];
  });
}

function lastOf(name: string, visits: ReplacedVisits): string {
  let last = name;
  for (let hops = 0; hops < visits.size; hops += 1) last = visits.get(last) ?? last;
  return last;
}
