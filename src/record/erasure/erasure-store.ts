import type { Instant } from "#kernel";
import type { BlobHash } from "../blobs/blob.ts";
import type { Key, Kind } from "../documents/document.ts";
import type { TermEntry } from "../documents/index-entries.ts";

/** What one decision takes away for good. Written down before anything goes; it may be added to until it is finished. */
export interface ErasurePlan {
  /** What decided it: `Disposal/d-7c…`. */
  readonly decision: string;
  readonly at: Instant;
  readonly documents: readonly Key[];
  /** SHA-256 of the UIDs of studies of images, 64 hex digits: the list of erasures names no study. */
  readonly studies: readonly string[];
}

/** How much of it is gone. */
export interface ErasureProgress {
  readonly documents: Done;
  /** How many of each kind. */
  readonly kinds: Readonly<Record<string, number>>;
  /** Versions whose content is gone. */
  readonly versions: number;
  /** Content that was named by what is gone, and by nothing else. */
  readonly blobs: Done;
  /** Content that other documents name too: it stays. */
  readonly blobsKept: number;
  readonly studies: Done;
  /** Objects of those studies. */
  readonly images: number;
  readonly isFinished: boolean;
}

/** The texts that a document was found by with its codes, from its body. */
export type TermsOf = (kind: Kind, body: string) => readonly TermEntry[];

export interface Done {
  readonly done: number;
  readonly total: number;
}

/**
 * What is to be erased and how far that is. Each call may be cut short and done again. Implemented by `storage/postgres`.
 */
export interface ErasureStore {
  /** Durable when it resolves. What is written down already stays as it is; what is new opens a finished erasure again. */
  plan(plan: ErasurePlan): Promise<void>;
  /** Every decision, and whether it is finished. */
  decisions(): Promise<ReadonlyMap<string, boolean>>;
  progress(decision: string): Promise<ErasureProgress | undefined>;
  /** Documents that still have their content, at most so many. */
  documentsLeft(decision: string, limit: number): Promise<readonly Key[]>;
  /**
   * Takes the content out of every version of those of these that are deleted, in one commit, and notes which blobs it named.
   * Their places in the feed and their numbers stay. Texts of codes that nothing else was found with go too. Answers those that
   * are not deleted: nothing of them is changed.
   */
  blank(decision: string, keys: readonly Key[], termsOf: TermsOf): Promise<readonly Key[]>;
  studiesLeft(decision: string): Promise<readonly string[]>;
  studyGone(decision: string, study: string, images: number): Promise<void>;
  /**
   * Takes away, of the blobs that the decision's documents named, those in the database that nothing else names, and answers
   * them all: what stands elsewhere is taken away next, and then told by `blobsGone`.
   */
  takeBlobs(decision: string): Promise<readonly BlobHash[]>;
  blobsGone(decision: string, blobs: readonly BlobHash[]): Promise<void>;
  finish(decision: string, at: Instant): Promise<void>;
  /** Documents of a patient that were deleted before, and so are found by no search: those that named `Patient/7c…` in any version, but for what is planned already. */
  deletedNaming(reference: string): Promise<readonly Key[]>;
}
