import type { Kind } from "#record";
import type { Database } from "./database.ts";

/** Kinds by the small number that stands for them in every row. */
export interface KindNumbers {
  /** Throws for a kind that was not registered at start: a bug. */
  numberOf(kind: Kind): number;
  nameOf(number: number): Kind;
}

/** Registers the kinds that the database does not have yet, and reads the numbers of all. */
export async function registerKinds(database: Database, kinds: readonly Kind[]): Promise<KindNumbers> {
  const before = await readNumbers(database);
  const isKnown = kinds.every((kind) => before.some(({ name }) => name === kind));
  const rows = isKnown ? before : await addKinds(database, kinds);
  const numbers = new Map(rows.map((row) => [row.name, row.id]));
  const names = new Map(rows.map((row) => [row.id, row.name]));
  return {
    numberOf: (kind) => known(numbers.get(kind), kind),
    nameOf: (number) => known(names.get(number), number),
  };
}

interface NumberedKind {
  readonly id: number;
  readonly name: string;
}

function readNumbers(database: Database): Promise<readonly NumberedKind[]> {
  return database<NumberedKind[]>`select id, name from kind`.then((rows) => [...rows]);
}

/**
 * The next numbers go to the new kinds. They are not taken from the column's own sequence: that gives one away for each row
 * that is tried, also of a kind that is there, and so came to its end after some two hundred starts.
 */
async function addKinds(database: Database, kinds: readonly Kind[]): Promise<readonly NumberedKind[]> {
  await database.begin(async (sql) => {
    await sql`lock table kind in share row exclusive mode`;
    await sql`insert into kind (id, name) overriding system value
      select (select coalesce(max(id), 0) from kind) + row_number() over (), name
      from unnest(${kinds as string[]}::text[]) as added (name)
      where not exists (select from kind where kind.name = added.name)`;
  });
  return readNumbers(database);
}

function known<T>(value: T | undefined, key: string | number): T {
  if (value === undefined) throw new Error(`kind ${key} is not registered`);
  return value;
}
