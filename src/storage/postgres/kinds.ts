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
  await database`insert into kind (name) select unnest(${kinds as string[]}::text[]) on conflict (name) do nothing`;
  const rows = await database<{ id: number; name: string }[]>`select id, name from kind`;
  const numbers = new Map(rows.map((row) => [row.name, row.id]));
  const names = new Map(rows.map((row) => [row.id, row.name]));
  return {
    numberOf: (kind) => known(numbers.get(kind), kind),
    nameOf: (number) => known(names.get(number), number),
  };
}

function known<T>(value: T | undefined, key: string | number): T {
  if (value === undefined) throw new Error(`kind ${key} is not registered`);
  return value;
}
