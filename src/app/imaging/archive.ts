import { duplicatesFrom } from "#departments/clinical";
import { type OpenedImages, openImages } from "#imaging";
import type { Clock, Log } from "#kernel";
import type { HealthRecord, SearchConcepts, StreamedBlobs } from "#record";
import type { PostgresStore } from "#storage/postgres";

export interface ArchiveNeeds {
  readonly store: Pick<PostgresStore, "images">;
  /** The whole record: what it says of nodes tells nothing of patients. */
  readonly record: HealthRecord;
  readonly imageBlobs: StreamedBlobs;
  /** See `openImages`. */
  readonly isGuest?: boolean;
  readonly clock: Clock;
  readonly log: Log;
  readonly concepts?: () => SearchConcepts | undefined;
}

/** The archive, whose objects stand where the settings say. */
export function openArchive(needs: ArchiveNeeds): Promise<OpenedImages> {
  const { record, store, imageBlobs: blobs } = needs;
  return openImages({ ...needs, index: store.images, blobs, duplicates: (source) => duplicatesFrom(record, source) });
}
