import { statfs } from "node:fs/promises";
import { type Access, type Context, decidingForLink } from "#access";
import { keepingRoutes } from "#departments/clinical";
import type { Route } from "#kernel";
import type { Config } from "../config.ts";

/** What a PACS administrator does with the archive. */
export function openKeeping(access: Access, config: Config): readonly Route<Context>[] {
  return keepingRoutes({
    forFiling: (actor) => access.contextOf(decidingForLink(actor)),
    freeBytes: async () => {
      if (config.blobs !== "folder") return undefined;
      const { bavail, bsize } = await statfs(config.dataFolder);
      return bavail * bsize;
    },
  });
}
