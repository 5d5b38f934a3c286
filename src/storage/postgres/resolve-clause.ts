import { limits } from "#kernel";
import { type Clause, type Kind, type Linked, SearchTooCostly } from "#record";
import { isDriven, unorderedCondition } from "./clause.ts";
import { parameterKey } from "./index-key.ts";
import { resolveLineage } from "./lineage.ts";
import { isReferredTo, namesOf, parameterKeys } from "./link-condition.ts";
import { isLookedUp, lookAhead } from "./look-ahead.ts";
import type { ReadNeeds } from "./read.ts";
import type { ResolvedClause, ResolvedLink } from "./resolved-clause.ts";
import type { Rows } from "./rows.ts";
import { SqlText } from "./sql-text.ts";

/**
 * Looks up what the ends of chains are, where they are few: then the planner knows what it looks for, and a rare end leads
 * to the documents by their index. With more ends each document is asked for its own, which finds a page soon enough.
 * Throws `SearchTooCostly` for a text of codes that stands for too many.
 */
export async function resolveClauses(
  needs: ReadNeeds,
  kind: Kind,
  clauses: readonly Clause[],
): Promise<readonly ResolvedClause[]> {
  const isNarrowed = clauses.some(namesFew);
  const resolve = async (clause: Clause) => {
    const resolved = await resolveClause(needs, kind, clause);
    return isNarrowed || !isLookedUp(resolved) ? resolved : lookAhead(needs, kind, resolved);
  };
  const own = await Promise.all(clauses.map((clause) => (clause.is === "referred" ? undefined : resolve(clause))));
  const areFew = own.some((clause) => clause !== undefined && isFew(clause));
  return Promise.all(
    clauses.map(async (clause, at) => {
      if (own[at] !== undefined) return own[at];
      return areFew && clause.is === "referred" ? askedOfEach(needs, clause) : resolve(clause);
    }),
  );
}

/**
 * Whether resolving these looks up where documents stand, as `resolveClauses` does: whoever asks by that in a further statement
 * must see the same moment, as a document that is written anew stands elsewhere. Ends of chains are named, and stay.
 */
export function looksUpPositions(clauses: readonly Clause[]): boolean {
  const isNarrowed = clauses.some(namesFew);
  return clauses.some((clause) => isPositional(clause) || (!isNarrowed && isEntryLookedUp(clause)));
}

function isPositional(clause: Clause): boolean {
  switch (clause.is) {
    case "referred":
      return true;
    case "refers":
      return looksUpPositions(clause.all);
    case "all":
    case "any":
      return looksUpPositions(clause.of);
    case "not":
      return isPositional(clause.of);
    default:
      return false;
  }
}

function isEntryLookedUp(clause: Clause): boolean {
  const isEntry = clause.is === "date" || clause.is === "number" || clause.is === "text" || clause.is === "written";
  return isEntry && isLookedUp(clause);
}

/** Of so few documents each is asked what refers to it, rather than everything that refers to any looked up. */
const fewMax = 20;

function isFew(clause: ResolvedClause): boolean {
  return clause.is === "never" || (clause.is === "positions" && clause.any.length <= fewMax);
}

async function askedOfEach(needs: ReadNeeds, clause: Clause & { readonly is: "referred" }): Promise<ResolvedClause> {
  return { is: "referred", from: clause.from, ...(await resolveLink(needs, clause.from, clause)) };
}

/** By an id, or by references to few: what they lead to is sooner gone through than anything looked up. */
function namesFew(clause: Clause): boolean {
  return clause.is === "id" || (clause.is === "key" && clause.any.length <= 4 && clause.any[0]?.includes("/") === true);
}

async function resolveClause(needs: ReadNeeds, kind: Kind, clause: Clause): Promise<ResolvedClause> {
  switch (clause.is) {
    case "term":
      return resolveTerms(needs, kind, clause);
    case "lineage":
      return resolveLineage(needs, clause);
    case "refers":
      return resolveRefers(needs, kind, clause);
    case "referred":
      return resolveReferred(needs, kind, clause);
    case "all":
    case "any":
      return { is: clause.is, of: await resolveClauses(needs, kind, clause.of) };
    case "not":
      return { is: "not", of: await resolveClause(needs, kind, clause.of) };
    case "concepts":
      throw new Error("the record looks up concepts before it searches");
    default:
      return clause;
  }
}

