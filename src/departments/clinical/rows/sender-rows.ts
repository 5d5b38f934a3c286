import { expectOk, ok, type Result } from "#kernel";
import {
  compileRows,
  type MappingLayer,
  officialRows,
  plainName,
  type ReadyMaps,
  type RowMaps,
  ukLayer,
  withLayers,
} from "#standards/v2-to-fhir";

/** Layers that come with Corridor. */
export const ownLayers: readonly MappingLayer[] = [ukLayer];

let usual: ReadyMaps | undefined;

/** The rows of the guide with the British layer, compiled when they are first needed. */
export function usualRows(): ReadyMaps {
  usual ??= expectOk(layeredRows(ownLayers));
  return usual;
}

/**
 * The rows of the guide with these layers, one above the other; those that do not come with Corridor also by themselves, as
 * they go before the typed mapping. Problems: `row-unknown`. Takes tens of milliseconds.
 */
export function layeredRows(layers: readonly MappingLayer[]): Result<ReadyMaps> {
  const rows = withLayers(officialRows, layers);
  if (!rows.ok) return rows;
  const given = layers.filter((layer) => !ownLayers.includes(layer));
  const before = withLayers(
    officialRows,
    layers.filter((layer) => ownLayers.includes(layer)),
  );
  if (given.length === 0 || !before.ok) return ok(compileRows(rows.value));
  const { named, off, tables } = rowsNamedBy(given);
  const onlyChanged = rowsByTables(rows.value, { tables, named });
  const above = { ...onlyRows(rows.value, new Set([...named, ...onlyChanged])), onlyChanged };
  const without = onlyRows(before.value, off);
  return ok({
    ...compileRows(rows.value),
    ...(hasRows(above) ? { above: compileRows(above) } : {}),
    ...(hasRows(without) ? { without: compileRows(without) } : {}),
  });
}

/** The ids of the rows that layers add or change, and of those of the guide that no longer hold; the tables of codes they change. */
function rowsNamedBy(layers: readonly MappingLayer[]) {
  const named = new Set<string>();
  const off = new Set<string>();
  const tables = new Set<string>();
  for (const { name, rows } of layers)
    rows.forEach((row, at) => {
      if ("translate" in row) {
        tables.add(plainName(row.translate));
        return;
      }
      if (!("add" in row)) off.add("off" in row ? row.off : row.replace);
      if (!("off" in row)) named.add("add" in row ? `${name}:${row.add}#${at + 1}` : row.replace);
    });
  return { named, off, tables };
}

interface ByTables {
  readonly tables: ReadonlySet<string>;
  /** Rows that go before other mappings whatever the code is. */
  readonly named: ReadonlySet<string>;
}

/** The ids of the rows of segments whose values these tables translate. */
function rowsByTables({ segments }: RowMaps, { tables, named }: ByTables): ReadonlySet<string> {
  const rows = [...segments.values()].flat().filter(({ id, codes }) => tables.has(plainName(codes)) && !named.has(id));
  return new Set(rows.map(({ id }) => id));
}

function hasRows({ segments }: RowMaps): boolean {
  return [...segments.values()].some((rows) => rows.length > 0);
}

/** Of segments these rows alone; data types are mapped as ever. */
function onlyRows({ segments, types, structures, codes }: RowMaps, ids: ReadonlySet<string>): RowMaps {
  const some = [...segments].map(([map, rows]) => [map, rows.filter(({ id }) => ids.has(id))] as const);
  return { segments: new Map(some), types, structures, ...(codes && { codes }) };
}

export interface LayersOfLink {
  /** In their order. Empty: those that come with Corridor. */
  readonly mappingLayers: readonly string[];
}

/**
 * The rows of each link by the layers that it names, `layers` being those of files. Each list of layers is compiled once.
 * Undefined: those of `usualRows`. Files that have been checked name no other layer and no row that is not there.
 */
export function senderRows(layers: readonly MappingLayer[]): (link: LayersOfLink) => ReadyMaps | undefined {
  const compiled = new Map<string, ReadyMaps>();
  const byName = new Map([...ownLayers, ...layers].map((layer) => [layer.name, layer]));
  return ({ mappingLayers }) => {
    const key = mappingLayers.join(" ");
    if (key === "" || key === ownLayers.map(({ name }) => name).join(" ")) return undefined;
    const known = compiled.get(key);
    if (known !== undefined) return known;
    const rows = layeredRows(mappingLayers.flatMap((name) => byName.get(name) ?? []));
    if (rows.ok) compiled.set(key, rows.value);
    return rows.ok ? rows.value : undefined;
  };
}
