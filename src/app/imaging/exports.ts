import { join } from "node:path";
import type { Access, Context } from "#access";
import { imageExportRoutes } from "#departments/clinical";
import type { Clock, Ids, Log, Route } from "#kernel";
import type { PixelEngine } from "#standards/pixels";
import type { ShutdownStack } from "../compose/shutdown-stack.ts";
import type { Config } from "../config.ts";
import { openExportFiles } from "./export-files.ts";
import { ExportJobs } from "./export-jobs.ts";

export interface ExportsNeeds {
  readonly config: Config;
  readonly access: Access;
  readonly engine: PixelEngine;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly stack: ShutdownStack;
}

const hourMs = 3_600_000;

/** Exports of images over HTTP, and the removal of those whose time is over. */
export async function openExports({ config, stack, ...given }: ExportsNeeds): Promise<readonly Route<Context>[]> {
  const files = await openExportFiles(join(config.dataFolder, "image-exports"));
  const jobs = await ExportJobs.open({
    ...given,
    files,
    dataFolder: config.dataFolder,
    keepMs: config.bulkHours * hourMs,
  });
  const unremoved = (error: unknown) => given.log.error("image-export-unremoved", { error: String(error) });
  const looking = setInterval(() => void jobs.removeOld().catch(unremoved), hourMs).unref();
  stack.defer("image exports", async () => {
    clearInterval(looking);
    await jobs.close();
  });
  return imageExportRoutes(jobs);
}
