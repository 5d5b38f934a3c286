import { limits } from "#kernel";
import type { Fate, ImageIndex, NewInstance } from "../image-index.ts";

interface Waiting {
  readonly object: NewInstance;
  /** Resolves when its bytes are durable. */
  readonly durable: Promise<void>;
  resolve(fate: Fate): void;
  reject(error: unknown): void;
}

/**
 * Objects that arrive while a few commits are on their way share the next one; a lone one never waits for company. Rows are written while
 * the bytes that they name are being synced, and committed behind that.
 */
export class IndexCommitter {
  readonly #index: Pick<ImageIndex, "add">;
  readonly #queue: Waiting[] = [];
  #underWay = 0;

  constructor(index: Pick<ImageIndex, "add">) {
    this.#index = index;
  }

  /** Resolves when the object is indexed durably. Rejects with the error of the index, or that of `durable`. */
  add(object: NewInstance, durable: Promise<void>): Promise<Fate> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ object, durable, resolve, reject });
      if (this.#underWay < limits.imageCommitsAtOnceMax) void this.#run();
    });
  }

  async #run(): Promise<void> {
    this.#underWay += 1;
    while (this.#queue.length > 0)
      await this.#commit(this.#queue.splice(0, limits.imageCommitObjectsMax).sort(byStudy));
    this.#underWay -= 1;
  }

  /** One that could not be synced must not take along those that shared its commit. */
  async #apart(batch: readonly Waiting[], error: unknown): Promise<void> {
    const [only, second] = batch;
    if (only !== undefined && second === undefined) only.reject(error);
    else for (const each of batch) await this.#commit([each]);
  }

  async #commit(batch: readonly Waiting[]): Promise<void> {
    try {
      const ready = Promise.all(batch.map(({ durable }) => durable));
      // Where the index fails first nobody waits for it, and a full disk fails both.
      ready.catch(() => undefined);
      const fates = await this.#index.add(
        batch.map(({ object }) => object),
        ready,
      );
      for (const [at, { resolve, reject }] of batch.entries()) {
        const fate = fates[at];
        if (fate === undefined) reject(new Error("the index answered fewer objects than it was given"));
        else resolve(fate);
      }
    } catch (error) {
      await this.#apart(batch, error);
    }
  }
}

/** All commits take the rows of studies in one order, so that none waits for another that waits for it. */
function byStudy({ object: one }: Waiting, { object: other }: Waiting): number {
  if (one.study.uid !== other.study.uid) return one.study.uid < other.study.uid ? -1 : 1;
  return one.series.uid === other.series.uid ? 0 : one.series.uid < other.series.uid ? -1 : 1;
}
