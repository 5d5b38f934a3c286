import { expectOk, ok, type Result } from "#kernel";
import {
  compileRows,
  type MappingLayer,
  officialRows,
  type ReadyMaps,
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

/** The rows of the guide with these layers, one above the other. Problems: `row-unknown`. Takes tens of milliseconds. */
export function layeredRows(layers: readonly MappingLayer[]): Result<ReadyMaps> {
  const rows = withLayers(officialRows, layers);
  return rows.ok ? ok(compileRows(rows.value)) : rows;
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
