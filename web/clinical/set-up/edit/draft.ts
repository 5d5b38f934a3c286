import type { ConfigurationFile } from "#departments/clinical/api";
import { isJsonObject, type Json, type JsonObject } from "#kernel";

export type SettingsFolder = "links" | "destinations";

/** A link or a destination of a draft: its file. */
export interface SettingsFile {
  readonly path: string;
  readonly folder: SettingsFolder;
  readonly name: string;
  readonly settings: JsonObject;
}

const settingsPath = /^(links|destinations)\/([^/]+)\.(?:json|ts)$/;

/** The links and destinations of a draft, by folder and name. */
export function settingsFiles(files: readonly ConfigurationFile[]): readonly SettingsFile[] {
  return files
    .flatMap((file): readonly SettingsFile[] => {
      const [, folder, name] = settingsPath.exec(file.path) ?? [];
      if (folder === undefined || name === undefined || !("json" in file) || !isJsonObject(file.json)) return [];
      return [{ path: file.path, folder: folder as SettingsFolder, name, settings: file.json }];
    })
    .toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

/** With this content, whether the file was there or not. */
export function withFile(files: readonly ConfigurationFile[], path: string, json: Json): readonly ConfigurationFile[] {
  const isThere = files.some((file) => file.path === path);
  const changed = { path, json };
  return isThere ? files.map((file) => (file.path === path ? changed : file)) : [...files, changed];
}

/** Without a link or destination; the golden messages of a link go with it. */
export function withoutFile(files: readonly ConfigurationFile[], { path, folder, name }: SettingsFile) {
  const golden = folder === "links" ? `golden/${name}/` : undefined;
  return files.filter((file) => file.path !== path && (golden === undefined || !file.path.startsWith(golden)));
}

/** A new one, as little as the form can begin with. */
export function newSettings(folder: SettingsFolder): JsonObject {
  return folder === "links" ? { title: "", intake: { by: "mllp" } } : { title: "", outlet: { by: "mllp" } };
}

/** What may stand in the name of a file; the server says the same of it. */
export function isFileName(name: string): boolean {
  return /^[a-z0-9][a-z0-9-]{0,39}$/.test(name);
}

/** A member changed; one that is left out is no longer in the file. */
export function withMember(value: Json | undefined, name: string, member: Json | undefined): JsonObject {
  const { [name]: _before, ...rest } = isJsonObject(value) ? value : {};
  if (member === undefined) return rest;
  if (!isJsonObject(value) || !(name in value)) return { ...rest, [name]: member };
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, key === name ? member : each]));
}
