import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { conflict, failed, incorrect, ok, type Result } from "#kernel";
import { openKeyFile } from "../compose/key-file.ts";

/**
 * The key of a project, in the data folder beside `identity.key` and outside the database, made by its first use. Whoever has
 * it and the original can tell whose a pseudonym is; without it nobody can. Problems: incorrect `project-name-incorrect`,
 * conflict `project-key-unusable`.
 */
export async function openProjectKey(dataFolder: string, project: string): Promise<Result<Uint8Array>> {
  if (!isProjectName(project))
    return failed(
      incorrect("project-name-incorrect", "A project's name is up to 64 letters, digits, hyphens and underscores."),
    );
  const folder = join(dataFolder, "deidentification");
  const file = join(folder, `${project}.key`);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const key = await openKeyFile(file);
  if (key !== undefined) return ok(key);
  return failed(conflict("project-key-unusable", `The file ${file} is not what Corridor writes: put back its copy.`));
}

export function isProjectName(text: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/.test(text);
}
