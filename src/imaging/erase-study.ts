import { createHash } from "node:crypto";
import type { Result } from "#kernel";
import type { BlobHash, StreamedBlobs } from "#record";
import { attempt } from "./attempt.ts";

/** What erasing needs of the index of images: a study is named by the SHA-256 of its UID. Implemented by `storage/postgres`. */
export interface ImageErasure {
  /** Those that are known to be about one of these patients, `Patient/7c…`, or are filed as one of these ImagingStudies. */
  studiesOf(asked: {
    readonly patients: readonly string[];
    readonly documents: readonly string[];
  }): Promise<readonly string[]>;
  contentOf(study: string): Promise<StudyContent>;
  /** Takes every row of a study away: nothing of it is found by anything any more, and nobody is told that it changed. */
  forget(study: string): Promise<void>;
}

export interface StudyContent {
  readonly objects: number;
  /** Those that no other study names. */
  readonly blobs: readonly BlobHash[];
}

/** The name by which a study is erased. */
export function studyName(uid: string): string {
  return createHash("sha256").update(uid).digest("hex");
}

/**
 * Takes a study out of the archive for good: its objects' bytes first, then all that it was found by, so that it can be done
 * again wherever it was cut short. Answers how many objects it had.
 */
export function eraseStudy(
  { index, blobs }: { readonly index: ImageErasure; readonly blobs: Pick<StreamedBlobs, "remove"> },
  study: string,
): Promise<Result<number>> {
  return attempt(async () => {
    const content = await index.contentOf(study);
    for (const blob of content.blobs) await blobs.remove(blob);
    await index.forget(study);
    return content.objects;
  });
}
