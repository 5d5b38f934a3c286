import { readFile, symlink } from "node:fs/promises";
import { dirname, join, relative } from "node:path";

interface Link {
  readonly source: string;
  readonly target: string;
}

/**
 * npm carries no symbolic links, so the package makes those of its libraries in an install script, which many
 * installations do not run. Makes the ones that are missing; those that cannot be made show when the server is run.
 */
export async function makeLibraryLinks(binariesFolder: string): Promise<void> {
  const packageFolder = dirname(binariesFolder);
  const list = await readFile(join(binariesFolder, "pg-symlinks.json"), "utf8").catch(() => "[]");
  for (const { source, target } of JSON.parse(list) as readonly Link[]) {
    const link = join(packageFolder, target);
    await symlink(relative(dirname(link), join(packageFolder, source)), link).catch(() => {});
  }
}
