import {
  busy,
  type Clock,
  failed,
  type Ids,
  instant,
  type JsonObject,
  type Log,
  limits,
  notFound,
  ok,
  type Result,
  toIso,
  unavailable,
  unsupported,
} from "#kernel";
import type { HealthRecord } from "../../health-record.ts";
import type { DeidentifiedAs, Deidentifiers } from "./deidentified.ts";
import { runExport } from "./export-job.ts";
import { runImport } from "./import-job.ts";
import {
  type BulkJob,
  bulkJobKind,
  type JobActor,
  type JobState,
  type StoredJob,
  storedJob,
  type Task,
} from "./job.ts";
import type { JobFiles } from "./job-files.ts";
import type { JobRun } from "./job-run.ts";
import { isForLater } from "./load-bundle.ts";

export interface BulkJobsNeeds {
  /** The whole record: jobs are its own affair; what they move is moved as their owner may. */
  readonly record: HealthRecord;
  readonly recordFor: (actor: JobActor) => HealthRecord;
  readonly files: JobFiles;
  /** True for the one process that does the jobs of this name. */
  readonly claim: (name: string) => Promise<boolean>;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  /** How long what was exported can be fetched. */
  readonly keepMs: number;
  /** Takes identifiers out of exports; left out, none can be asked for without them. */
  readonly deidentifiers?: Deidentifiers;
}

export type NewJob = Pick<BulkJob, "task" | "actor" | "request" | "base"> & { readonly id: string };

const { kind } = bulkJobKind;
const attemptsMax = 5;
const noDeidentifying = unsupported("unsupported-export", "Nothing can be de-identified here.", {
  where: "_deidentify",
});

/**
 * Exports and imports that go on after their request was answered, one of each at a time, in the order they were asked for.
 * A process that dies leaves them to the next one, which goes on where they had noted that they were.
 */
export class BulkJobs {
  readonly #needs: BulkJobsNeeds;
  readonly #stop = new AbortController();
  readonly #progress = new Map<string, string>();
  readonly #cancelled = new Set<string>();
  readonly #pausing = new Set<() => void>();
  #working: Promise<unknown> | undefined;

  constructor(needs: BulkJobsNeeds) {
    this.#needs = needs;
  }

  get files(): JobFiles {
    return this.#needs.files;
  }

  get keepMs(): number {
    return this.#needs.keepMs;
  }

  /** Whether an export can be made like this. Problems: those of `Deidentifiers.check`; unsupported. */
  checkDeidentified(as: DeidentifiedAs): Result<undefined> {
    return this.#needs.deidentifiers?.check(as) ?? failed(noDeidentifying);
  }

  newId(): string {
    return this.#needs.ids.next();
  }

  start(): void {
    this.#working ??= Promise.all([this.#work("export"), this.#work("import"), this.#expire()]);
  }

  /** Resolves once nothing of it runs any more; what was begun is gone on with at the next start. */
  async close(): Promise<void> {
    this.#stop.abort();
    this.#wake();
    await this.#working;
  }

  /** Problems: busy, when the caller has `limits.bulkJobsOpenMax` already; those of writing. */
  async submit({ id, ...given }: NewJob): Promise<Result<void>> {
    const { record, clock } = this.#needs;
    const open = ["waiting", "running"].map((state) => `owner=${given.actor.reference} ${state}`);
    const sort = { by: "updated", descending: false } as const;
    const count = await record.count({ kind, all: [{ is: "key", any: open }], sort, limit: 1 });
    if (!count.ok) return count;
    if (count.value >= limits.bulkJobsOpenMax) return failed(tooMany);
    const position = await record.position();
    const newest = await record.changes(Math.max(0, position - 1), 1);
    if (!newest.ok) return newest;
    const at = toIso(newest.value[0]?.at ?? clock.now());
    const body = { ...given, state: "waiting", position, at, files: [] } satisfies BulkJob;
    const written = await record.transact({ operations: [{ action: "create", kind, id, body: bodyOf(body) }] });
    if (!written.ok) return written;
    this.#wake();
    return ok(undefined);
  }

  /** Somebody's own job. Problems: not-found. */
  async find(id: string, owner: string): Promise<Result<StoredJob>> {
    const version = await this.#needs.record.read(kind, id);
    if (!version.ok) return version.problems[0].category === "not-found" ? failed(unknownJob) : version;
    const stored = storedJob(version.value);
    const isGone = stored.job.state === "cancelled" || stored.job.state === "expired";
    return stored.job.actor.reference === owner && !isGone ? ok(stored) : failed(unknownJob);
  }

  progressOf(id: string): string | undefined {
    return this.#progress.get(id);
  }

  /** Stops it, and removes what it wrote. Problems: not-found; those of writing. */
  async cancel(id: string, owner: string): Promise<Result<void>> {
    const found = await this.find(id, owner);
    if (!found.ok) return found;
    this.#cancelled.add(id);
    const ended = await this.#end(id, "cancelled");
    await this.#needs.files.remove(id);
    return ended.ok ? ok(undefined) : ended;
  }

