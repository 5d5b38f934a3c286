import type { Clock, Result } from "#kernel";
import type { HealthRecord } from "../../health-record.ts";
import type { DeidentifiedAs, Deidentify } from "./deidentified.ts";
import type { BulkJob } from "./job.ts";
import type { JobFiles } from "./job-files.ts";

/** A job that is being done. */
export interface JobRun {
  readonly id: string;
  readonly job: BulkJob;
  /** Narrowed to who asked for it. */
  readonly record: HealthRecord;
  readonly files: JobFiles;
  readonly clock: Clock;
  /** What takes identifiers out, by rules that were asked for. */
  deidentify(as: DeidentifiedAs): Promise<Result<Deidentify>>;
  /** Whether to stop where it is: the process stops, or the job was cancelled. */
  isOver(): boolean;
  /** Notes how far it is. Problems: conflict, when it was cancelled meanwhile; those of writing. */
  save(progress: Pick<BulkJob, "task" | "files">): Promise<Result<void>>;
  /** Tells in words how far it is, for who asks. */
  tell(progress: string): void;
}
