import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import type { NamedFile } from "#departments/clinical";
import { failed, incorrect, limits, notFound, ok, type Result } from "#kernel";

/** A file, or those of a folder in the order of their names, hidden ones left out. Problems: `files-not-found`, `files-too-many`. */
export async function readFiles(path: string): Promise<Result<readonly NamedFile[]>> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) return failed(notFound("files-not-found", `There is no file or folder ${path}.`));
  if (!found.isDirectory()) return ok([{ name: path, bytes: await readFile(path) }]);
  const entries = await readdir(path, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isFile() && !entry.name.startsWith(".")).map(({ name }) => name);
  if (names.length > limits.simulatorFilesMax)
    return failed(incorrect("files-too-many", `The folder ${path} has more than ${limits.simulatorFilesMax} files.`));
  const files: NamedFile[] = [];
  for (const name of names.sort()) files.push({ name, bytes: await readFile(join(path, name)) });
  return ok(files);
}
