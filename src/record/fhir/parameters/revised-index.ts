import type { Log } from "#kernel";
import { limits } from "#kernel";
import { pause } from "../../feed/pause.ts";
import { indexRevisions } from "./index-revisions.ts";
import { type IndexingJob, type IndexingNeeds, type IndexingProgress, indexBy, progressOf } from "./indexing.ts";

export interface RevisionState extends IndexingProgress {
  readonly name: string;
}

/** How many of the revisions are done with. */
const doneCursor = "index revisions";

/**
 * Brings documents that were written before the index changed up to date: in the background, by one process of several, going
 * on where it was cut off.
 */
export class RevisedIndex {
  readonly #needs: IndexingNeeds & { readonly log: Log };
  readonly #revisions: readonly IndexingJob[];

  constructor(needs: IndexingNeeds & { readonly log: Log }, revisions = indexRevisions) {
    this.#needs = needs;
    this.#revisions = revisions;
  }

  /** Resolves when all is done, or when it is to stop; what fails is tried again. */
  async bringUpToDate(stop: AbortSignal): Promise<void> {
    while (!stop.aborted) {
      try {
        if (await this.#isUpToDate(stop)) return;
      } catch (error) {
        if (!stop.aborted) this.#needs.log.warn("the index is not up to date yet", { error: error as Error });
      }
      await pause(limits.feedPollMs, stop);
    }
  }

  /** Each revision, and how many documents are done with of how many. */
  async states(): Promise<readonly RevisionState[]> {
    const done = await this.#needs.cursors.get(doneCursor);
    return Promise.all(
      this.#revisions.map(async (job, at): Promise<RevisionState> => {
        const progress = at < done ? { done: 0, total: 0, isDone: true } : await progressOf(job, this.#needs);
        return { name: job.name.replace("index revision ", ""), ...progress };
      }),
    );
  }

  async #isUpToDate(stop: AbortSignal): Promise<boolean> {
    const { cursors, record, log } = this.#needs;
    let done = await cursors.get(doneCursor);
    // What is empty has nothing from before.
    if (done === 0 && (await record.position()) === 0) await cursors.set(doneCursor, this.#revisions.length);
    if (done >= this.#revisions.length || (await record.position()) === 0) return true;
    if (!(await cursors.claim(doneCursor))) return false;
    done = await cursors.get(doneCursor);
    for (const job of this.#revisions.slice(done)) {
      log.info("documents from before are indexed", { revision: job.name });
      await indexBy(job, { ...this.#needs, stop });
      if (stop.aborted) return false;
      done += 1;
      await cursors.set(doneCursor, done);
      log.info("documents from before are indexed now", { revision: job.name });
    }
    return true;
  }
}
