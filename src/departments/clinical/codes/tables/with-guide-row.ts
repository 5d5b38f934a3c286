import type { JsonObject } from "#kernel";
import { plainName } from "#standards/v2-to-fhir";
import type { CodeRowChange } from "../../api/code-tables.ts";
import type { ConfigurationFile } from "../../api/configuration.ts";
import { ownLayers } from "../../rows/sender-rows.ts";
import { ChangedFiles, rowsIn } from "./changed-files.ts";

type GuideChange = Extract<CodeRowChange, { readonly kind: "guide" }>;

/**
 * The files with what a code of a table means for all links, or for one: a row of a layer that these name. A layer that has no
 * row any more is taken out. Pure.
 */
export function withGuideRow(
  files: readonly ConfigurationFile[],
  change: GuideChange & { readonly because: string },
): readonly ConfigurationFile[] {
  const changed = new ChangedFiles(files);
  const links = changed.of("links").filter(({ name, json }) => json.record !== false && isMeant(name, change.link));
  const layer = layerFor(changed, change);
  const before = changed.of("mappings").find(({ name }) => name === layer);
  const path = before?.path ?? `mappings/${layer}.json`;
  const { table, code, target, because } = change;
  const others = rowsIn(before?.json ?? {}).filter((row) => !isOf(row, change));
  const rows = target === null ? others : [...others, { translate: table, from: code, as: { ...target }, because }];
  if (rows.length === 0) {
    if (before !== undefined) leaveOut(changed, { layer, path });
    return changed.all;
  }
  changed.set(path, { ...before?.json, rows });
  for (const link of links)
    changed.set(link.path, { ...link.json, mappingLayers: namedWith(link.json, { layer, change }) });
  return changed.all;
}

function isMeant(name: string, link: string | undefined): boolean {
  return link === undefined || name === link;
}

function isOf(row: JsonObject, { table, code }: GuideChange): boolean {
  return plainName(String(row.translate ?? "")) === plainName(table) && row.from === code;
}

/**
 * The one that says what the code means already; else one that only these links name, or none yet: rows that others have must
 * not begin to count for them.
 */
function layerFor(changed: ChangedFiles, change: GuideChange): string {
  const links = changed.of("links").filter(({ json }) => json.record !== false);
  const wanted = links.filter(({ name }) => isMeant(name, change.link)).map(({ name }) => name);
  const isTheirs = (layer: string) => {
    const users = links.filter(({ json }) => layersOf(json).includes(layer)).map(({ name }) => name);
    return users.length === wanted.length && users.every((name) => wanted.includes(name));
  };
  const layers = changed.of("mappings");
  const saysSo = layers.find(({ name, json }) => isTheirs(name) && rowsIn(json).some((row) => isOf(row, change)));
  if (saysSo !== undefined) return saysSo.name;
  const { link = "trust" } = change;
  const isFree = (layer: string) =>
    !ownLayers.some(({ name }) => name === layer) && (isTheirs(layer) || !layers.some(({ name }) => name === layer));
  return [link, `${link.slice(0, 34)}-codes`, "codes"].find(isFree) ?? `codes-${layers.length}`;
}

function layersOf({ mappingLayers }: JsonObject): readonly string[] {
  const named = Array.isArray(mappingLayers) ? mappingLayers.filter((each) => typeof each === "string") : [];
  return named.length === 0 ? ownLayers.map(({ name }) => name) : named;
}

/** A layer for all goes right above Corridor's own, so that those of the link stay above it. */
function namedWith(
  link: JsonObject,
  { layer, change }: { readonly layer: string; readonly change: GuideChange },
): readonly string[] {
  const before = layersOf(link);
  if (before.includes(layer)) return before;
  if (change.link !== undefined) return [...before, layer];
  const own = before.filter((name) => ownLayers.some((each) => each.name === name));
  return [...own, layer, ...before.filter((name) => !own.includes(name))];
}

function leaveOut(changed: ChangedFiles, { layer, path }: { readonly layer: string; readonly path: string }): void {
  changed.remove(path);
  for (const link of changed.of("links")) {
    const before = layersOf(link.json);
    if (before.includes(layer))
      changed.set(link.path, { ...link.json, mappingLayers: before.filter((name) => name !== layer) });
  }
}
