import { limits } from "#kernel";
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

/** The tables of the set-up, made ready. */
export interface TableMaps {
  readonly isEmpty: boolean;
  /** The tables of the sender itself. */
  own(sender: string): TableMap | undefined;
  /** Those for every sender, as they apply to this one. */
  shared(sender: string): TableMap | undefined;
}

/** The sender of a table that is for every sender. */
export const everySender = "*";

/** Of two tables that say something of one code of a sender, the first by name counts. */
export function tableMaps(tables: readonly CodeTable[]): TableMaps {
  const bySender = Map.groupBy(tables, ({ sender }) => sender);
  const forAll = bySender.get(everySender);
  const own = new Map([...bySender].map(([sender, each]) => [sender, tableMap(sender, each)]));
  const shared = new Map<string, TableMap>();
  return {
    isEmpty: tables.length === 0,
    own: (sender) => own.get(sender),
    shared: (sender) => {
      if (forAll === undefined) return undefined;
      const known = shared.get(sender) ?? tableMap(sender, forAll);
      if (shared.size < limits.codeSendersKeptMax) shared.set(sender, known);
      return known;
    },
  };
}

/** What they say of the codes of this sender. */
function tableMap(sender: string, tables: readonly CodeTable[]): TableMap {
  const meanings = new Map<string, { readonly meaning: MappedCode; readonly table: string }>();
  for (const table of tables) {
    const source = systemOfTable({ sender, from: table.from });
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
