import { type Access, type Actor, isSecondaryPurpose } from "#access";
import type { ExportReport, ImageExportJobs, ImageExportView, StartImageExport } from "#departments/clinical";
import {
  busy,
  type Clock,
  failed,
  type Ids,
  type Instant,
  type Log,
  limits,
  notFound,
  ok,
  type Problem,
  type Result,
  toIso,
  unavailable,
} from "#kernel";
import type { PixelEngine } from "#standards/pixels";
import type { ExportFiles, KeptExport } from "./export-files.ts";
import { runImageExport } from "./run-image-export.ts";

export interface ExportJobsNeeds {
  readonly access: Access;
  readonly files: ExportFiles;
  readonly engine: PixelEngine;
  readonly dataFolder: string;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  /** How long what was written can be fetched. */
  readonly keepMs: number;
}

interface Job {
  kept: KeptExport;
  isRemoved: boolean;
  /** The write of it that is under way: there is one at a time, so that an older state never comes after a newer one. */
  written: Promise<void>;
}

function newJob(kept: KeptExport): Job {
  return { kept, isRemoved: false, written: Promise.resolve() };
}

/** One export runs at a time; others wait. What a process that ended left unfinished has failed. */
export class ExportJobs implements ImageExportJobs {
  readonly #needs: ExportJobsNeeds;
  readonly #jobs = new Map<string, Job>();
  readonly #waiting: (() => Promise<void>)[] = [];
  #running: Promise<void> | undefined;
  #isClosed = false;

  constructor(needs: ExportJobsNeeds) {
    this.#needs = needs;
  }

  static async open(needs: ExportJobsNeeds): Promise<ExportJobs> {
    const jobs = new ExportJobs(needs);
    for (const kept of await needs.files.all()) {
      const isOver = kept.view.state === "done" || kept.view.state === "failed";
      const job = newJob(kept);
      jobs.#jobs.set(kept.view.id, job);
      if (!isOver) await jobs.#note(job, { state: "failed", problem: interrupted, expiresAt: jobs.#expiry() });
    }
    return jobs;
  }

