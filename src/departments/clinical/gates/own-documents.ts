import { deterministicId } from "../messages/deterministic-id.ts";
import type { Plan, Planned } from "../messages/plan.ts";
import { keyOf } from "../messages/settle.ts";

/**
 * The plan with documents of its own in place of those that the record holds for another patient under the same numbers.
 * So what was posted on the wrong patient stays on that patient's chart, marked as an error, when the same result comes
 * again for the right one. The new ids follow from the old ones and the patient: what comes later finds them again.
 * `taken` is by `Observation/7c…`.
 */
export function withOwnDocuments(
  plan: Plan,
  { taken, subject }: { readonly taken: ReadonlySet<string>; readonly subject: string },
): Plan {
  const renamed = new Map(
    plan.filter((planned) => taken.has(keyOf(planned))).map((planned) => [keyOf(planned), ownId(planned, subject)]),
  );
  const references = new Map([...renamed].map(([key, id]) => [key, `${key.split("/")[0]}/${id}`]));
  const ids = new Map([...renamed].map(([key, id]) => [key.split("/")[1] ?? "", id]));
  return plan.map((planned) => {
    const own = {
      ...planned,
      id: renamed.get(keyOf(planned)) ?? planned.id,
      resource: withReferences(planned.resource, references),
    };
    return ("of" in planned ? { ...own, of: ids.get(planned.of) ?? planned.of } : own) as Planned;
  });
}

function ownId({ id, resource }: Planned, subject: string): string {
  return deterministicId(resource.resourceType, id, subject);
}

/** Every reference and address in it that is one of these, as the other. */
function withReferences<T>(value: T, references: ReadonlyMap<string, string>): T {
  if (typeof value === "string") return (references.get(value) ?? value) as T;
  if (Array.isArray(value)) return value.map((item) => withReferences(item, references)) as T;
  if (typeof value !== "object" || value === null) return value;
  const members = Object.entries(value).map(([name, member]) => [name, withReferences(member, references)]);
  return Object.fromEntries(members) as T;
}
