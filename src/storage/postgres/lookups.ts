import { limits } from "#kernel";
import type { Clause, Kind } from "#record";
import { clauseCondition, entryCondition } from "./clause.ts";
import { parameterKeys, referredCondition } from "./link-condition.ts";
import { amongIds, amongKeys, isExclusion } from "./long-negation.ts";
import { isLookedUp } from "./look-ahead.ts";
import type { ResolvedClause } from "./resolved-clause.ts";
import { type Rows, rowName } from "./rows.ts";
import type { Direction } from "./sort-order.ts";

/** With more keys than this, going to the index for each costs more than comparing the newest rows with all of them. */
const endKeysMax = 16;

/** Of a statement with parts: whether each is within its bound. */
export const few = "(select few from bounds)";

/** Of so few documents each is asked what refers to it. */
const askedOfMax = 20;

/**
 * What a search looks up before it looks for documents: rows that entries, ends of chains and sources of references lead to,
 * as parts of the very statement that needs them. Each part has a bound; with more in any of them the statement finds nothing,
 * and says that it was too many (`few`).
 */
export interface LookedUp {
  /** `l1 as materialized (…), l2 as …`; the last, `bounds`, has a column `few`. */
  readonly parts: string;
  /** Parts with a column `position`, each of which must have a document's. */
  readonly positions: readonly string[];
  /** Parts with a column `key`, of each of which a document must carry one. */
  readonly keys: readonly string[];
  /** The other clauses. */
  readonly rest: readonly ResolvedClause[];
  /** Conditions on a row `d`, besides. */
  readonly asked: readonly string[];
}

/** Undefined where nothing is looked up, or where it takes more than one statement to say what. */
export function lookedUp(rows: Rows, clauses: readonly Clause[]): LookedUp | undefined {
  const parts = new Parts(rows);
  const [positions, keys, rest, asked]: [string[], string[], ResolvedClause[], string[]] = [[], [], [], []];
  const isBesideFew = clauses.some(isEntry) && clauses.some(({ is }) => is === "referred");
  for (const clause of clauses) {
    if (isEntry(clause)) positions.push(parts.entries(rows.kind, clause, isBesideFew ? askedOfMax : undefined));
    else if (clause.is === "refers") {
      const ends = parts.endsOf(clause);
      if (ends === undefined) return undefined;
      keys.push(ends);
    } else if (clause.is === "referred") {
      const found = isBesideFew ? askedOf(rows, clause) : parts.referredBy(clause);
      if (found === undefined) return undefined;
      (isBesideFew ? asked : positions).push(found);
    } else if (isCompared(clause)) rest.push(clause);
    else return undefined;
  }
  if (positions.length + keys.length === 0) return undefined;
  return { parts: parts.done(), positions, keys, rest, asked };
}

type Entry = ResolvedClause & { readonly is: "date" | "number" | "text" | "written" };

function isEntry(clause: Clause): clause is Clause & Entry {
  return (
    (clause.is === "date" || clause.is === "number" || clause.is === "text" || clause.is === "written") &&
    isLookedUp(clause)
  );
}

/** What a row is compared with as it stands. */
function isCompared(clause: Clause): clause is Clause & ResolvedClause {
  return clause.is === "present" || clause.is === "key" || clause.is === "id" || isExclusion(clause);
}

/** Few keys lead to documents by their index; a long list is only compared with. */
function isDriving(clause: ResolvedClause): boolean {
  return clause.is === "key" && clause.any.length <= endKeysMax;
}

/** The clause as a condition on a row that something else leads to. */
export function comparedCondition(rows: Rows, clause: ResolvedClause): string {
  if (clause.is === "id") return amongIds(rows, clause.any);
  return clause.is === "key" && !isDriving(clause) ? amongKeys(rows, clause) : clauseCondition(rows, clause);
}

function askedOf(
  rows: Rows,
  { parameters, byUrl, from, all }: Clause & { readonly is: "referred" },
): string | undefined {
  if (byUrl !== undefined || !all.every(isCompared)) return undefined;
  return referredCondition(rows, { is: "referred", parameters, from, all }, rowText);
}

/** Of the kind, but found by another index than that of the kind. */
function rowText(rows: Rows, clauses: readonly ResolvedClause[]): string {
  const d = rowName(rows);
  const kind = rows.sql.bind(rows.kinds.numberOf(rows.kind), "smallint");
  return [
    `${d}.kind + 0 = ${kind}`,
    `not ${d}.deleted`,
    ...clauses.map((clause) => comparedCondition(rows, clause)),
  ].join(" and ");
}

class Parts {
  readonly #rows: Rows;
  readonly #texts: string[] = [];
  readonly #bounds: string[] = [];

