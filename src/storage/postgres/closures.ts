import type { Coding } from "#standards/terminology";
import type { ClosureEntry, ClosureStore, ClosureTable } from "#terminology";
import type { Database, DatabaseTransaction } from "./database.ts";

export function closureStore(database: Database): ClosureStore {
  return {
    async reset(name) {
      await database.begin(async (sql) => {
        await sql`insert into closure_table (name, version) values (${name}, 0)
          on conflict (name) do update set version = 0`;
        await sql`delete from closure_entry where name = ${name}`;
      });
    },
    async add(name, codings) {
      const table = await database.begin((sql) => addEntries(sql, name, codings));
      return table as ClosureTable | undefined;
    },
    read: (name) => readTable(database, name),
  };
}

async function addEntries(
  sql: DatabaseTransaction,
  name: string,
  codings: readonly Coding[],
): Promise<ClosureTable | undefined> {
  // The row stays locked until the commit, so two additions at once have two versions.
  const [table] = await sql<{ version: number }[]>`
    update closure_table set version = version + 1 where name = ${name} returning version`;
  if (table === undefined) return undefined;
  const [last] = await sql<{ number: number }[]>`
    select coalesce(max(number), 0) as number from closure_entry where name = ${name}`;
  const rows = codings.map(({ system = "", code = "" }, index) => ({
    n: (last?.number ?? 0) + index + 1,
    system,
    code,
  }));
  await sql`
    insert into closure_entry (name, number, system, code, version)
    select ${name}, n, system, code, ${table.version}::int
    from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as row (n int, system text, code text)
    on conflict do nothing`;
  return readTable(sql, name);
}

async function readTable(sql: Database | DatabaseTransaction, name: string): Promise<ClosureTable | undefined> {
  const [table] = await sql<{ version: number }[]>`select version from closure_table where name = ${name}`;
  if (table === undefined) return undefined;
  const entries = await sql<ClosureEntry[]>`
    select system, code, version from closure_entry where name = ${name} order by number`;
  return { version: table.version, entries: [...entries] };
}
