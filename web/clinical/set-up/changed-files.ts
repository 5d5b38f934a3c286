import type { ConfigurationFile } from "#departments/clinical/api";
import { isJsonObject, type Json } from "#kernel";

/** Paths of files that are in one and not the other, or differ; the order of members does not count. */
export function changedFiles(
  some: readonly ConfigurationFile[],
  others: readonly ConfigurationFile[],
): readonly string[] {
  const [one, two] = [textsOf(some), textsOf(others)];
  return [...new Set([...one.keys(), ...two.keys()])].filter((path) => one.get(path) !== two.get(path)).toSorted();
}

function textsOf(files: readonly ConfigurationFile[]): ReadonlyMap<string, string> {
  return new Map(files.map((file) => [file.path, "json" in file ? orderedText(file.json) : file.base64]));
}

function orderedText(json: Json): string {
  return JSON.stringify(json, (_, value: Json) =>
    isJsonObject(value) ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))) : value,
  );
}