async function resolveTerms(
  { database }: ReadNeeds,
  kind: Kind,
  { parameter, any }: Clause & { readonly is: "term" },
): Promise<ResolvedClause> {
  const sql = new SqlText();
  const found = any.map((text) => {
    const [start, end] = [sql.bind(text, "text"), sql.bind(`${text}\u{10FFFF}`, "text")];
    return `(text >= ${start} and text < ${end}) or position(${sql.bind(` ${text}`, "text")} in text) > 0`;
  });
  const rows = await sql.run<{ key: string }>(
    database,
    `select key::text from term where parameter = ${sql.bind(parameterKey(kind, parameter), "bigint")}
      and (${found.join(" or ")}) limit ${sql.bind(limits.searchTermsMax + 1, "int")}`,
  );
  if (rows.length > limits.searchTermsMax) throw new SearchTooCostly("too many texts of codes begin so");
  return rows.length === 0 ? { is: "never" } : { is: "hashes", any: rows.map(({ key }) => key) };
}

async function resolveLink(needs: ReadNeeds, kind: Kind, { parameters, byUrl, all }: Linked): Promise<ResolvedLink> {
  const link = { parameters, all: await resolveClauses(needs, kind, all) };
  return byUrl === undefined ? link : { ...link, byUrl };
}

async function resolveRefers(
  needs: ReadNeeds,
  kind: Kind,
  clause: Clause & { readonly is: "refers" },
): Promise<ResolvedClause> {
  const link = await resolveLink(needs, clause.to, clause);
  const asked: ResolvedClause = { is: "refers", to: clause.to, ...link };
  if (!link.all.some(isDriven)) return asked;
  const sql = new SqlText();
  const target: Rows = { sql, kinds: needs.kinds, kind: clause.to, depth: 0 };
  const { name, from } = namesOf(target, clause.byUrl);
  const rows = await sql.run<{ key: string }>(
    needs.database,
    `select (d.name # p.parameter)::text as key from (
        select ${name} as name from document d ${from} where ${unorderedCondition(target, link.all)}
        limit ${sql.bind(limits.searchChainEndsMax + 1, "int")}
      ) d cross join unnest(${parameterKeys({ sql }, kind, clause.parameters)}) as p (parameter)`,
  );
  if (rows.length > limits.searchChainEndsMax * clause.parameters.length) return asked;
  return rows.length === 0 ? { is: "never" } : { is: "hashes", any: rows.map(({ key }) => key) };
}

async function resolveReferred(
  needs: ReadNeeds,
  kind: Kind,
  clause: Clause & { readonly is: "referred" },
): Promise<ResolvedClause> {
  const link = await resolveLink(needs, clause.from, clause);
  const asked: ResolvedClause = { is: "referred", from: clause.from, ...link };
  if (!link.all.some(isDriven)) return asked;
  const sql = new SqlText();
  const source: Rows = { sql, kinds: needs.kinds, kind: clause.from, depth: 0 };
  const rows = await sql.run<{ position: number | null; sources: number }>(
    needs.database,
    `with source as materialized (
        select d.keys[1:d.reference_count] as keys from document d where ${unorderedCondition(source, link.all)}
        limit ${sql.bind(limits.searchChainEndsMax + 1, "int")}
      )
      select null::bigint as position, (select count(*) from source)::int as sources
      union all
      select distinct t.position, 0
        from (select distinct key from source cross join unnest(source.keys) as of_one (key)) r
        cross join unnest(${parameterKeys({ sql }, clause.from, clause.parameters)}) as p (parameter)
        join document t on ${isReferredTo({ sql, kind }, clause.byUrl, "r.key # p.parameter")}
      where t.kind = ${sql.bind(needs.kinds.numberOf(kind), "smallint")} and not t.deleted
        and (select count(*) from source) <= ${sql.bind(limits.searchChainEndsMax, "int")}`,
  );
  if (rows.some(({ sources }) => sources > limits.searchChainEndsMax)) return asked;
  const any = rows.flatMap(({ position }) => position ?? []);
  return any.length === 0 ? { is: "never" } : { is: "positions", any };
}
