import { type CodeTable, codeTables } from "./generated/code-tables.ts";

export type CodeTableName = keyof typeof codeTables;

/** What a v2 code means in FHIR. */
export type CodeMeaning = { readonly system: string; readonly code: string; readonly display: string };

/** By the official code system map of that name; undefined where it has no row or no target for the code. */
export function meaningOf(name: CodeTableName, code: string): CodeMeaning | undefined {
  const table: CodeTable = codeTables[name];
  if (!Object.hasOwn(table.codes, code)) return undefined;
  const target = table.codes[code];
  if (target === undefined) return undefined;
  if (typeof target === "string") return { system: table.system, code, display: target };
  return { system: target[2] ?? table.system, code: target[0], display: target[1] };
}

/** The name by which messages call the v2 table that this map starts from: `HL70001`. */
export function tableOf(name: CodeTableName): string {
  return codeTables[name].table;
}
