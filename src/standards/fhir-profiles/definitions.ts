import { isJsonObject, type JsonObject } from "#kernel";
import { bareUrl } from "./binding.ts";
import { baseTree, coreUrl, type ElementNode } from "./element-node.ts";
import tables from "./generated/profiles.json" with { type: "json" };
import { growTree } from "./snapshot.ts";

/** A StructureDefinition with its tree of elements. */
export interface Definition {
  readonly url: string;
  readonly version: string | undefined;
  /** What people call it. */
  readonly title: string;
  /** The type it constrains. */
  readonly type: string;
  readonly json: JsonObject;
  readonly root: ElementNode;
  /** What could not be understood of it, a sentence each. */
  readonly flaws: readonly string[];
}

/** StructureDefinitions by their canonical urls. */
export interface Definitions {
  /** By `url` or `url|version`; without a version the newest at hand. Undefined where there is none. */
  find(canonical: string): Definition | undefined;
}

/** R4's own profiles and extensions, and those given, which go before them. What has no url is passed over. */
export function openDefinitions(given: readonly JsonObject[]): Definitions {
  const byUrl = new Map<string, JsonObject[]>();
  for (const json of given) {
    if (typeof json.url === "string") byUrl.set(json.url, [...(byUrl.get(json.url) ?? []), json]);
  }
  const known = new Map<string, Definition | undefined>();
  const definitions: Definitions = {
    find(canonical) {
      if (known.has(canonical)) return known.get(canonical);
      // Set first: a definition that is derived from itself finds nothing.
      known.set(canonical, undefined);
      const definition = read(canonical);
      known.set(canonical, definition);
      return definition;
    },
  };

  function read(canonical: string): Definition | undefined {
    const url = bareUrl(canonical);
    const version = url === canonical ? undefined : canonical.slice(url.length + 1);
    const json = newest(byUrl.get(url) ?? [], version) ?? newest(coreProfiles().get(url) ?? [], version);
    if (json !== undefined) return definitionOf(json, definitions);
    return version === undefined || version.startsWith("4.0") ? baseDefinition(url) : undefined;
  }

  return definitions;
}

let core: ReadonlyMap<string, readonly JsonObject[]> | undefined;

function coreProfiles(): ReadonlyMap<string, readonly JsonObject[]> {
  core ??= new Map((tables.profiles as unknown as readonly JsonObject[]).map((json) => [String(json.url), [json]]));
  return core;
}

/** `4.0` finds 4.0.1. */
function newest(list: readonly JsonObject[], version: string | undefined): JsonObject | undefined {
  const fitting = list.filter((json) => {
    if (version === undefined) return true;
    const own = String(json.version ?? "");
    return own === version || own.startsWith(`${version}.`);
  });
  return fitting.toSorted((a, b) => compareVersions(String(b.version ?? ""), String(a.version ?? "")))[0];
}

function compareVersions(a: string, b: string): number {
  return a.localeCompare(b, "en", { numeric: true });
}

function baseDefinition(url: string): Definition | undefined {
  if (!url.startsWith(coreUrl)) return undefined;
  const type = url.slice(coreUrl.length);
  const root = baseTree(type);
  return root === undefined ? undefined : { url, version: "4.0.1", title: type, type, json: {}, root, flaws: [] };
}

function definitionOf(json: JsonObject, definitions: Definitions): Definition {
  const { root, flaws } = growTree(json, definitions);
  const url = String(json.url);
  return {
    url,
    version: typeof json.version === "string" ? json.version : undefined,
    title: [json.title, json.name, url].find((text) => typeof text === "string") as string,
    type: typeof json.type === "string" ? json.type : "Resource",
    json,
    root,
    flaws,
  };
}

export function isStructureDefinition(value: unknown): value is JsonObject {
  return isJsonObject(value) && value.resourceType === "StructureDefinition";
}
