import { existsSync } from "node:fs";
import { join } from "node:path";
import { failed, type Log, notFound, type Result } from "#kernel";
import { systemClock } from "../clock.ts";
import type { Config } from "../config.ts";
import { openDataFolder } from "../data-folder.ts";
import { timeOrderedIds } from "../ids.ts";
import { reachDatabase } from "./database.ts";
import { openRecordParts, type RecordParts } from "./record.ts";
import { shutdownStack } from "./shutdown-stack.ts";

/**
 * Runs a command's work on the record, beside a running Corridor or without one, and closes what was opened for it. The work
 * is told whether one runs on the same data folder.
 * Problems: `no-data`, those of opening, and those of the work.
 */
export async function besideCorridor<T>(
  { config, log }: { readonly config: Config; readonly log: Log },
  work: (parts: RecordParts, isBesideOther: boolean) => Promise<Result<T>>,
): Promise<Result<T>> {
  if (config.databaseUrl === undefined && !existsSync(join(config.dataFolder, "postgres")))
    return failed(noData(config));
  const stack = shutdownStack(log);
  try {
    const folder = await openDataFolder(config.dataFolder);
    if (!folder.ok) return folder;
    const database = await reachDatabase(config, log);
    if (!database.ok) return database;
    stack.defer("database", database.value.stop);
    const { target } = database.value;
    const record = await openRecordParts({ config, target, clock: systemClock, ids: timeOrderedIds, log, stack });
    return record.ok ? await work(record.value, database.value.isShared === true) : record;
  } finally {
    await stack.close();
  }
}

/** A mistyped folder must not be taken for an empty Corridor. */
function noData({ dataFolder }: Config) {
  return notFound(
    "no-data",
    `There is no Corridor in ${dataFolder}: name its data folder with CORRIDOR_DATA, or start it once.`,
  );
}