  constructor(rows: Rows) {
    this.#rows = rows;
  }

  done(): string {
    return [...this.#texts, `bounds as materialized (select ${this.#bounds.join(" and ")} as few)`].join(",\n");
  }

  #add(select: string): string {
    const name = `l${this.#texts.length + 1}`;
    this.#texts.push(`${name} as materialized (${select})`);
    return name;
  }

  #atMost(name: string, most: number): string {
    this.#bounds.push(`(select count(*) from ${name}) <= ${most}`);
    return name;
  }

  /** Positions of a kind's documents with an entry within the bounds. */
  entries(kind: Kind, clause: Entry, most: number = limits.searchChainEndsMax): string {
    const limit = `limit ${most + 1}`;
    const selects = entryCondition({ ...this.#rows, kind }, clause).map(
      ({ table, where }) => `(select e.position from ${table} e where ${where} ${limit})`,
    );
    const none = "select null::bigint as position where false";
    const found = selects.length === 0 ? none : `select position from (${selects.join(" union all ")}) e ${limit}`;
    return this.#atMost(this.#add(found), most);
  }

  /** Keys of references to the documents that satisfy the clauses. */
  endsOf({ to, parameters, byUrl, all }: Clause & { readonly is: "refers" }): string | undefined {
    if (byUrl !== undefined) return undefined;
    const most = Math.max(1, Math.floor(endKeysMax / parameters.length));
    const ends = this.#documents(to, all, { column: "d.self", most });
    if (ends === undefined) return undefined;
    const keys = parameterKeys(this.#rows, this.#rows.kind, parameters);
    return this.#add(`select d.self # p.parameter as key from ${ends} d cross join unnest(${keys}) as p (parameter)`);
  }

  /** Positions of what the documents that satisfy the clauses refer to. */
  referredBy({ from, parameters, byUrl, all }: Clause & { readonly is: "referred" }): string | undefined {
    if (byUrl !== undefined) return undefined;
    const most = limits.searchChainEndsMax;
    const sources = this.#documents(from, all, { column: "d.keys[1:d.reference_count] as keys", most });
    if (sources === undefined) return undefined;
    const kind = this.#rows.sql.bind(this.#rows.kinds.numberOf(this.#rows.kind), "smallint");
    return this.#add(`select distinct t.position
      from (select distinct key from ${sources} cross join unnest(${sources}.keys) as of_one (key)
        where (select count(*) from ${sources}) <= ${most}) r
      cross join unnest(${parameterKeys(this.#rows, from, parameters)}) as p (parameter)
      join document t on t.self = r.key # p.parameter
      where t.kind + 0 = ${kind} and not t.deleted`);
  }

  /** Of documents of another kind that an index leads to. */
  #documents(
    kind: Kind,
    all: readonly Clause[],
    { column, most }: { readonly column: string; readonly most: number },
  ): string | undefined {
    const rows = { ...this.#rows, kind };
    const led = all.filter(isEntry).map((clause) => this.entries(kind, clause));
    const rest = all.filter(isCompared);
    const isDriven = led.length > 0 || rest.some(isDriving);
    if (!isDriven || led.length + rest.length < all.length) return undefined;
    const from = led.length === 0 ? "document d" : `${documentsAt(rows, led)} d`;
    const found = `select ${column} from ${from} where ${rowText(rows, rest)} limit ${most + 1}`;
    return this.#atMost(this.#add(found), most);
  }
}

/** The documents at all of these positions, and no other index can be taken for them (`offset 0`). */
function documentsAt(rows: Rows, positions: readonly string[]): string {
  const kind = rows.sql.bind(rows.kinds.numberOf(rows.kind), "smallint");
  const at = positions.map((name) => `d.position = any(array(select position from ${name}))`);
  return `(select d.* from document d where d.kind = ${kind} and not d.deleted and ${at.join(" and ")} offset 0)`;
}

/** The same one after the other in their order (`place`), so that a page that is full looks at no more: most satisfy the rest. */
export function documentsInOrder(rows: Rows, positions: readonly string[], { isDescending }: Direction): string {
  const kind = rows.sql.bind(rows.kinds.numberOf(rows.kind), "smallint");
  const all = positions.map((name) => `select position from ${name}`).join(" intersect ");
  const ordered = `select distinct position from (${all}) found order by position ${isDescending ? "desc" : "asc"}`;
  const one = `select d.* from document d where d.kind = ${kind} and not d.deleted and d.position = at.position offset 0`;
  return `(select d.*, at.position as place from (${ordered}) at cross join lateral (${one}) d order by at.position ${isDescending ? "desc" : "asc"})`;
}
