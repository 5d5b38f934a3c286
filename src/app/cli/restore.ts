import { readdir } from "node:fs/promises";
import { resolve } from "node:path";
import { conflict, failed, ok, type Result, unavailable } from "#kernel";

import type { Key } from "../backup/age.ts";
import { type CheckedArchive, checkArchive } from "../backup/archive-reader.ts";
import { restoreBackup } from "../backup/restore.ts";
import { openBlobStorage } from "../compose/blob-storage.ts";
import { startDatabase } from "../compose/database.ts";

import { finishRestoring, startRestoring } from "../data-folder.ts";
import { keyIn } from "./backup-keys.ts";
import type { Command } from "./command.ts";
import { progressBar } from "./progress-bar.ts";
import { type Given, oneWord, withSettings } from "./settings.ts";
import type { Terminal } from "./terminal.ts";

export const restore: Command = {
  help: `corridor restore FILE [--identity FILE] [--passphrase-file FILE] [--json]

Puts a backup into the data folder (CORRIDOR_DATA), which must be empty or not exist, and with DATABASE_URL into that
database, which must be empty too. The backup is checked byte by byte before anything is written.
An encrypted one needs the file of a key that it was encrypted to, or a file with its passphrase in the first line.
Run corridor verify afterwards to check what was restored.`,
  options: { identity: { type: "string" }, "passphrase-file": { type: "string" }, json: { type: "boolean" } },
  wordsMax: 1,
  run: (invocation) =>
    withSettings(invocation, async (given) => {
      const { words, options, terminal } = invocation;
      const path = oneWord(words, "which file to restore: corridor restore FILE");
      if (!path.ok) return path;
      const key = await keyIn(options);
      if (!key.ok) return key;
      const archive = await check({ path: resolve(path.value), key: key.value }, terminal);
      if (!archive.ok) return archive;
      const restored = await restoreInto(given, archive.value, terminal);
      if (!restored.ok) return restored;
      const { madeAt, position } = archive.value.about;
      const place = given.config.dataFolder;
      if (options.json === true) terminal.out(JSON.stringify({ dataFolder: place, madeAt, position }));
      else terminal.out(`Restored into ${place}: everything as it was at ${madeAt}, up to change ${position}.`);
      return ok(undefined);
    }),
};

interface Checking {
  readonly path: string;
  readonly key: Key | undefined;
}

async function check({ path, key }: Checking, terminal: Terminal): Promise<Result<CheckedArchive>> {
  const bar = progressBar(terminal, { label: "Checking", unit: "bytes" });
  try {
    return await checkArchive(path, bar.update, key);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return failed(unavailable("backup-unreadable", `The backup ${path} cannot be read (${code ?? message}).`));
  } finally {
    bar.finish();
  }
}

/** The folder is marked while it is being filled: a restore that is cut short is not taken for a data folder. */
async function restoreInto({ config, log }: Given, archive: CheckedArchive, terminal: Terminal): Promise<Result<void>> {
  const { dataFolder } = config;
  if ((await readdir(dataFolder).catch(() => [])).length > 0) return failed(notEmpty(dataFolder));
  const marked = await startRestoring(dataFolder);
  if (!marked.ok) return marked;
  const storage = await openBlobStorage(config);
  if (!storage.ok) return storage;
  const database = await startDatabase(config, log);
  if (!database.ok) return database;
  const total = archive.about.tables.reduce((sum, { rows }) => sum + rows, 0);
  const bar = progressBar(terminal, { label: "Restoring", unit: "rows" });
  try {
    const restored = await restoreBackup({
      archive,
      target: database.value.target,
      blobs: storage.value.blobs,
      images: storage.value.images,
      progress: (done) => bar.update(done, total),
    });
    if (restored.ok) await finishRestoring(dataFolder);
    return restored;
  } finally {
    bar.finish();
    await database.value.stop();
  }
}

function notEmpty(folder: string) {
  return conflict("data-folder-not-empty", `The folder ${folder} is not empty: name an empty one with CORRIDOR_DATA.`);
}
