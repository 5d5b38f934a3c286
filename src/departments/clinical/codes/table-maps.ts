import type { CodeTable } from "../configuration/data-files.ts";
import { codingSystem, localCodesOf } from "../messages/coding-systems.ts";
import type { CodeMap, MappedCode } from "./code-map.ts";
import { unitsOf } from "./coded-plan.ts";

/** What the tables of the set-up say of one sender's codes and units. */
export interface TableMap extends CodeMap {
  codeFor(system: string, code: string): MappedCode | undefined;
  /** The table that says it: `codes/lab.json` is `lab`. */
  tableFor(system: string, code: string): string | undefined;
}

/** By sender: `PATHLAB|MEADOWLAB`. Of two tables that say something of one code, the first by name counts. */
export function tableMaps(tables: readonly CodeTable[]): ReadonlyMap<string, TableMap> {
  const bySender = Map.groupBy(tables, ({ sender }) => sender);
  return new Map([...bySender].map(([sender, own]) => [sender, tableMap(own)]));
}

function tableMap(tables: readonly CodeTable[]): TableMap {
  const meanings = new Map<string, { readonly meaning: MappedCode; readonly table: string }>();
  for (const table of tables) {
    const source = systemOfTable(table);
    for (const { from, to, display } of table.rows) {
      const key = `${source} ${from}`;
      const meaning = { system: table.to, code: to, ...(display === undefined ? {} : { display }) };
      if (!meanings.has(key)) meanings.set(key, { meaning, table: table.name });
    }
  }
  return {
    codeFor: (system, code) => meanings.get(`${system} ${code}`)?.meaning,
    tableFor: (system, code) => meanings.get(`${system} ${code}`)?.table,
  };
}

/** What `from` is called by in the record; `units` are those of OBX-6. */
export function systemOfTable({ sender, from }: Pick<CodeTable, "sender" | "from">): string {
  return from === "units" ? unitsOf(sender) : codingSystem(from, { localCodes: localCodesOf(sender) });
}