  async start(order: StartImageExport, actor: Actor): Promise<Result<ImageExportView>> {
    await this.removeOld();
    if (this.#jobs.size >= limits.exportsKeptMax) return failed(tooMany);
    const { clock, ids } = this.#needs;
    const view: KeptExport["view"] = {
      id: ids.next(),
      state: "waiting",
      askedAt: toIso(clock.now()),
      by: actor.display,
      what: whatText(order),
      purpose: order.purpose,
      objects: 0,
      objectsTotal: 0,
      sizeBytes: 0,
      refusals: {},
      ...deidentifiedBy(order),
    };
    const job = newJob({ owner: actor.reference, view });
    try {
      await this.#needs.files.keep(job.kept);
    } catch (cause) {
      return failed(unavailable("export-not-written", "The export cannot be kept: there may be no room.", { cause }));
    }
    this.#jobs.set(view.id, job);
    this.#waiting.push(() => this.#run(job, order, actor));
    this.#running ??= this.#runAll();
    return ok({ ...view, isOwn: true });
  }

  list(actor: Actor): readonly ImageExportView[] {
    return [...this.#jobs.values()].map((job) => viewFor(job, actor)).reverse();
  }

  find(id: string, actor: Actor): Result<ImageExportView> {
    const job = this.#jobs.get(id);
    return job === undefined ? failed(absent) : ok(viewFor(job, actor));
  }

  async remove(id: string): Promise<Result<void>> {
    const job = this.#jobs.get(id);
    if (job === undefined) return failed(absent);
    await this.#forget(job);
    return ok(undefined);
  }

  async content(id: string, actor: Actor) {
    const job = this.#jobs.get(id);
    if (job === undefined || job.kept.owner !== actor.reference) return failed(notYours);
    return job.kept.view.state === "done" ? this.#needs.files.read(id) : failed(absent);
  }

  /** What can no longer be fetched. */
  async removeOld(): Promise<void> {
    const now = toIso(this.#needs.clock.now());
    for (const job of [...this.#jobs.values()]) {
      const { expiresAt } = job.kept.view;
      if (expiresAt !== undefined && expiresAt < now) await this.#forget(job);
    }
  }

  /** Ends what is under way. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#running;
  }

  async #forget(job: Job): Promise<void> {
    job.isRemoved = true;
    this.#jobs.delete(job.kept.view.id);
    await job.written;
    await this.#needs.files.remove(job.kept.view.id);
  }

  async #runAll(): Promise<void> {
    for (let next = this.#waiting.shift(); next !== undefined && !this.#isClosed; next = this.#waiting.shift()) {
      await next().catch((error: unknown) => this.#needs.log.error("image-export-unkept", { error: String(error) }));
    }
    this.#running = undefined;
  }

  async #run(job: Job, order: StartImageExport, actor: Actor): Promise<void> {
    const { files, engine, dataFolder, access, clock } = this.#needs;
    const { id } = job.kept.view;
    if (job.isRemoved) return;
    await this.#note(job, { state: "running" });
    let notedAt: number = clock.now();
    const report = await runImageExport(
      {
        context: access.contextOf(forPurpose(actor, order.purpose)),
        dataFolder,
        engine,
        told: (progress) => {
          if (job.isRemoved || this.#isClosed) throw new Stopped();
          job.kept = { ...job.kept, view: { ...job.kept.view, ...progress } };
          if (clock.now() - notedAt < limits.exportNotedMs) return;
          notedAt = clock.now();
          void this.#note(job, {});
        },
      },
      { choice: choiceOf(order), deidentify: order.deidentify, path: files.pathOf(id) },
    );
    if (job.isRemoved) return files.remove(id);
    // The next start says that it was interrupted.
    if (report.ok || !this.#isClosed) await this.#end(job, report);
  }

  async #end(job: Job, report: Result<ExportReport>): Promise<void> {
    const { files, log } = this.#needs;
    const { id } = job.kept.view;
    const expiresAt = this.#expiry();
    if (report.ok) {
      const { objects, sizeBytes, refusals } = report.value;
      const fileBytes = await files.sizeOf(id);
      await this.#note(job, { state: "done", objects, sizeBytes, refusals, fileBytes, expiresAt });
      log.info("images-exported", { export: id, objects });
      return;
    }
    const [{ code, message, cause }] = report.problems;
    await this.#note(job, { state: "failed", problem: { code, message }, expiresAt });
    log.warn("image-export-failed", { export: id, code, ...(cause === undefined ? {} : { error: String(cause) }) });
  }

  #expiry(): string {
    const { clock, keepMs } = this.#needs;
    return toIso((clock.now() + keepMs) as Instant);
  }

  /** What cannot be kept is still known while this process lives. */
  async #note(job: Job, changes: Partial<KeptExport["view"]>): Promise<void> {
    const { files, log } = this.#needs;
    job.kept = { ...job.kept, view: { ...job.kept.view, ...changes } };
    job.written = job.written
      .then(() => (job.isRemoved ? undefined : files.keep(job.kept)))
      .catch((error: unknown) => log.error("image-export-unkept", { error: String(error) }));
    return job.written;
  }
}

class Stopped extends Error {}

function viewFor({ kept: { owner, view } }: Job, actor: Actor): ImageExportView {
  return { ...view, isOwn: owner === actor.reference };
}

function deidentifiedBy({ deidentify }: StartImageExport): Pick<ImageExportView, "rules" | "project" | "options"> {
  if (deidentify === undefined) return {};
  const { rules, project, options } = deidentify;
  return { rules, project, ...(options === undefined ? {} : { options }) };
}

/** Which studies were asked for, in words. */
function whatText({ studies, patientId, accession, modality, from, to }: StartImageExport): string {
  const named = studies.length === 1 ? "1 study" : `${studies.length} studies`;
  return [
    studies.length === 0 ? "" : named,
    patientId === undefined ? "" : `patient ${patientId}`,
    accession === undefined ? "" : `accession ${accession}`,
    modality ?? "",
    from === undefined && to === undefined ? "" : `${from ?? "the beginning"} to ${to ?? "now"}`,
  ]
    .filter((part) => part !== "")
    .join(", ");
}

const interrupted = { code: "export-interrupted", message: "Corridor was stopped meanwhile. Ask for it again." };
const tooMany: Problem = busy(
  "exports-too-many",
  `There are ${limits.exportsKeptMax} exports of images already. Remove some, or wait until they expire.`,
);
const absent = notFound("not-found", "There is no such export, or it is not done yet.");
const notYours = notFound("not-found", "There is no such export of yours.");

/** For research and planning they see no more than anybody else would for these: studies without a patient are left out too. */
function forPurpose(actor: Actor, purpose: StartImageExport["purpose"]): Actor {
  if (!isSecondaryPurpose(purpose)) return actor;
  const permissions = new Set([...actor.permissions].filter((permission) => permission !== "images.keep"));
  return { ...actor, purpose, permissions };
}

function choiceOf({ studies, patientId, accession, modality, from, to }: StartImageExport) {
  return {
    studies,
    ...(patientId && { patientId }),
    ...(accession && { accession }),
    ...(modality && { modality }),
    ...(from && { from: from.replaceAll("-", "") }),
    ...(to && { to: to.replaceAll("-", "") }),
  };
}
