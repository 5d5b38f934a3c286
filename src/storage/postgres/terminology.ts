import type { CodeSet, Concept, ConceptPage, ConceptQuery, StoredSystem, TerminologyStore } from "#terminology";
import { closureStore } from "./closures.ts";
import { setCondition } from "./concept-condition.ts";
import { rowsOfSet } from "./concept-numbers.ts";
import { conceptColumns, type StoredConcept, toConcept, valueKey } from "./concept-row.ts";
import type { Database } from "./database.ts";
import { bigintArray } from "./index-key.ts";
import { SqlText } from "./sql-text.ts";
import { beginImport } from "./terminology-import.ts";

export interface TerminologyConnections {
  readonly readers: Database;
  readonly searchers: Database;
}

/** Code systems in tables of their own. */
export function terminologyStore({ readers, searchers }: TerminologyConnections): TerminologyStore {
  return {
    systems: () => readSystems(readers),
    concepts: (system, codes) => readConcepts(readers, system, codes),
    page: (system, query) => readPage(searchers, system, query),
    test: (system, code, set) => isInSet(searchers, { system, code, set }),
    children: (system, code, limit) => readChildren(readers, { system, code, limit }),
    beginImport: (header) => beginImport(readers, header),
    remove: (url, version) => removeSystem(readers, url, version),
    closures: closureStore(readers),
  };
}

async function readSystems(database: Database): Promise<readonly StoredSystem[]> {
  return database<StoredSystem[]>`
    select key, url, version, title, case_sensitive as "isCaseSensitive", hierarchical as "isHierarchical", concepts,
      imported_at_ms as "importedAtMs"
    from code_system order by url, version`;
}

async function readConcepts(database: Database, system: number, codes: readonly string[]): Promise<readonly Concept[]> {
  const sql = new SqlText();
  const rows = await sql.run<StoredConcept>(
    database,
    `select ${conceptColumns} from concept c
     where c.system = ${sql.bind(system, "int")} and c.code = any(${sql.bind(codes, "text[]")})`,
  );
  return rows.map(toConcept);
}

/** A page of a whole system is found by its numbers, and its total is known. Of any other, what is found is gone through once. */
async function readPage(database: Database, system: number, query: ConceptQuery): Promise<ConceptPage> {
  if (query.set.is === "all" && query.words.length === 0 && !query.isActiveOnly) {
    return readStretch(database, system, query);
  }
  const sql = new SqlText();
  const rows = await sql.run<FoundRow>(
    database,
    `with found as materialized (${foundText(sql, system, query)}),
       page as materialized (select number from found order by number
         offset ${sql.bind(query.offset, "int")} limit ${sql.bind(query.limit, "int")})
     select (select count(*) from found) as total, ${conceptColumns}
     from (select) as always left join (
       page join concept c on c.system = ${sql.bind(system, "int")} and c.number = page.number) on true
     order by c.number`,
  );
  const concepts = rows.filter((row): row is StoredConcept & FoundRow => row.code !== null).map(toConcept);
  return { concepts, total: rows[0]?.total ?? 0 };
}

/** One row without a concept where the page is empty. */
type FoundRow = { readonly total: number; readonly code: string | null };

async function readStretch(database: Database, system: number, { offset, limit }: ConceptQuery): Promise<ConceptPage> {
  const sql = new SqlText();
  const rows = sql.run<StoredConcept>(
    database,
    `select ${conceptColumns} from concept c where c.system = ${sql.bind(system, "int")}
       and c.number >= ${sql.bind(offset, "int")} and c.number < ${sql.bind(offset + limit, "int")} order by c.number`,
  );
  const counted = database<{ concepts: number }[]>`select concepts from code_system where key = ${system}`;
  const [found, [count]] = await Promise.all([rows, counted]);
  return { concepts: found.map(toConcept), total: count?.concepts ?? 0 };
}

function foundText(sql: SqlText, system: number, { set, words, isActiveOnly }: ConceptQuery): string {
  const { from, where } = rowsOfSet({ sql, system, name: "c" }, set, setCondition);
  // Words hold nothing but letters and digits, so they may be quoted as they are.
  const query = words.map((word) => `'${word}':*`).join(" & ");
  const all = [
    where,
    words.length === 0 ? "true" : `c.words @@ ${sql.bind(query, "tsquery")}`,
    isActiveOnly ? "not c.inactive" : "true",
  ];
  return `select c.number from ${from} where ${all.join(" and ")}`;
}

interface Tested {
  readonly system: number;
  readonly code: string;
  readonly set: CodeSet;
}

async function isInSet(database: Database, { system, code, set }: Tested): Promise<boolean> {
  const sql = new SqlText();
  const rows = await sql.run(
    database,
    `select 1 from concept c where c.system = ${sql.bind(system, "int")} and c.code = ${sql.bind(code, "text")}
     and ${setCondition({ sql, system, name: "c" }, set)}`,
  );
  return rows.length > 0;
}

interface Children {
  readonly system: number;
  readonly code: string;
  readonly limit: number;
}

async function readChildren(database: Database, { system, code, limit }: Children): Promise<readonly string[]> {
  // Fenced, so that a plan made for a code with many below it cannot read the whole system in its order for one with few.
  const rows = await database<{ code: string }[]>`
    with below as materialized (
      select code, number from concept where system = ${system}
        and keys @> ${bigintArray([valueKey(system, "parent", code)])}::text::bigint[])
    select code from below order by number limit ${limit}`;
  return rows.map((row) => row.code);
}

async function removeSystem(database: Database, url: string, version: string): Promise<boolean> {
  const removed = await database`
    with gone as (delete from code_system where url = ${url} and version = ${version} returning key),
      emptied as (delete from concept where system in (select key from gone))
    select key from gone`;
  return removed.length > 0;
}
