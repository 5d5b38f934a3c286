import { isJsonObject, type Json, limits, ok, type Result, withMembers } from "#kernel";
import type { HealthRecord } from "#record";
import type { Plan, Planned } from "../messages/plan.ts";

/**
 * The plan with the ids that the record knows things by. Ids of orders, visits and the like follow from their patient:
 * what was recorded for somebody who has been merged into this patient has the id that it had then. `planFor` gives the
 * plan as it would be for one of those. Problems: those of the record.
 */
export async function withKnownIds(
  plan: Plan,
  {
    record,
    members,
    planFor,
  }: {
    readonly record: HealthRecord;
    readonly members: readonly string[];
    planFor(member: string): Plan;
  },
): Promise<Result<Plan>> {
  const variants = members.slice(0, limits.mergedPatientsMax).map(planFor);
  const others = plan.flatMap((planned, at) => {
    const ids = variants.flatMap((variant) => (isSameKind(variant[at], planned) ? (variant[at]?.id ?? []) : []));
    const different = ids.filter((id) => id !== planned.id);
    return different.length === 0 ? [] : [{ kind: planned.resource.resourceType, id: planned.id, others: different }];
  });
  if (others.length === 0) return ok(plan);
  const keys = others.flatMap(({ kind, id, others: rest }) => [id, ...rest].map((each) => ({ kind, id: each })));
  const read = await record.readMany(keys);
  if (!read.ok) return read;
  const known = new Set(read.value.map(({ kind, id }) => `${kind}/${id}`));
  const names = new Map<string, string>();
  for (const { kind, id, others: rest } of others) {
    const before = rest.find((each) => known.has(`${kind}/${each}`));
    if (before !== undefined && !known.has(`${kind}/${id}`)) names.set(`${kind}/${id}`, `${kind}/${before}`);
  }
  return ok(names.size === 0 ? plan : plan.map((planned) => renamed(planned, names)));
}

function isSameKind(one: Planned | undefined, other: Planned): boolean {
  return one?.resource.resourceType === other.resource.resourceType;
}

function renamed(planned: Planned, names: ReadonlyMap<string, string>): Planned {
  const idOf = (kind: string, id: string) => (names.get(`${kind}/${id}`) ?? `${kind}/${id}`).slice(kind.length + 1);
  const id = idOf(planned.resource.resourceType, planned.id);
  const resource = withReferencesNamed(planned.resource as unknown as Json, names);
  const of = planned.rule === "companion" ? { of: idOf("ServiceRequest", planned.of) } : {};
  return { ...planned, ...of, id, resource } as unknown as Planned;
}

/** With other names for what is referred to. */
export function withReferencesNamed(value: Json, names: ReadonlyMap<string, string>): Json {
  if (Array.isArray(value)) return value.map((item: Json) => withReferencesNamed(item, names));
  if (!isJsonObject(value)) return value;
  return withMembers(value, (member, name) =>
    name === "reference" && typeof member === "string"
      ? (names.get(member) ?? member)
      : withReferencesNamed(member, names),
  );
}
