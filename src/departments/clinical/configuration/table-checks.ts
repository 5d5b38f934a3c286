import type { Problem } from "#kernel";
import { isUcumUnit } from "#standards/ucum";
import { systemOfTable } from "../codes/table-maps.ts";
import { ucumSystem } from "../messages/coding-systems.ts";
import type { ReadConfiguration } from "./configuration.ts";
import type { CodeTable } from "./data-files.ts";
import { fileProblem } from "./file-problem.ts";

/** Tables of codes that would have no effect, or say two things of one code. */
export function tableProblems({ configuration: { tables }, pathOf }: ReadConfiguration): readonly Problem[] {
  const before = new Map<string, string>();
  return tables.flatMap((table) => {
    const path = pathOf("codes", table.name);
    return [
      ...unusedSource(table, path),
      ...unitProblems(table, path),
      ...table.rows.flatMap(({ from }, at) => {
        const key = `${table.sender} ${systemOfTable(table)} ${from}`;
        const known = before.get(key);
        const place = `${path}, rows[${at}]`;
        if (known === undefined) before.set(key, place);
        return known === undefined
          ? []
          : [fileProblem(path, `rows[${at}].from`, `${known} says what ${from} means: take out one of the two`)];
      }),
    ];
  });
}

/** Codes of systems that others know are understood as they are, so nothing asks what they mean. */
function unusedSource(table: CodeTable, path: string): readonly Problem[] {
  if (/^urn:corridor:(?:codes|units):/.test(systemOfTable(table))) return [];
  return [fileProblem(path, "from", `codes of ${table.from} are known to others: give the sender's own, such as L`)];
}

function unitProblems({ from, to, rows }: CodeTable, path: string): readonly Problem[] {
  if (from !== "units") return [];
  if (to !== ucumSystem) return [fileProblem(path, "to", `units are mapped to those of UCUM: give ${ucumSystem}`)];
  return rows.flatMap((row, at) =>
    isUcumUnit(row.to) ? [] : [fileProblem(path, `rows[${at}].to`, `${row.to} is no unit of UCUM: give one`)],
  );
}
