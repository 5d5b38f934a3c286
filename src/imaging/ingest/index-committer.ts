import { limits } from "#kernel";
import type { Fate, ImageIndex, NewInstance } from "../image-index.ts";

interface Waiting {
  readonly object: NewInstance;
  resolve(fate: Fate): void;
  reject(error: unknown): void;
}

/** Objects that arrive while a commit is on its way share the next one; a lone one never waits for company. */
export class IndexCommitter {
  readonly #index: Pick<ImageIndex, "add">;
  readonly #queue: Waiting[] = [];
  #isRunning = false;

  constructor(index: Pick<ImageIndex, "add">) {
    this.#index = index;
  }

  /** Resolves when the object is indexed durably. Rejects with the error of the index. */
  add(object: NewInstance): Promise<Fate> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ object, resolve, reject });
      if (!this.#isRunning) void this.#run();
    });
  }

  async #run(): Promise<void> {
    this.#isRunning = true;
    while (this.#queue.length > 0) await this.#commit(this.#queue.splice(0, limits.imageCommitObjectsMax));
    this.#isRunning = false;
  }

  async #commit(batch: readonly Waiting[]): Promise<void> {
    try {
      const fates = await this.#index.add(batch.map(({ object }) => object));
      for (const [at, { resolve, reject }] of batch.entries()) {
        const fate = fates[at];
        if (fate === undefined) reject(new Error("the index answered fewer objects than it was given"));
        else resolve(fate);
      }
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }
}
