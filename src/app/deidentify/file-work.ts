import type { Result } from "#kernel";
import type { Deidentifier, Keyed, PatientNames, RuleCounts } from "#standards/deidentification";
import type { ReleaseFile } from "../terminology/release-files.ts";

/** What it takes to de-identify a file. */
export interface Deidentifying {
  readonly deidentifier: Deidentifier;
  readonly keyed: Keyed;
  readonly counts: RuleCounts;
}

/** The pieces of a file that was de-identified, in order, with how many things (resources, messages, images) each holds. */
export interface Piece {
  readonly bytes: string | Uint8Array;
  readonly things: number;
}

/** How files of one format are read and written. */
export interface FileWork {
  /** With its dot. */
  readonly extension: string;
  /** Who is in it, so that all files of a patient move by the same days. What cannot be read has nobody. */
  patients(file: ReleaseFile): AsyncIterable<readonly PatientNames[]>;
  /** Ends with the first problem; what came before it must not be kept. */
  pieces(file: ReleaseFile, work: Deidentifying): AsyncIterable<Result<Piece>>;
}
