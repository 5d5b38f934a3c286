import type { Clause } from "#record";
import { clauseCondition, rowCondition } from "./clause.ts";
import { bigintArray } from "./index-key.ts";
import { amongIds, amongKeys, isExclusion } from "./long-negation.ts";
import type { ResolvedClause } from "./resolved-clause.ts";
import { type Rows, rowName } from "./rows.ts";

/** With more values than this, comparing a row's keys with all of them costs more than going to the index for each. */
const comparedKeysMax = 16;

type KeysClause = ResolvedClause & { readonly is: "key" | "hashes" };

/** What stands behind `from` and `where` for the rows `d` that satisfy all clauses. */
export interface Matching {
  readonly from: string;
  readonly where: string;
}

/**
 * What refers to one person, or a long list of keys that nothing narrower stands beside, is looked up first, behind a fence:
 * the planner takes comparing with a thousand keys for as cheap as comparing with one, and one person's documents for so many
 * that it would sooner find some among the newest of all.
 */
export function matching(rows: Rows, all: readonly ResolvedClause[]): Matching {
  const ids = all.find(isIds);
  if (ids !== undefined && !isComparedId(ids, all)) return byIds(rows, ids, all);
  const long = all.filter(isLong);
  const driver = drivenBy(all);
  const led = driver === undefined ? [] : [driver, ...all.filter((clause) => isLedBeside(clause, driver))];
  const rest = all.filter((clause) => clause !== ids && !led.includes(clause) && !isLong(clause));
  const others = long.filter((clause) => !led.includes(clause)).map((clause) => hasOneOf(rows, clause));
  const named = ids === undefined ? [] : [amongIds(rows, ids.any)];
  const where = [rowCondition(rows, rest), ...others, ...named].join(" and ");
  if (led.length === 0) return { from: "document d", where };
  const keys = led.map((clause) => clauseCondition(rows, clause)).join(" and ");
  return { from: `(select * from document d where ${keys} offset 0) d`, where };
}

/** One look at the index finds what has several keys, and one of a list beside a key. */
function isLedBeside(clause: ResolvedClause, driver: KeysClause): boolean {
  return clause !== driver && (isOneKey(clause) || (isOneKey(driver) && isLong(clause)));
}

/** What leads to the documents, whatever the planner thinks. */
function drivenBy(all: readonly ResolvedClause[]): KeysClause | undefined {
  if (all.some(({ is }) => is === "positions")) return undefined;
  const ofOne = all.find(isOfOne);
  if (ofOne !== undefined || !all.some(isLong)) return ofOne;
  return all.some(isNarrow) ? all.find(isOneKey) : all.find(isLong);
}

type IdClause = ResolvedClause & { readonly is: "id" };

function isIds(clause: ResolvedClause): clause is IdClause {
  return clause.is === "id";
}

/** A long list of ids beside a few keys, which are sooner gone to. */
function isComparedId({ any }: IdClause, all: readonly ResolvedClause[]): boolean {
  return any.length > comparedKeysMax && all.some((clause) => isKeys(clause) && clause.any.length <= 2);
}

function byIds(rows: Rows, ids: ResolvedClause, all: readonly ResolvedClause[]): Matching {
  const rest = all.filter((clause) => clause !== ids);
  const named = clauseCondition(rows, ids);
  return { from: `(select * from document d where ${named} offset 0) d`, where: rowCondition(rows, rest) };
}

/**
 * Whether the documents that `matching` finds are named, are those of one person, or have one of a list beside a key, each then
 * compared with the rest: of such a statement one plan is the best, whatever the values and whatever the tables hold.
 */
export function isSteady(all: readonly ResolvedClause[]): boolean {
  const isCompared = (clause: ResolvedClause) =>
    clause.is === "present" || clause.is === "id" || isKeys(clause) || isExclusion(clause);
  if (!all.every(isCompared)) return false;
  if (all.some(isIds)) return !all.some((clause) => isIds(clause) && isComparedId(clause, all)) && !all.some(isLong);
  const driver = drivenBy(all);
  return driver !== undefined && !isLong(driver);
}

