import type { Context } from "#access";
import { type Log, limits, type Problem, toIso } from "#kernel";
import type { HealthRecord } from "#record";
import type { Said } from "../items/item.ts";
import { carryOut } from "./carry-out.ts";
import { disposalKind } from "./disposal.ts";
import { type KnownDisposal, knownDisposal, writeDisposal } from "./disposal-store.ts";
import type { ErasingOf } from "./erasing.ts";

export interface DisposalWorkerNeeds {
  /** The whole record: looking whether there is something to do shows nothing to anybody. */
  readonly look: Pick<HealthRecord, "search">;
  /** May find and delete all that is held, under the name of who decided. */
  contextFor(decided: Said): Context;
  readonly erasing: ErasingOf;
  /** True for the one process that carries disposals out. */
  claim(): Promise<boolean>;
  readonly log: Log;
}

/**
 * Carries out what two people have agreed on, one after the other, for as long as it is open. What is to be done stands in the
 * record, so another process, or this one after a crash, goes on.
 */
export class DisposalWorker {
  readonly #needs: DisposalWorkerNeeds;
  readonly #stop = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> = Promise.resolve();

  constructor(needs: DisposalWorkerNeeds) {
    this.#needs = needs;
    this.#again(0);
  }

  /** Somebody has decided. */
  wake(): void {
    this.#again(0);
  }

  /** Settles when nothing is under way any more. */
  async close(): Promise<void> {
    this.#stop.abort();
    clearTimeout(this.#timer);
    await this.#looking;
  }

  #again(afterMs: number): void {
    if (this.#stop.signal.aborted) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#looking = this.#looking.then(() => this.#look()).finally(() => this.#again(limits.erasurePollMs));
    }, afterMs);
    this.#timer.unref();
  }

  async #look(): Promise<void> {
    const { look, claim, log } = this.#needs;
    if (this.#stop.signal.aborted || !(await claim().catch(() => false))) return;
    const found = await look.search({
      kind: disposalKind,
      all: [{ is: "key", any: ["state=agreed"] }],
      sort: { by: "updated", descending: false },
      limit: limits.governancePageMax,
    });
    if (!found.ok) return log.warn("disposals are not looked for", { code: found.problems[0].code });
    for (const version of found.value.versions) {
      await this.#carryOut(knownDisposal(version)).catch((error: unknown) =>
        log.error("carrying out a disposal threw", error instanceof Error ? { error } : {}),
      );
    }
  }

  async #carryOut(known: KnownDisposal): Promise<void> {
    const { decided } = known.disposal;
    if (decided === undefined || this.#stop.signal.aborted) return;
    const context = this.#needs.contextFor(decided);
    const erasing = this.#needs.erasing(context);
    const work = { context, signal: this.#stop.signal };
    const done = erasing.ok ? await carryOut({ ...work, erasing: erasing.value }, known) : erasing;
    if (done.ok) return this.#needs.log.info("a disposal is carried out", { disposal: known.id });
    const [problem] = done.problems;
    if (this.#stop.signal.aborted) return;
    this.#needs.log.warn("a disposal does not go on", { disposal: known.id, code: problem.code });
    await this.#noteStop(context, known.id, problem);
  }

  /** Once, for whoever looks at the page. */
  async #noteStop(context: Context, id: string, { code }: Problem): Promise<void> {
    const read = await context.record.read(disposalKind, id);
    if (!read.ok) return;
    const { disposal, version } = knownDisposal(read.value);
    if (disposal.state !== "agreed" || disposal.stopped?.code === code) return;
    const stopped = { code, at: toIso(context.clock.now()) };
    await writeDisposal(context, { id, version, disposal: { ...disposal, stopped } });
  }
}
