import { ok, type Result } from "#kernel";
import { type Clause, type Kind, kindsOfSort, kindsWithin, type Query, type SortKey, type SortValue } from "#record";
import { onlyPatientOf } from "../consent/index-parameters.ts";
import type { Visibility } from "./visibility.ts";

/**
 * The query with what its actor's visibility asks of every document that it looks at: those it finds, those at the other ends
 * of chains, and those it is sorted by. So no page, no count and no order depends on what the actor may not see.
 */
export async function conditionedQuery(query: Query, visibility: Visibility): Promise<Result<Query>> {
  const kinds = new Set([query.kind, ...kindsWithin(query.all), ...kindsOfSort(query.sort)]);
  const conditions = new Map<Kind, readonly Clause[]>();
  for (const kind of kinds) {
    const asked = await visibility.of(kind, "search", isOwnAlone(query, kind) ? patientsNamed(query) : undefined);
    if (!asked.ok) return asked;
    if (asked.value.length > 0) conditions.set(kind, asked.value);
  }
  if (conditions.size === 0) return ok(query);
  const own = conditions.get(query.kind) ?? [];
  const all = [...query.all.map((clause) => conditioned(clause, conditions)), ...own];
  return ok({ ...query, all, sort: { ...query.sort, ...sortOf(query, conditions) } });
}

/** What is asked of the found documents alone, and not of others of their kind that they lead to. */
function isOwnAlone({ kind: own, all, sort }: Query, kind: Kind): boolean {
  return kind === own && !kindsWithin(all).has(kind) && !kindsOfSort(sort).includes(kind);
}

/** Undefined where the documents that are found may concern others than whom the query names. */
function patientsNamed({ kind, all }: Query): readonly string[] | undefined {
  for (const clause of all) {
    if (clause.is !== "key" || clause.any.length > namedMax) continue;
    const patients = clause.any.map((key) => onlyPatientOf(kind, key));
    if (patients.every((patient) => patient !== undefined)) return [...new Set(patients)];
  }
  return undefined;
}

/** Of more it costs less to ask of all. */
const namedMax = 100;

type Conditions = ReadonlyMap<Kind, readonly Clause[]>;

function conditioned(clause: Clause, conditions: Conditions): Clause {
  switch (clause.is) {
    case "refers":
      return { ...clause, all: within(clause.to, clause.all, conditions) };
    case "referred":
      return { ...clause, all: within(clause.from, clause.all, conditions) };
    case "lineage": {
      const ends = conditions.get(clause.to);
      if (ends === undefined) return clause;
      return { is: "all", of: [clause, { is: "refers", to: clause.to, parameters: clause.parameters, all: ends }] };
    }
    case "all":
    case "any":
      return { is: clause.is, of: clause.of.map((part) => conditioned(part, conditions)) };
    case "not":
      return { is: "not", of: conditioned(clause.of, conditions) };
    default:
      return clause;
  }
}

function within(kind: Kind, all: readonly Clause[], conditions: Conditions): readonly Clause[] {
  return [...all.map((clause) => conditioned(clause, conditions)), ...(conditions.get(kind) ?? [])];
}

function sortOf({ sort }: Query, conditions: Conditions): Pick<Query["sort"], "by" | "thenBy"> {
  const by = sortedBy(sort.by, conditions);
  if (sort.thenBy === undefined) return { by };
  return { by, thenBy: sort.thenBy.map((key): SortKey => ({ ...key, by: sortedBy(key.by, conditions) })) };
}

function sortedBy(value: SortValue, conditions: Conditions): SortValue {
  return value === "updated" ? value : sortedByValue(value, conditions);
}

type OwnValue = Exclude<SortValue, "updated">;

function sortedByValue(value: OwnValue, conditions: Conditions): OwnValue {
  if (typeof value === "string") return value;
  if ("to" in value) {
    const ends = conditions.get(value.to);
    const all = ends === undefined ? {} : { all: [...(value.all ?? []), ...ends] };
    return { ...value, by: sortedByValue(value.by, conditions), ...all };
  }
  return "leastOf" in value ? { leastOf: value.leastOf.map((each) => sortedByValue(each, conditions)) } : value;
}
