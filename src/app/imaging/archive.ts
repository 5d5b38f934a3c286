import { join } from "node:path";
import { type OpenedImages, openImages } from "#imaging";
import type { Clock, Log } from "#kernel";
import type { SearchConcepts, StreamedBlobs } from "#record";
import { openStreamedFolder } from "#storage/files";
import type { PostgresStore } from "#storage/postgres";
import type { Config } from "../config.ts";

export interface ArchiveNeeds {
  readonly config: Config;
  readonly store: Pick<PostgresStore, "images">;
  readonly clock: Clock;
  readonly log: Log;
  readonly concepts: () => SearchConcepts | undefined;
}

/** Where the objects stand. */
export function imagesFolder(config: Config): string {
  return join(config.dataFolder, "images");
}

/** The archive, and the blobs of it for `backup` and `verify`. */
export async function openArchive(needs: ArchiveNeeds): Promise<{ images: OpenedImages; blobs: StreamedBlobs }> {
  const blobs = await openStreamedFolder(imagesFolder(needs.config));
  const images = await openImages({ ...needs, index: needs.store.images, blobs });
  return { images, blobs };
}
