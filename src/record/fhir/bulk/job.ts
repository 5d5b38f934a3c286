import { incorrect, type JsonObject, type ProblemCategory } from "#kernel";
import { type Position, parseBody, type Version } from "../../documents/document.ts";
import { type KindDefinition, noEntries } from "../../documents/index-entries.ts";
import type { ExportOrder } from "./export-order.ts";
import type { ScanPlace } from "./scan.ts";

/** An export or import that was asked for over HTTP: a document of the record, so that it outlives the process. */
export interface BulkJob {
  readonly state: JobState;
  readonly task: Task;
  /** Who asked, with all that is needed to go on in their name. */
  readonly actor: JobActor;
  /** The whole address it was asked by. */
  readonly request: string;
  /** The address of the FHIR door. */
  readonly base: string;
  /** The record as it is when this is its newest change; for an import, as it was before. */
  readonly position: Position;
  /** When that change was. */
  readonly at: string;
  readonly finishedAt?: string;
  /** What can be fetched. */
  readonly files: readonly JobFile[];
  /** Why it failed. */
  readonly problem?: { readonly category: ProblemCategory; readonly code: string; readonly message: string };
}

export type JobState = "waiting" | "running" | "done" | "failed" | "cancelled" | "expired";
export type JobActor = JsonObject & { readonly reference: string };

export type Task = ExportTask | ImportTask;

export interface ExportTask {
  readonly does: "export";
  readonly order: ExportOrder;
  /** What is still to be done, the one that was begun first. */
  readonly typesLeft: readonly string[];
  /** How far the first of those is. */
  readonly begun?: { readonly place: ScanPlace; readonly bytes: number; readonly count: number };
}

export interface ImportTask {
  readonly does: "import";
  readonly sources: readonly ImportSource[];
  /** Sources that are done, and lines of the next that are. */
  readonly sourcesDone: number;
  readonly linesDone: number;
  readonly written: number;
  readonly unchanged: number;
  readonly refused: number;
  /** Of the file of errors, what is certain. */
  readonly errorBytes: number;
}

export interface ImportSource {
  /** Sent with the request, or lying in the folder for imports. */
  readonly from: "upload" | "folder";
  readonly name: string;
  /** Only resources of this type are in it. */
  readonly type?: string;
}

export interface JobFile {
  readonly name: string;
  readonly type: string;
  readonly count: number;
  readonly isErrors?: boolean;
}

export const bulkJobKind: KindDefinition = {
  kind: "BulkJob",
  check: ({ state, task }) =>
    typeof state === "string" && typeof task === "object"
      ? []
      : [incorrect("wrong-kind", "A BulkJob has a state and a task.", { where: "BulkJob" })],
  index: (body) => {
    const { state, task, actor } = body as unknown as BulkJob;
    return {
      ...noEntries,
      keys: [`state=${state}`, `open=${task.does} ${state}`, `owner=${actor.reference} ${state}`],
    };
  },
};

/** A job as it is stored. */
export interface StoredJob {
  readonly id: string;
  readonly version: number;
  readonly job: BulkJob;
}

export function storedJob(version: Version): StoredJob {
  return { id: version.id, version: version.version, job: parseBody<BulkJob>(version) };
}
