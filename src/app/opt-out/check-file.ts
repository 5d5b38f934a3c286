import { randomUUID } from "node:crypto";
import { readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { OptOutStore } from "#access";

/** The last answer of the opt-out service, sealed, in a file of the data folder that only Corridor's own user may read. */
export function optOutFile({ dataFolder }: { readonly dataFolder: string }): OptOutStore {
  const file = join(dataFolder, "opt-out-check");
  const mark = async () => {
    const found = await stat(file, { bigint: true }).catch(absent);
    return found === undefined ? undefined : `${found.ino}-${found.mtimeNs}`;
  };
  return {
    mark,
    read: async () => {
      const marked = await mark();
      const text = await readFile(file, "utf8").catch(absent);
      return marked === undefined || text === undefined ? undefined : { text, mark: marked };
    },
    write: async (text) => {
      const aside = `${file}.${randomUUID()}`;
      await writeFile(aside, text, { mode: 0o600, flush: true });
      await rename(aside, file);
    },
    remove: () => rm(file, { force: true }),
  };
}

function absent(error: NodeJS.ErrnoException): undefined {
  if (error.code === "ENOENT") return undefined;
  throw error;
}
