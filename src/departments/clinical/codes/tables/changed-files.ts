import { isJsonObject, type Json, type JsonObject } from "#kernel";
import type { ConfigurationFile } from "../../api/configuration.ts";

/** The files of a set-up, to be changed one by one. Files that are not JSON stay as they are. */
export class ChangedFiles {
  readonly #files: Map<string, ConfigurationFile>;

  constructor(files: readonly ConfigurationFile[]) {
    this.#files = new Map(files.map((file) => [file.path, file]));
  }

  get all(): readonly ConfigurationFile[] {
    return [...this.#files.values()];
  }

  /** Of a folder, `links`, by their names. */
  of(folder: string): readonly { readonly name: string; readonly path: string; readonly json: JsonObject }[] {
    return this.all.flatMap((file) => {
      const [, own, name = ""] = /^([^/]+)\/([^/]+)\.(?:json|ts)$/.exec(file.path) ?? [];
      return own === folder && "json" in file && isJsonObject(file.json)
        ? [{ name, path: file.path, json: file.json }]
        : [];
    });
  }

  set(path: string, json: Json): void {
    this.#files.set(path, { path, json });
  }

  remove(path: string): void {
    this.#files.delete(path);
  }
}

/** The rows of a file, which may leave them out. */
export function rowsIn(json: JsonObject): readonly JsonObject[] {
  return Array.isArray(json.rows) ? json.rows.filter(isJsonObject) : [];
}
