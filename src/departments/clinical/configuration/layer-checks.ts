import type { Problem } from "#kernel";
import { type CodeRow, type GuideRowChange, type MappingLayer, officialRows, withLayers } from "#standards/v2-to-fhir";
import { usesOfTable } from "../codes/tables/table-uses.ts";
import { layeredRows, ownLayers } from "../rows/sender-rows.ts";
import type { ReadConfiguration } from "./configuration.ts";
import { fileProblem } from "./file-problem.ts";

/** Rows of layers that would have no effect, and layers whose names are those of Corridor's own. */
export function layerProblems({ configuration, pathOf }: ReadConfiguration): readonly Problem[] {
  return configuration.layers.flatMap((layer) => {
    const path = pathOf("mappings", layer.name);
    if (ownLayers.some(({ name }) => name === layer.name))
      return [fileProblem(path, "", `${layer.name} is the name of a layer of Corridor: give another`)];
    return rowProblems(layer).map(([row, what]) => fileProblem(path, `rows[${row}]`, what));
  });
}

/** The number of a row, and what is wrong with it. */
type RowProblem = readonly [row: number, what: string];

function rowProblems(layer: MappingLayer): readonly RowProblem[] {
  const unknown = layer.rows.flatMap((row, at): readonly RowProblem[] => {
    if ("add" in row) return isKnownMap(row.add) ? [] : [[at, `there is no map ${row.add}`]];
    const alone = withLayers(officialRows, [...ownLayers, { name: layer.name, rows: [row] }]);
    if (!alone.ok)
      return [[at, "translate" in row ? `there is no table ${row.translate}` : `there is no row ${idOf(row)}`]];
    return "translate" in row ? codeRowProblems(row, at) : [];
  });
  if (unknown.length > 0) return unknown;
  const compiled = layeredRows([...ownLayers, layer]);
  if (!compiled.ok) return [[0, compiled.problems[0].message]];
  const reasons = new Map(compiled.value.listed.map(({ id, reason }) => [id, reason]));
  return layer.rows.flatMap((row, at): readonly RowProblem[] => {
    const reason =
      "off" in row || "translate" in row
        ? undefined
        : reasons.get("add" in row ? `${layer.name}:${row.add}#${at + 1}` : idOf(row));
    return reason === undefined ? [] : [[at, `it cannot be run, as ${reason}`]];
  });
}

/** Maps of the guide, and those of segments of a sender's own. */
function isKnownMap(map: string): boolean {
  return /^Z[A-Z0-9]{2}\[[A-Z][A-Za-z]+\]$/.test(map) || officialRows.segments.has(map) || officialRows.types.has(map);
}

/** What no layer may change, and codes that the element has no room for. */
function codeRowProblems({ translate, as }: CodeRow, at: number): readonly RowProblem[] {
  const uses = usesOfTable(translate);
  if (uses.every(({ isOpen }) => !isOpen)) return [[at, `what ${translate} decides, no layer may change`]];
  const closed = uses.find(({ codes }) => codes !== undefined && !codes.includes(as.code));
  return closed === undefined
    ? []
    : [[at, `${closed.element} is one of ${closed.codes?.join(", ")}, and not ${as.code}`]];
}

function idOf(row: GuideRowChange): string {
  return "off" in row ? row.off : row.replace;
}
