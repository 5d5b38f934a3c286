import type { CodeSet, GroupCondition, RelatedValue, Relation } from "#terminology";
import type { ConceptRows } from "./concept-condition.ts";
import { gathered, gatheredOnce, isGatheredRelation, valueKeysText } from "./concept-numbers.ts";
import { presentKey, valueKeyText } from "./concept-row.ts";
import { bigintArray } from "./index-key.ts";

/** How the codes of a set are told of rows. */
export type SetCondition = (rows: ConceptRows, set: CodeSet) => string;

type Standing = Extract<CodeSet, { readonly is: "under" | "over" }>;

/** What is gathered in an array is found by the index; each is then compared, where the set itself does not count. */
export function underCondition(rows: ConceptRows, { of: set, isSelf, isDirect }: Standing, conditionOf: SetCondition) {
  const { name: c, system } = rows;
  const from = { set, conditionOf };
  if (isDirect) {
    const parents = gatheredOnce(rows, { ...from, column: (of) => valueKeyText(system, "'parent'", `${of}.code`) });
    return withSelf(rows, `${c}.keys && array(${parents})`, { set, isSelf, conditionOf });
  }
  const below = `${c}.keys && array(${gatheredOnce(rows, { ...from, column: (of) => `${of}.own` })})`;
  if (isSelf) return below;
  const where = (of: string) => `${of}.own = any(${c}.keys) and ${of}.code <> ${c}.code`;
  return `(${below} and exists (${gathered(rows, { ...from, column: () => "1", where })}))`;
}

export function overCondition(rows: ConceptRows, { of: set, isSelf, isDirect }: Standing, conditionOf: SetCondition) {
  const { name: c } = rows;
  const from = { set, conditionOf };
  if (isDirect) {
    const parents = gathered(rows, { ...from, column: (of) => `jsonb_array_elements_text(${of}.detail::jsonb->'u')` });
    return withSelf(rows, `${c}.code in (${parents})`, { set, isSelf, conditionOf });
  }
  const beside = (of: string) => `cross join unnest(${of}.keys) as k (key)`;
  const above = { ...from, column: () => "k.key", beside };
  return `${c}.own in (${gathered(rows, isSelf ? above : { ...above, where: (of) => `k.key <> ${of}.own` })})`;
}

interface Selves {
  readonly set: CodeSet;
  readonly isSelf: boolean;
  readonly conditionOf: SetCondition;
}

function withSelf(rows: ConceptRows, condition: string, { set, isSelf, conditionOf }: Selves): string {
  return isSelf ? `(${condition} or ${conditionOf(rows, set)})` : condition;
}

/**
 * By the keys of values, where names and values can be gathered and one such relation is enough; otherwise the relations of
 * each concept are counted, of those with such a name where that is known.
 */
export function relatedCondition(rows: ConceptRows, relation: Relation, conditionOf: SetCondition): string {
  const { sql, system, name: c } = rows;
  const { names, min } = relation;
  const named = names.is === "codes" ? [...names.codes] : undefined;
  if (isGatheredRelation(relation)) return `${c}.keys && array(${valueKeysText(rows, relation, conditionOf)})`;
  const present = named && bigintArray(named.map((each) => presentKey(system, each)));
  const leading = present && min > 0 ? `${c}.keys && ${sql.bind(present, "bigint[]")}` : "true";
  const text = relationText(rows, relation, conditionOf);
  const count = `(select count(*) from ${relationsOf(c)} where ${text})`;
  return `(${leading} and ${within(rows, count, relation)})`;
}

/** The relations of a row, as `p`. */
function relationsOf(name: string): string {
  return `jsonb_array_elements(${name}.detail::jsonb->'p') as p`;
}

function within({ sql }: ConceptRows, count: string, { min, max }: Pick<Relation, "min" | "max">): string {
  const least = `${count} >= ${sql.bind(min, "int")}`;
  return max === undefined ? least : `${least} and ${count} <= ${sql.bind(max, "int")}`;
}

/** The condition on a relation `p`. */
function relationText(rows: ConceptRows, { names, value }: Relation, conditionOf: SetCondition): string {
  // Of any name, only relations are meant, and no other property: they say their group.
  const named = names.is === "all" ? "p ? 'group'" : memberText(rows, "p->>'code'", { set: names, conditionOf });
  return `${named} and ${valueText(rows, value, conditionOf)}`;
}

function valueText(rows: ConceptRows, value: RelatedValue, conditionOf: SetCondition): string {
  const { sql } = rows;
  switch (value.is) {
    case "codes":
      if (value.of.is === "all") return "p ? 'valueCode'";
      return memberText(rows, "p->>'valueCode'", { set: value.of, conditionOf });
    case "number":
      return `(p->>'valueDecimal')::float8 ${value.comparison === "!=" ? "<>" : value.comparison} ${sql.bind(value.number, "float8")}`;
    case "text":
      return `p->>'valueString' ${value.isNegated ? "<>" : "="} ${sql.bind(value.text, "text")}`;
  }
}

function memberText(rows: ConceptRows, code: string, { set, conditionOf }: Omit<Selves, "isSelf">): string {
  if (set.is === "codes") return `${code} = any(${rows.sql.bind([...set.codes], "text[]")})`;
  return `${code} in (${gathered(rows, { column: (of) => `${of}.code`, set, conditionOf })})`;
}

/** Groups are counted of which the relations together meet the condition; group 0 is none. */
export function groupedCondition(
  rows: ConceptRows,
  set: Extract<CodeSet, { readonly is: "grouped" }>,
  conditionOf: SetCondition,
): string {
  const groups = `(select count(*) from (select from ${relationsOf(rows.name)} where p->>'group' <> '0'
    group by p->>'group' having ${havingText(rows, set.by, conditionOf)}) as one)`;
  return `(${within(rows, groups, set)})`;
}

function havingText(rows: ConceptRows, by: GroupCondition, conditionOf: SetCondition): string {
  if (by.is !== "relation")
    return `(${by.parts.map((part) => havingText(rows, part, conditionOf)).join(` ${by.is} `)})`;
  const text = relationText(rows, by.relation, conditionOf);
  return `(${within(rows, `count(*) filter (where ${text})`, by.relation)})`;
}

/** What the concepts of a set have as values of relations of such names. */
export function valueOfCondition(
  rows: ConceptRows,
  { names, of: set }: Extract<CodeSet, { readonly is: "valueOf" }>,
  conditionOf: SetCondition,
): string {
  const named = names.is === "all" ? "p ? 'group'" : memberText(rows, "p->>'code'", { set: names, conditionOf });
  const beside = (of: string) => `cross join ${relationsOf(of)}`;
  const column = () => "p->>'valueCode'";
  return `${rows.name}.code in (${gathered(rows, { column, set, conditionOf, beside, where: () => named })})`;
}
