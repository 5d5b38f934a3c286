import { readdir, readFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { pathToFileURL } from "node:url";
import type { ConfigurationFile } from "#departments/clinical";
import { failed, incorrect, type Json, limits, notFound, okUnless, type Problem, type Result } from "#kernel";

const read = /\.(json|ts|hl7)$/;
const folders = ["links", "destinations", "mappings", "codes", "golden"];

/**
 * The files of a folder of links: JSON as it stands, what a `.ts` file exports as `settings`, and golden messages byte for
 * byte. Problems: `folder-missing`, and each file that cannot be read, with its name.
 */
export async function readLinksFolder(folder: string): Promise<Result<readonly ConfigurationFile[]>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => undefined);
  if (entries === undefined) return failed(notFound("folder-missing", `There is no folder ${folder}.`));
  const paths = entries
    .filter((entry) => entry.isFile() && read.test(entry.name))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .filter((path) => folders.includes(path.split("/")[0] ?? ""))
    .sort();
  if (paths.length > limits.linkFilesMax)
    return failed(incorrect("too-many-files", `There are more than ${limits.linkFilesMax} files in ${folder}.`));
  const files: ConfigurationFile[] = [];
  const problems: Problem[] = [];
  for (const path of paths) {
    const file = await readOne(folder, path).catch((error: Error) => unreadable(path, error));
    if ("path" in file) files.push(file);
    else problems.push(file);
  }
  if (paths.length === 0) problems.push(incorrect("nothing-to-read", `${folder} has none of ${folders.join(", ")}.`));
  return okUnless(problems, files);
}

async function readOne(folder: string, path: string): Promise<ConfigurationFile | Problem> {
  const whole = join(folder, path);
  if (path.endsWith(".ts")) {
    const { settings } = (await import(pathToFileURL(whole).href)) as { readonly settings?: unknown };
    if (settings === undefined) return unreadable(path, new Error("export the settings as `settings`"));
    return { path, json: JSON.parse(JSON.stringify(settings)) as Json };
  }
  const bytes = await readFile(whole);
  if (bytes.length > limits.linkFileBytesMax) return unreadable(path, new Error("make it smaller"));
  if (path.endsWith(".hl7")) return { path, base64: bytes.toString("base64") };
  return { path, json: JSON.parse(bytes.toString("utf8")) as Json };
}

function unreadable(path: string, { message }: Error): Problem {
  return incorrect("file-unreadable", `${path}: ${message}.`, { where: path });
}
