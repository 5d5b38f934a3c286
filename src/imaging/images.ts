import type { Instant, Result } from "#kernel";
import type { BlobHash, OpenBlob } from "#record";
import type {
  Arrivals,
  ChangedStudies,
  HiddenObjects,
  ImageCheck,
  InstancesPage,
  InstancesQuestion,
  LevelEdit,
  StorageFigure,
  StudyRelation,
  Twin,
} from "./image-index.ts";
import type { FoundImages, ImageAddress, ImageQuery } from "./image-query.ts";
import type { Arrival, ImageReceiver } from "./ingest/receiver.ts";

/**
 * What was received as images. Departments hold it narrowed to an actor (`#access`): what the actor may not see is not found,
 * and what is read and written is in the audit log before it is answered.
 */
export interface Images {
  /** Problems: busy when `limits.imagesReceivingMax` are being received; forbidden. */
  receive(arrival: Arrival): Promise<Result<ImageReceiver>>;
  find(query: ImageQuery): Promise<Result<FoundImages>>;
  /** The exact number of what a search finds, whatever its limit. */
  count(query: ImageQuery): Promise<Result<number>>;
  /** Objects of a study, a series, or one. None is no problem here: who asked for one says not-found. */
  instances(question: InstancesQuestion): Promise<Result<InstancesPage>>;
  /** The bytes of an object that `instances` gave. Problems: fault when they are gone. */
  open(blob: BlobHash): Promise<Result<OpenBlob>>;
}

/**
 * What only those may do who answer for the archive, and the workers that keep it in order. A reason, in the words of a person,
 * goes into the audit log.
 */
export interface ImageKeeping {
  readonly changed: ChangedStudies;
  twins(): Promise<Result<readonly Twin[]>>;
  /** Forgets an object that was kept aside. Problems: not-found. */
  dropTwin(twin: number, reason?: string): Promise<Result<void>>;
  relate(study: string, relation: StudyRelation, reason?: string): Promise<Result<void>>;
  /** Problems: not-found. */
  overlay(address: ImageAddress, edit: LevelEdit | undefined): Promise<Result<void>>;
  /** Hides what is shown there, under a code, or without one shows what was hidden. Answers how many objects. */
  hide(address: ImageAddress, code: string | undefined, reason?: string): Promise<Result<number>>;
  /** What is hidden, of one study or of all, the newest first, at most `limits.imageHiddenListedMax` series. */
  hidden(study?: string): Promise<Result<readonly HiddenObjects[]>>;
  /** Shows an object that was kept aside; the one that was shown is kept aside instead. Problems: not-found; conflict `series-elsewhere`. */
  showTwin(twin: number, reason?: string): Promise<Result<Twin>>;
  arrivals(since: Instant): Promise<Result<Arrivals>>;
  lastCheck(): Promise<Result<ImageCheck | undefined>>;
  /** Takes away for good, bytes and all. Problems: not-found. */
  remove(address: ImageAddress): Promise<Result<void>>;
  statistics(): Promise<Result<readonly StorageFigure[]>>;
}

/** Everything, seeing everything: for the composition root. */
export type ImageArchive = Images & ImageKeeping;
