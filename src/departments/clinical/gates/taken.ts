import type { Plan } from "../messages/plan.ts";
import { isOfAnother, keyOf, type RecordedResources } from "../messages/settle.ts";
import { isWaived, type Ruling } from "./ruling.ts";

/**
 * What of a plan the record holds for another patient, where documents of their own may stand in its place: people have
 * said so, or every result that the other patient has was marked as an error (wrong patient). Otherwise undefined.
 */
export function takenBy(
  plan: Plan,
  { recorded, ruling }: { readonly recorded: RecordedResources; readonly ruling: Ruling | undefined },
): ReadonlySet<string> | undefined {
  const taken = plan.filter((planned) => {
    const known = recorded.get(keyOf(planned));
    return known !== undefined && isOfAnother(planned, known.resource);
  });
  const keys = new Set(taken.map(keyOf));
  if (ruling?.patientId !== undefined || isWaived(ruling, "belongs-to-another-patient")) return keys;
  const results = taken.filter(({ resource }) => resultTypes.has(resource.resourceType));
  const wereErrors = results.every((planned) => recorded.get(keyOf(planned))?.resource.status === "entered-in-error");
  return results.length > 0 && wereErrors ? keys : undefined;
}

const resultTypes: ReadonlySet<string> = new Set(["Observation", "DocumentReference"]);
