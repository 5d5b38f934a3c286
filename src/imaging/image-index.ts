import type { Instant } from "#kernel";
import type { BlobHash, Clause } from "#record";
import type { NameText } from "./fold.ts";
import type { FoundImages, ImageAddress, ImageQuery, StudyState } from "./image-query.ts";
import type { StoredInstance } from "./stored-instance.ts";

/** What images are found by. Implemented by `storage/postgres`. */
export interface ImageIndex {
  /**
   * In one commit, durable when it resolves; a fate an object, in their order. Twice the same object is known the second time.
   * It commits once `ready` has resolved, and nothing when that rejects, with its error.
   */
  add(objects: readonly NewInstance[], ready?: Promise<unknown>): Promise<readonly Fate[]>;
  find(query: ImageQuery, scope: ImageScope): Promise<FoundImages>;
  count(query: ImageQuery, scope: ImageScope): Promise<number>;
  /** In the order of series and their numbers; those after a cursor, at most `limit`. */
  instances(question: InstancesQuestion, scope: ImageScope): Promise<InstancesPage>;
  /** Which of these something names. */
  named(blobs: readonly BlobHash[]): Promise<ReadonlySet<BlobHash>>;
  /** Objects that came under the UID of another, kept until somebody decides; newest first. */
  twins(limit: number): Promise<readonly Twin[]>;
  addTwin(twin: NewTwin): Promise<void>;
  /** True when it was there. */
  removeTwin(twin: number): Promise<boolean>;
  readonly changed: ChangedStudies;
  /** What a study is known to be about and where it stands in the record. */
  relate(study: string, relation: StudyRelation): Promise<void>;
  /** Shows attributes of a level otherwise than they were received; `undefined` shows them as received again. */
  overlay(address: ImageAddress, edit: LevelEdit | undefined): Promise<boolean>;
  /** Hides what is shown there, under the code of a reason, or without one shows what was hidden. Answers how many objects. */
  hide(address: ImageAddress, code: string | undefined): Promise<number>;
  /** What is hidden, of one study or of all, the newest first, at most `limit` series. */
  hidden(limit: number, study: string | undefined): Promise<readonly HiddenObjects[]>;
  /** Shows another object under a UID; what was shown there is kept aside. `elsewhere`: they are of different series. */
  replace(object: NewInstance, why: string): Promise<"replaced" | "elsewhere" | "absent">;
  arrivals(since: Instant): Promise<Arrivals>;
  /** Counted by day. */
  noteRefusal(refusal: Refusal): Promise<void>;
  addCheck(check: ImageCheck): Promise<void>;
  lastCheck(): Promise<ImageCheck | undefined>;
  /** Takes a study, series or object away for good. Answers the blobs that nothing names any more. */
  remove(address: ImageAddress): Promise<readonly BlobHash[]>;
  statistics(): Promise<readonly StorageFigure[]>;
}

/** What may be seen: everything, or studies whose ImagingStudy meets all of these. */
export type ImageScope =
  | { readonly is: "all" }
  | {
      readonly is: "documents";
      readonly all: readonly Clause[];
      /** Those that have no ImagingStudy too. */
      readonly withUnfiled: boolean;
    };

/** Studies that changed since they were last written into the record, for one worker at a time. */
export interface ChangedStudies {
  /**
   * Takes some that changed, oldest first, and all that a worker took and never finished. Of those that changed, only whose
   * newest object had come by `quietAt`, or that wait since `dueAt` or longer.
   */
  take(limit: number, when: { readonly quietAt: Instant; readonly dueAt: Instant }): Promise<readonly ChangedStudy[]>;
  /** What was taken is done. */
  finish(studies: readonly ChangedStudy[]): Promise<void>;
  /** Marks a study as changed. */
  mark(study: string): Promise<void>;
}

export interface ChangedStudy {
  readonly key: number;
  readonly study: string;
  /** Its newest object came then. */
  readonly lastAt: Instant;
}

export interface NewInstance {
  readonly study: NewStudy;
  readonly series: NewSeries;
  readonly uid: string;
  readonly sopClass: string;
  readonly transferSyntax: string;
  readonly number: number | undefined;
  readonly frames: number;
  readonly blob: BlobHash;
  readonly sizeBytes: number;
  readonly dataSetAt: number;
  readonly pixelsAt: number | undefined;
  readonly metadata: string;
  readonly source: string;
  readonly at: Instant;
  /** The whole file of a small object, to be kept with its row; undefined where it stands elsewhere. */
  readonly bytes?: Uint8Array | undefined;
}

