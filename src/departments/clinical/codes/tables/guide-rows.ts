import { type CodeRow, type MappingLayer, officialCodeTables, plainName } from "#standards/v2-to-fhir";
import type { CodeLayer, CodeRowView } from "../../api/code-tables.ts";
import type { LinkSettings } from "../../configuration/link-settings.ts";
import { present } from "../../messages/present.ts";
import { ownLayers } from "../../rows/sender-rows.ts";

export interface LayersInUse {
  readonly layers: readonly MappingLayer[];
  readonly links: readonly Pick<LinkSettings, "name" | "mappingLayers" | "record">[];
  /** The file that a layer is of. */
  fileOf(layer: string): string;
}

/** A row without what goes before it. */
export type PlainRow = Omit<CodeRowView, "overriddenBy">;

/** What the tables of the guide say, and what layers say of their codes, those of the lowest layer first. */
export function guideRows(given: LayersInUse): readonly PlainRow[] {
  return [...officialRows(), ...ownLayers.flatMap((layer) => layerRows(layer, given)), ...setUpRows(given)];
}

let official: readonly PlainRow[] | undefined;

function officialRows(): readonly PlainRow[] {
  official ??= [...officialCodeTables.values()].flatMap(({ name, codes }) =>
    [...codes].map(
      ([code, { system, code: to, display }]): PlainRow => ({
        kind: "guide",
        table: name,
        code,
        target: { system, code: to, ...(display === "" ? {} : { display }) },
        layer: "official",
      }),
    ),
  );
  return official;
}

/** Layers for all links before those for one. */
function setUpRows(given: LayersInUse): readonly PlainRow[] {
  const all = given.layers.flatMap((layer) => layerRows(layer, given));
  return [...all.filter(({ layer }) => layer === "trust"), ...all.filter(({ layer }) => layer !== "trust")];
}

function layerRows(layer: MappingLayer, given: LayersInUse): readonly PlainRow[] {
  const rows = layer.rows.filter((row) => "translate" in row);
  const links = linksOf(layer.name, given);
  if (rows.length === 0 || links.length === 0) return [];
  const isOwn = ownLayers.includes(layer);
  const isForAll = links.length === recording(given).length;
  const place: Place = isOwn
    ? { layer: "uk" }
    : {
        layer: isForAll ? "trust" : "sender",
        file: given.fileOf(layer.name),
        ...(isForAll ? {} : { links }),
      };
  return rows.map((row) => layerRow(row, place));
}

interface Place {
  readonly layer: CodeLayer;
  readonly file?: string;
  readonly links?: readonly string[];
}

function layerRow({ translate, from, as, because }: CodeRow, place: Place): PlainRow {
  const table = officialCodeTables.get(plainName(translate));
  const { code, system = table?.system ?? "", display } = as;
  return present<PlainRow>({
    kind: "guide",
    table: table?.name ?? translate,
    code: from,
    target: { system, code, ...(display === undefined ? {} : { display }) },
    because,
    ...place,
  });
}

/** Links that map what they take, by a layer. */
function linksOf(layer: string, given: LayersInUse): readonly string[] {
  const links = recording(given).filter(({ mappingLayers }) => layersOf(mappingLayers).includes(layer));
  return links.map(({ name }) => name);
}

/** Links that map: others pass on what comes. */
function recording({ links }: LayersInUse): LayersInUse["links"] {
  return links.filter(({ record }) => record !== false);
}

/** Those that a link has where it names none. */
function layersOf(mappingLayers: readonly string[] = []): readonly string[] {
  return mappingLayers.length === 0 ? ownLayers.map(({ name }) => name) : mappingLayers;
}
