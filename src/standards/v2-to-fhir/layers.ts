import { failed, incorrect, ok, type Problem, type Result } from "#kernel";
import { codeTableOf } from "./code-tables.ts";
import type { RowMaps } from "./compile.ts";
import { type CodeTable, type CodeTarget, type ElementRow, plainName, type StructureRow } from "./tables.ts";

/** Rows above others, as a file has them: `["uk", "trust", "lab"]` are put on the base one after the other. */
export interface MappingLayer {
  /** `uk`: part of the ids of its rows. */
  readonly name: string;
  readonly rows: readonly LayerRow[];
}

export type LayerRow =
  /** The row `PID[Patient]#24` is not run. */
  | { readonly off: string; readonly because: string }
  /** What is given takes the place of what the row has. */
  | { readonly replace: string; readonly with: RowChange; readonly because: string }
  /** A row of its own, before those of the map, so that what it writes stays; a map that is not there begins with it. */
  | { readonly add: string; readonly row: RowChange & { readonly to: string }; readonly because: string }
  | CodeRow;

/** A code of a table means this: `{ "translate": "AdministrativeSex", "from": "W", "as": { "code": "female" } }`. */
export interface CodeRow {
  readonly translate: string;
  readonly from: string;
  /** `system` and `display` are those of the table and none, where they are left out. */
  readonly as: Pick<CodeTarget, "code"> & Partial<CodeTarget>;
  readonly because: string;
}

export type RowChange = Partial<Omit<ElementRow, "id" | "prose">>;

/** `row-unknown` for every row, and every table of codes, that a layer speaks of and that is not there; then none of it may be used. */
export function withLayers(base: RowMaps, layers: readonly MappingLayer[]): Result<RowMaps> {
  const maps = {
    segments: new Map(base.segments),
    types: new Map(base.types),
    structures: new Map(base.structures),
    codes: new Map(base.codes),
  };
  const problems: Problem[] = [];
  for (const { name, rows } of layers) {
    rows.forEach((row, at) => {
      if ("add" in row)
        add(maps, { map: row.add, row: { ...emptyRow, ...row.row, id: `${name}:${row.add}#${at + 1}` } });
      else if ("translate" in row ? !translate(maps, row) : !change(maps, row)) {
        const id = "translate" in row ? row.translate : "off" in row ? row.off : row.replace;
        problems.push(incorrect("row-unknown", `The layer ${name} speaks of a row ${id}, which is not there.`));
      }
    });
  }
  const [first, ...rest] = problems;
  return first === undefined ? ok(maps) : failed(first, ...rest);
}

const emptyRow: ElementRow = {
  id: "",
  from: "",
  type: "",
  to: "",
  using: "",
  codes: "",
  assign: "",
  when: "",
  prose: "",
};

interface Maps {
  readonly segments: Map<string, readonly ElementRow[]>;
  readonly types: Map<string, readonly ElementRow[]>;
  readonly structures: Map<string, readonly StructureRow[]>;
  readonly codes: Map<string, CodeTable>;
}

function add({ segments, types }: Maps, { map, row }: { readonly map: string; readonly row: ElementRow }): void {
  const maps = types.has(map) ? types : segments;
  maps.set(map, [row, ...(maps.get(map) ?? [])]);
}

function translate({ codes }: Maps, { translate: name, from, as }: CodeRow): boolean {
  const table = codes.get(plainName(name)) ?? codeTableOf(name);
  if (table === undefined) return false;
  const target: CodeTarget = { system: table.system, display: "", ...as };
  codes.set(plainName(name), {
    ...table,
    codes: new Map([...table.codes, [from, target]]),
    changed: new Set([...(table.changed ?? []), from]),
  });
  return true;
}

/** A row of the guide taken away or changed. */
export type GuideRowChange = Extract<LayerRow, { readonly off: string } | { readonly replace: string }>;

function change(maps: Maps, row: GuideRowChange): boolean {
  const id = "off" in row ? row.off : row.replace;
  const map = id.replace(/^[a-z0-9-]+:/, "").replace(/#\d+$/, "");
  return [maps.segments, maps.types, maps.structures].some((table) =>
    changeIn(table as Maps["segments"], { id, map, row }),
  );
}

interface Change {
  readonly id: string;
  readonly map: string;
  readonly row: GuideRowChange;
}

function changeIn(table: Map<string, readonly ElementRow[]>, { id, map, row }: Change): boolean {
  const rows = table.get(map);
  if (rows?.some((each) => each.id === id) !== true) return false;
  const changed = (each: ElementRow): readonly ElementRow[] => {
    if (each.id !== id) return [each];
    return "off" in row ? [] : [{ ...each, ...row.with }];
  };
  table.set(map, rows.flatMap(changed));
  return true;
}