  async #work(does: Task["does"]): Promise<void> {
    const { claim, log } = this.#needs;
    let isOurs = false;
    while (!this.#stop.signal.aborted) {
      try {
        isOurs ||= await claim(`bulk ${does}`);
        const next = isOurs ? await this.#next(does) : undefined;
        if (next === undefined) await this.#pause();
        else await this.#attempt(next);
      } catch (error) {
        log.error("a bulk job failed", { error: error as Error });
        await this.#pause();
      }
    }
  }

  async #next(does: Task["does"]): Promise<StoredJob | undefined> {
    for (const state of ["running", "waiting"]) {
      const all = [{ is: "key", any: [`open=${does} ${state}`] }] as const;
      const page = await this.#needs.record.search({ kind, all, sort: { by: "id", descending: false }, limit: 1 });
      const [version] = page.ok ? page.value.versions : [];
      if (version !== undefined) return storedJob(version);
    }
    return undefined;
  }

  /** Until it is done, has failed for good, or the process stops. */
  async #attempt(stored: StoredJob): Promise<void> {
    for (let attempt = 1; !this.#isOver(stored.id); attempt += 1) {
      const done = await this.#run(stored.id).catch((error: Error) => this.#broken(error));
      if (this.#isOver(stored.id)) break;
      if (done.ok) await this.#end(stored.id, "done");
      else if (done.problems.some(isForLater) && attempt < attemptsMax) {
        await this.#pause();
        continue;
      } else {
        const { category, code, message } = done.problems[0];
        await this.#end(stored.id, "failed", { category, code, message });
      }
      break;
    }
    this.#progress.delete(stored.id);
    if (this.#cancelled.delete(stored.id)) await this.#needs.files.remove(stored.id);
  }

  /** What the disk or the database refuses may be mended by the next attempt. */
  #broken(error: Error): Result<void> {
    this.#needs.log.error("an export or import could not go on", { error });
    return failed(unavailable("job-broken", "It could not go on: the log of Corridor says why.", { cause: error }));
  }

  #isOver(id: string): boolean {
    return this.#stop.signal.aborted || this.#cancelled.has(id);
  }

  async #run(id: string): Promise<Result<void>> {
    const { recordFor, files, clock } = this.#needs;
    const begun = await this.#change(id, (job) => ({ ...job, state: "running" }));
    if (!begun.ok) return begun;
    const job = begun.value;
    const run: JobRun = {
      id,
      job,
      record: recordFor(job.actor),
      deidentify: async (as) =>
        (await this.#needs.deidentifiers?.open(as, recordFor(job.actor))) ?? failed(noDeidentifying),
      files,
      clock,
      isOver: () => this.#isOver(id),
      save: async (progress) => {
        const saved = await this.#change(id, (newest) => ({ ...newest, ...progress }));
        return saved.ok ? ok(undefined) : saved;
      },
      tell: (progress) => this.#progress.set(id, progress),
    };
    return job.task.does === "export" ? runExport(run, job.task) : runImport(run, job.task);
  }

  #end(id: string, state: JobState, problem?: BulkJob["problem"]): Promise<Result<BulkJob>> {
    const finishedAt = toIso(this.#needs.clock.now());
    return this.#change(id, (job) => ({ ...job, state, finishedAt, ...(problem === undefined ? {} : { problem }) }));
  }

  /** Only of a job that is not over. */
  async #change(id: string, change: (job: BulkJob) => BulkJob): Promise<Result<BulkJob>> {
    const { record } = this.#needs;
    for (;;) {
      const read = await record.read(kind, id);
      if (!read.ok) return read;
      const { job, version } = storedJob(read.value);
      if (job.state === "cancelled" || job.state === "expired") {
        this.#cancelled.add(id);
        return failed(unknownJob);
      }
      const next = change(job);
      const update = { action: "update", kind, id, body: bodyOf(next), ifMatch: version } as const;
      const written = await record.transact({ operations: [update] });
      if (written.ok) return ok(next);
      if (written.problems[0].code !== "version-conflict") return written;
    }
  }

  /** Removes the files of jobs that ended long enough ago. */
  async #expire(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      const olderThan = instant(this.#needs.clock.now() - this.#needs.keepMs);
      const all = [
        { is: "key", any: ["state=done", "state=failed"] },
        { is: "updated", any: [{ maxMs: olderThan }] },
      ] as const;
      const sort = { by: "updated", descending: false } as const;
      const page = await this.#needs.record.search({ kind, all, sort, limit: limits.pageSizeDefault });
      for (const { id } of page.ok ? page.value.versions : []) {
        await this.#end(id, "expired");
        await this.#needs.files.remove(id);
        this.#cancelled.delete(id);
      }
      await this.#pause();
    }
  }

  /** Until something is to be done, or might be. */
  async #pause(): Promise<void> {
    if (this.#stop.signal.aborted) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, limits.bulkPollMs);
    this.#pausing.add(resolve);
    await promise;
    clearTimeout(timer);
    this.#pausing.delete(resolve);
  }

  #wake(): void {
    for (const resume of this.#pausing) resume();
  }
}

function bodyOf(job: BulkJob): JsonObject {
  return job as unknown as JsonObject;
}

const unknownJob = notFound("not-found", "There is no such export or import of yours, or it is over and removed.");
const tooMany = busy("too-many-jobs", "You have too many exports and imports under way: wait for one, or delete one.");