/** How many rows are looked through before a long list of keys goes to its index. */
const newestMax = 2_000;
/** The same where a key beside the list may lead to few documents by itself. */
const newestOfKeyMax = 500;

/** By a list, the keys beside which few of the newest rows satisfied it; what patients somebody sees is a list that stays a while. */
const rare = new WeakMap<readonly string[], Set<string>>();
const rareMax = 1_000;

function isKnownAsRare(all: readonly ResolvedClause[]): boolean {
  const [list] = all.filter(isLong);
  return list !== undefined && rare.get(list.any)?.has(keysText(all)) === true;
}

/** The newest rows did not fill a page: with the same list and keys they are not tried again. */
export function noteRare(all: readonly ResolvedClause[]): void {
  const [list] = all.filter(isLong);
  if (list === undefined || !all.some(isNarrow)) return;
  const known = rare.get(list.any) ?? new Set<string>();
  if (known.size < rareMax) known.add(keysText(all));
  rare.set(list.any, known);
}

function keysText(all: readonly ResolvedClause[]): string {
  return all.flatMap((clause) => (isKeys(clause) && clause.any.length <= 2 ? clause.any : [])).join(" ");
}

/**
 * The same among the newest rows only, each compared with the list, or asked for its entries under a key: where most of them
 * satisfy it, a page is full long before all would have been gathered. Undefined where there is neither.
 */
export function matchingNewest(
  rows: Rows,
  all: readonly ResolvedClause[],
  order: { readonly after: string; readonly isDescending: boolean },
): Matching | undefined {
  const long = all.filter(isLong);
  const isNamed = all.some((clause) => isOfOne(clause) || clause.is === "positions" || clause.is === "id");
  const isWorthwhile = long.length > 0 || (all.some(isFiled) && !all.some(isNarrow));
  if (!isWorthwhile || isNamed || isKnownAsRare(all)) return undefined;
  const rest = all.filter((clause) => !isLong(clause));
  const newest = `select * from document d where ${rowCondition(rows, [])} and ${order.after}
    order by position ${order.isDescending ? "desc" : "asc"} limit ${all.some(isNarrow) ? newestOfKeyMax : newestMax}`;
  const where = [rowCondition(rows, rest), ...long.map((clause) => hasOneOf(rows, clause))].join(" and ");
  return { from: `(${newest}) d`, where };
}

/** Compared by hash, which costs the same for any number of keys. */
function hasOneOf(rows: Rows, clause: KeysClause): string {
  if (clause.is === "key") return amongKeys(rows, clause);
  const keys = rows.sql.bind(bigintArray(clause.any), "bigint[]");
  return `exists (select from unnest(${rowName(rows)}.keys) as k (key) where k.key = any(${keys}))`;
}

/** Looked up before, and found to be too many. */
function isFiled(clause: ResolvedClause): boolean {
  return (clause.is === "date" || clause.is === "number") && clause.under !== undefined;
}

/** Better compared with than gone to the index for. */
export function isLong(clause: ResolvedClause): clause is KeysClause {
  return isKeys(clause) && clause.any.length > comparedKeysMax;
}

/** By the forms in which few patients or visits are referred to: each has some hundred documents, of however many there are. */
export function isOfOne(clause: ResolvedClause | Clause): clause is KeysClause {
  return clause.is === "key" && clause.any.length <= 2 * referenceForms && clause.any.every((key) => ofOne.test(key));
}

/** `subject` and `patient`, each relative and absolute. */
const referenceForms = 4;

const ofOne = /[=/](?:Patient|Group|Encounter|EpisodeOfCare)\/[A-Za-z0-9\-.]+$/;

function isOneKey(clause: ResolvedClause): clause is KeysClause {
  return isKeys(clause) && clause.any.length === 1;
}

function isKeys(clause: ResolvedClause | Clause): clause is KeysClause {
  return clause.is === "key" || clause.is === "hashes";
}

function isNarrow(clause: ResolvedClause): boolean {
  return clause.is === "positions" || clause.is === "id" || (isKeys(clause) && clause.any.length <= 2);
}