export interface NewStudy {
  readonly uid: string;
  readonly issuer: string;
  readonly patientId: string;
  readonly names: readonly NameText[];
  readonly birthDate: string;
  readonly sex: string;
  readonly accession: string;
  readonly date: string;
  readonly time: string;
  readonly studyId: string;
  readonly description: string;
  readonly referring: string;
  /** Members of a DICOM JSON object, without braces. */
  readonly attributes: string;
}

export interface NewSeries {
  readonly uid: string;
  readonly modality: string;
  readonly number: number | undefined;
  readonly date: string;
  readonly bodyPart: string;
  readonly station: string;
  readonly description: string;
  readonly attributes: string;
}

export type Fate =
  | { readonly is: "new" }
  /** There is an object of that UID already, with this content. */
  | { readonly is: "known"; readonly blob: BlobHash }
  /** Its series belongs to another study. */
  | { readonly is: "series-elsewhere" };

export interface InstancesQuestion {
  readonly address: ImageAddress;
  readonly withMetadata: boolean;
  readonly withRejected?: boolean;
  /** As they were received, so that what comes later is behind; otherwise by the numbers of series and objects. */
  readonly order?: "received";
  readonly limit: number;
  readonly after?: InstanceCursor;
}

export type InstanceCursor = readonly (string | number)[];

export interface InstancesPage {
  readonly instances: readonly StoredInstance[];
  /** Where the next page begins; undefined at the end. */
  readonly next?: InstanceCursor;
  /** Behind the last of these; undefined where there are none. */
  readonly end?: InstanceCursor;
}

export interface Twin {
  readonly twin: number;
  readonly instance: string;
  readonly blob: BlobHash;
  readonly sizeBytes: number;
  readonly why: string;
  readonly source: string;
  readonly at: Instant;
}

export interface NewTwin extends Omit<Twin, "twin"> {
  readonly bytes?: NewInstance["bytes"];
}

export interface StudyRelation {
  readonly state: StudyState;
  readonly conflict?: string;
  readonly patient?: string;
  readonly document?: string;
}

/** The level's values as they are to be shown from now on. */
export interface LevelEdit {
  /** Members of a DICOM JSON object, without braces. */
  readonly attributes: string;
  /** Of a study: what it is found by now. */
  readonly study?: Omit<NewStudy, "uid" | "attributes">;
  readonly series?: Omit<NewSeries, "uid" | "attributes">;
}

export interface StorageFigure {
  /** `2026-11` */
  readonly month: string;
  readonly modality: string;
  readonly studies: number;
  readonly instances: number;
  readonly sizeBytes: number;
}

/** Objects of one series that are hidden under one reason. */
export interface HiddenObjects {
  readonly study: string;
  readonly series: string;
  /** The first of them. */
  readonly instance: string;
  readonly code: string;
  readonly objects: number;
  readonly sizeBytes: number;
  /** Of the same series, that are shown. */
  readonly shown: number;
  readonly patient: string | undefined;
  /** The text of a DICOM JSON object: what is kept of the study and of the series. */
  readonly json: string;
}

/** What came since a moment. */
export interface Arrivals {
  readonly total: ArrivalFigure;
  /** Hours from that moment on, counted from 0; those in which nothing came are left out. */
  readonly hours: readonly (ArrivalFigure & { readonly hour: number })[];
  readonly modalities: readonly (ArrivalFigure & { readonly modality: string })[];
  readonly sources: readonly (ArrivalFigure & { readonly source: string })[];
  readonly refusals: readonly RefusalFigure[];
}

export interface ArrivalFigure {
  readonly studies: number;
  readonly objects: number;
  readonly sizeBytes: number;
}

/** An object that was not taken. */
export interface Refusal {
  readonly source: string;
  readonly code: string;
  readonly message: string;
  readonly at: Instant;
}

export interface RefusalFigure extends Refusal {
  readonly count: number;
}

/** What a check of all objects came to. */
export interface ImageCheck {
  readonly at: Instant;
  readonly tookMs: number;
  readonly objects: number;
  readonly problemCount: number;
  /** Some of them. */
  readonly problems: readonly { readonly code: string; readonly message: string; readonly where?: string }[];
}
