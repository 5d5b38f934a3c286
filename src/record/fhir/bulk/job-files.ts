import type { Result } from "#kernel";
import type { ImportSource } from "./job.ts";
import type { ResourceLine } from "./load-lines.ts";

/** The files of exports and imports, a folder for each job. Implemented by the composition root. */
export interface JobFiles {
  /** A file that is written aside, what was written of it before cut off behind `keepBytes`. */
  open(job: string, name: string, keepBytes: number): Promise<JobFileWriter>;
  /** Durable when it resolves. */
  put(job: string, name: string, bytes: Uint8Array): Promise<void>;
  /** A file that is whole. Problems: not-found. */
  read(
    job: string,
    name: string,
  ): Promise<Result<{ readonly bytes: number; readonly content: AsyncIterable<Uint8Array> }>>;
  /** Every line that is not empty. Problems: of reading the file. */
  lines(job: string, source: ImportSource): AsyncIterable<Result<readonly ResourceLine[]>>;
  /** Whether the folder for imports holds a file of this name, and not by a link to elsewhere. */
  hasImport(name: string): Promise<boolean>;
  remove(job: string): Promise<void>;
}

export interface JobFileWriter {
  write(lines: readonly string[]): Promise<void>;
  /** How many bytes of it are on disk for certain. */
  sync(): Promise<number>;
  /** Durable and under its name. */
  finish(): Promise<void>;
  /** Without finishing it; it may be opened again. */
  close(): Promise<void>;
}
