import { type CodeTable, type CodeTarget, officialCodeTables, plainName } from "./tables.ts";

/** The table that a row names, however it spells it; undefined where the guide has none with rows. */
export function codeTableOf(name: string): CodeTable | undefined {
  return officialCodeTables.get(plainName(name));
}

export function meaningOf(table: CodeTable, code: string): CodeTarget | undefined {
  return table.codes.get(code) ?? table.codes.get(code.toUpperCase());
}

/** The other way round: the v2 code that has this meaning. Where several have, the first of the table. */
export function codeMeaning(table: CodeTable, target: string): string | undefined {
  for (const [code, meaning] of table.codes) if (meaning.code === target) return code;
  return undefined;
}

/** The codes that any table of the guide makes of a v2 code, each once. */
export function everyMeaning(code: string): readonly string[] {
  return [...new Set([...officialCodeTables.values()].flatMap((table) => meaningOf(table, code)?.code ?? []))];
}
