import type { CodeSet, Relation } from "#terminology";
import type { ConceptRows } from "./concept-condition.ts";
import type { SetCondition } from "./concept-relation.ts";
import { presentKey, valueKeyText } from "./concept-row.ts";
import { bigintArray } from "./index-key.ts";

/** What stands behind `from` and `where` for the rows of a set. */
export interface SetRows {
  readonly from: string;
  readonly where: string;
}

/**
 * The rows of a set, to be gone through once. What leads to thousands of codes is looked up by its index, and the numbers of
 * concepts are then put together: the planner does not know how many the statement itself gathers, and would compare each
 * concept with all of them.
 */
export function rowsOfSet(rows: ConceptRows, set: CodeSet, conditionOf: SetCondition): SetRows {
  if (isPlain(set) || (isLeaf(set) && !isLed(set)))
    return { from: `concept ${rows.name}`, where: own(rows, [set], conditionOf) };
  return { from: rowsAt(rows, numbersText(rows, set, conditionOf)), where: "true" };
}

/** Told of a row by itself, or by an index that leads to it. */
function isPlain(set: CodeSet): boolean {
  switch (set.is) {
    case "and":
    case "or":
      return set.parts.every(isPlain);
    case "not":
      return isPlain(set.part);
    case "under":
    case "over":
    case "related":
    case "grouped":
    case "valueOf":
      return false;
    default:
      return true;
  }
}

function isLeaf({ is }: CodeSet): boolean {
  return is !== "and" && is !== "or" && is !== "not";
}

/** Asked of each concept, as no index leads to those that meet it. */
function isAsked(set: CodeSet): boolean {
  return set.is === "grouped" || (set.is === "related" && !isGatheredRelation(set.relation));
}

function own(rows: ConceptRows, all: readonly CodeSet[], conditionOf: SetCondition): string {
  const conditions = all.map((set) => conditionOf(rows, set));
  return [`${rows.name}.system = ${rows.sql.bind(rows.system, "int")}`, ...conditions].join(" and ");
}

/** The rows of which the numbers are given, one after the other. */
function rowsAt({ sql, system, name: c }: ConceptRows, numbers: string): string {
  const one = `select o.* from concept o where o.system = ${sql.bind(system, "int")} and o.number = ${c}_at.number offset 0`;
  return `(${numbers}) ${c}_at cross join lateral (${one}) ${c}`;
}

function numbersText(rows: ConceptRows, set: CodeSet, conditionOf: SetCondition): string {
  const of = (part: CodeSet) => `(${numbersText(rows, part, conditionOf)})`;
  const among = (all: readonly CodeSet[]) =>
    `select ${rows.name}.number from concept ${rows.name} where ${own(rows, all, conditionOf)}`;
  if (isPlain(set)) return among([set]);
  switch (set.is) {
    case "or":
      return set.parts.map(of).join(" union ");
    case "not":
      return `(${among([])}) except ${of(set.part)}`;
    case "and": {
      const negated = set.parts.flatMap((part) => (part.is === "not" && !isPlain(part) ? [part.part] : []));
      const told = set.parts.filter((part) => isPlain(part) || isAsked(part));
      const led = set.parts.filter((part) => !told.includes(part) && part.is !== "not");
      const base = led.length === 0 ? among(told) : toldOf(rows, told, { numbers: led.map(of), conditionOf });
      return [`(${base})`, ...negated.map(of)].join(" except ");
    }
    default:
      return isLed(set) ? carrying(rows, leadingKeys(rows, set, conditionOf), among([])) : among([set]);
  }
}

/** With more keys than this, comparing those who may have one with all of them costs less than going to the index for each. */
const probedMax = 300;

/** Numbers of what has one of the keys. Which way is shorter is known once they are gathered: the other is then not gone. */
function carrying({ sql, name: c }: ConceptRows, { text, all }: LeadingKeys, among: string): string {
  const shared = all === undefined ? "true" : `${c}.keys @> ${sql.bind(bigintArray([all]), "bigint[]")}`;
  // Written so that the planner hashes the keys once, and does not make a join of it.
  const isAmong = `case when k.key in (select key from v) then true else false end`;
  return `with v as materialized (select distinct key from (${text}) as of_set)
    (${among} and (select count(*) from v) <= ${probedMax} and ${c}.keys && array(select key from v))
    union all
    (${among} and (select count(*) from v) > ${probedMax} and ${shared}
      and exists (select from unnest(${c}.keys) as k (key) where ${isAmong}))`;
}

