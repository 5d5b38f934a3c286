import type { Images } from "#imaging";
import type { Clock } from "#kernel";
import type { HealthRecord } from "#record";
import type { Keyed, RuleSet } from "#standards/deidentification";
import type { PixelEngine } from "#standards/pixels";

/** What is to leave the archive. */
export interface ExportOrder {
  /** Study Instance UIDs. */
  readonly studies: readonly string[];
  /** Absent: objects go out as they are, with their edits. */
  readonly deidentification?: ImageDeidentification;
  /** Of the DICOMDIR: at most 16 capitals, digits and underscores. */
  readonly fileSetId: string;
}

export interface ImageDeidentification {
  /** With the rules for pixels of this hospital. */
  readonly ruleSet: RuleSet;
  readonly keyed: Keyed;
}

export interface ExportNeeds {
  /** As whoever exports may see them, for the purpose that they export for. */
  readonly images: Images;
  readonly record: Pick<HealthRecord, "read">;
  /** For pixels that are compressed and have to be blackened; without it such objects are left out. */
  readonly engine?: PixelEngine;
  readonly clock: Clock;
  /** Of the DICOMDIR. */
  readonly newUid: () => string;
  readonly told: (progress: ExportProgress) => void;
}

export interface ExportProgress {
  readonly objects: number;
  readonly objectsTotal: number;
  readonly sizeBytes: number;
}

/** Where the files go. */
export interface ExportSink {
  /** The names have slashes between them. Throws what the place throws. */
  add(name: string, content: AsyncIterable<Uint8Array>): Promise<void>;
}

/** What an export did. It names nobody. */
export interface ExportReport {
  readonly studies: number;
  /** That there were none of, or that may not be seen. */
  readonly studiesMissing: number;
  readonly objects: number;
  readonly sizeBytes: number;
  /** Written, but in no directory, as it has no record for them. */
  readonly unlisted: number;
  /** Left out, by the code of the problem. */
  readonly refusals: Readonly<Record<string, number>>;
  /** By the code of the problem and the place: keys that were made up for the DICOMDIR. */
  readonly madeUp: Readonly<Record<string, number>>;
  /** How often each rule changed or removed something. */
  readonly rules?: Readonly<Record<string, number>>;
  readonly ruleSet?: string;
}
