import type { Context } from "#access";
import { type Log, limits } from "#kernel";
import { type HealthRecord, parseBody } from "#record";
import type { Said } from "../items/item.ts";
import { buildPack } from "./build-pack.ts";
import { type DisclosurePack, packKind } from "./disclosure.ts";

export interface PackBuilderNeeds {
  /** The whole record: looking whether there is something to do shows nothing to anybody. */
  readonly look: Pick<HealthRecord, "search">;
  /** Sees what is held, under the name of who asked. */
  contextFor(asked: Said): Context;
  /** True for the one process that makes packs. */
  claim(): Promise<boolean>;
  readonly log: Log;
}

export interface PackProgress {
  readonly done: number;
  readonly total: number;
}

/**
 * Makes packs for as long as it is open, a few at a time. What is to be made stands in the record, so another process, or
 * this one after a crash, makes what was left.
 */
export class PackBuilder {
  readonly #needs: PackBuilderNeeds;
  readonly #stop = new AbortController();
  readonly #underWay = new Map<string, { work: Promise<void>; progress: PackProgress }>();
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> = Promise.resolve();

  constructor(needs: PackBuilderNeeds) {
    this.#needs = needs;
    this.#again(0);
  }

  /** Somebody has asked for one. */
  wake(): void {
    this.#again(0);
  }

  progressOf(id: string): PackProgress | undefined {
    return this.#underWay.get(id)?.progress;
  }

  /** Settles when nothing is under way any more. */
  async close(): Promise<void> {
    this.#stop.abort();
    clearTimeout(this.#timer);
    await this.#looking;
    await Promise.all([...this.#underWay.values()].map(({ work }) => work));
  }

  #again(afterMs: number): void {
    if (this.#stop.signal.aborted) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#looking = this.#looking.then(() => this.#look()).finally(() => this.#again(limits.packPollMs));
    }, afterMs);
    this.#timer.unref();
  }

  async #look(): Promise<void> {
    const { look, claim, log } = this.#needs;
    if (this.#stop.signal.aborted || !(await claim().catch(() => false))) return;
    const found = await look.search({
      kind: packKind,
      all: [{ is: "key", any: ["state=building"] }],
      sort: { by: "updated", descending: false },
      limit: limits.governancePageMax,
    });
    if (!found.ok) return log.warn("packs are not looked for", { code: found.problems[0].code });
    for (const version of found.value.versions) this.#begin(version.id, parseBody<DisclosurePack>(version).asked);
  }

  #begin(id: string, asked: Said): void {
    if (this.#underWay.has(id) || this.#underWay.size >= limits.packsUnderWayMax || this.#stop.signal.aborted) return;
    const entry = { work: Promise.resolve(), progress: { done: 0, total: 1 } };
    const own = this.#needs.contextFor(asked);
    const progress = (done: number, total: number) => {
      entry.progress = { done, total };
    };
    this.#underWay.set(id, entry);
    entry.work = buildPack({ own, id, signal: this.#stop.signal, progress })
      .then((built) => {
        if (!built.ok) this.#needs.log.warn("a pack is not made", { code: built.problems[0].code });
      })
      .catch((error: unknown) => {
        this.#needs.log.error("making a pack threw", error instanceof Error ? { error } : {});
      })
      .finally(() => this.#underWay.delete(id));
  }
}