interface Led {
  readonly numbers: readonly string[];
  readonly conditionOf: SetCondition;
}

/** Of what several parts lead to, what the others are so of. */
function toldOf(rows: ConceptRows, told: readonly CodeSet[], { numbers, conditionOf }: Led): string {
  const all = numbers.join(" intersect ");
  if (told.length === 0) return all;
  const conditions = told.map((set) => conditionOf(rows, set)).join(" and ");
  return `select ${rows.name}.number from ${rowsAt(rows, all)} where ${conditions}`;
}

/** Whether the keys of its values are gathered, so that an index leads to what has such a relation. */
export function isGatheredRelation({ names, value, min, max }: Relation): boolean {
  const isSome = min === 1 && max === undefined;
  return isSome && names.is === "codes" && value.is === "codes" && isGathered(value.of);
}

/** Nearly everything is not gathered. */
function isGathered(set: CodeSet): boolean {
  return set.is !== "all" && set.is !== "not";
}

interface Gathering {
  /** What is taken of each concept of the set; `of` is the name of its row. */
  readonly column: (of: string) => string;
  readonly set: CodeSet;
  readonly conditionOf: SetCondition;
  /** What else is joined. */
  readonly beside?: (of: string) => string;
  /** What else must hold. */
  readonly where?: (of: string) => string;
}

/** The same, made once for a statement and not for each row. */
export function gatheredOnce(
  rows: ConceptRows,
  { column, set, conditionOf, beside }: Omit<Gathering, "where">,
): string {
  const of = `${rows.name}i`;
  const { from, where } = rowsOfSet({ ...rows, name: of }, set, conditionOf);
  return `select ${column(of)} as key from ${from} ${beside?.(of) ?? ""} where ${where}`;
}

/** Keys of which a concept of a set has one. */
export interface LeadingKeys {
  /** A select of them, as `key`. */
  readonly text: string;
  /** A key that all such concepts have, too. */
  readonly all: string | undefined;
}

/** A set to whose concepts such keys lead. */
export type LedSet =
  | (Extract<CodeSet, { readonly is: "under" | "over" }> & { readonly is: "under" })
  | Extract<CodeSet, { readonly is: "related" }>;

export function isLed(set: CodeSet): set is LedSet {
  if (set.is === "under") return set.isSelf && !set.isDirect;
  return set.is === "related" && isGatheredRelation(set.relation);
}

export function leadingKeys(rows: ConceptRows, set: LedSet, conditionOf: SetCondition): LeadingKeys {
  if (set.is === "under") {
    return { text: gatheredOnce(rows, { set: set.of, conditionOf, column: (of) => `${of}.own` }), all: undefined };
  }
  const { names } = set.relation;
  const [only, ...others] = names.is === "codes" ? names.codes : [];
  const all = only === undefined || others.length > 0 ? undefined : presentKey(rows.system, only);
  return { text: valueKeysText(rows, set.relation, conditionOf), all };
}

/** The keys of the values that a relation may have; of a relation of which they can be gathered. */
export function valueKeysText(rows: ConceptRows, { names, value }: Relation, conditionOf: SetCondition): string {
  const { sql, system } = rows;
  const named = names.is === "codes" ? [...names.codes] : [];
  const set: CodeSet = value.is === "codes" ? value.of : { is: "codes", codes: new Set() };
  const beside = () => `cross join unnest(${sql.bind(named, "text[]")}) as n (name)`;
  return gatheredOnce(rows, { column: (of) => valueKeyText(system, "n.name", `${of}.code`), set, conditionOf, beside });
}

/** A select of something of each concept of a set. */
export function gathered(rows: ConceptRows, { column, set, conditionOf, beside, where }: Gathering): string {
  const of = `${rows.name}i`;
  const inner = { ...rows, name: of };
  const conditions = [
    `${of}.system = ${rows.sql.bind(rows.system, "int")}`,
    conditionOf(inner, set),
    ...(where === undefined ? [] : [where(of)]),
  ];
  return `select ${column(of)} from concept ${of} ${beside?.(of) ?? ""} where ${conditions.join(" and ")}`;
}
