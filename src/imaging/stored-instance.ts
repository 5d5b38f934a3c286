import type { Instant } from "#kernel";
import type { BlobHash } from "#record";

/** An object as it is kept: a DICOM file, with the bytes of its data set as they came. */
export interface StoredInstance {
  readonly study: string;
  readonly series: string;
  readonly instance: string;
  readonly sopClass: string;
  readonly transferSyntax: string;
  readonly number: number | undefined;
  /** 0 for one without pixels. */
  readonly frames: number;
  readonly blob: BlobHash;
  readonly sizeBytes: number;
  /** Where in the file its data set begins. */
  readonly dataSetAt: number;
  /** Where in the file the element of its pixel data begins; undefined without, and in a deflated file. */
  readonly pixelsAt: number | undefined;
  /** Members of a DICOM JSON object, without braces, edits applied; bulk data are named `bulk/7FE00010`. Only when asked for. */
  readonly metadata: string | undefined;
  /** Where an edit shows it otherwise than its bytes say: what the edit says, by level, as DICOM JSON objects. */
  readonly edits: readonly string[];
  /** The code of the note that rejected it. */
  readonly rejected: string | undefined;
  /** Id of the Patient that its study is known to be about. */
  readonly patient: string | undefined;
  /** Another one as soon as anything of its study changes: an object that comes, goes or is hidden, or an edit. */
  readonly studyRevision: string;
  /** The node or account that sent it. */
  readonly source: string;
  readonly receivedAt: Instant;
}
