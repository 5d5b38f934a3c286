import { type OpenedImages, openImages } from "#imaging";
import type { Clock, Log } from "#kernel";
import type { SearchConcepts, StreamedBlobs } from "#record";
import type { PostgresStore } from "#storage/postgres";

export interface ArchiveNeeds {
  readonly store: Pick<PostgresStore, "images">;
  readonly imageBlobs: StreamedBlobs;
  /** See `openImages`. */
  readonly isGuest?: boolean;
  readonly clock: Clock;
  readonly log: Log;
  readonly concepts?: () => SearchConcepts | undefined;
}

/** The archive, whose objects stand where the settings say. */
export function openArchive(needs: ArchiveNeeds): Promise<OpenedImages> {
  return openImages({ ...needs, index: needs.store.images, blobs: needs.imageBlobs });
}
