import type { Position } from "../documents/document.ts";
import type { DocumentStore } from "../ports.ts";

/** Wakes those who wait for the next change. The only state is the newest position known here. */
export class CommitSignal {
  readonly #store: DocumentStore;
  readonly #waiting = new Set<() => void>();
  readonly #stop: () => void;
  #known: Position = 0;

  constructor(store: DocumentStore) {
    this.#store = store;
    this.#stop = store.onCommit(() => void this.#refresh());
  }

  /** Called after a commit of this process, which so need not wait for the database to tell it. */
  notify(position: Position): void {
    if (position <= this.#known) return;
    this.#known = position;
    for (const wake of [...this.#waiting]) wake();
  }

  /** Resolves when the record is past `after`, or when aborted. */
  async changed(after: Position, abort: AbortSignal): Promise<void> {
    if (this.#known > after || abort.aborted) return;
    await this.#refresh();
    while (this.#known <= after && !abort.aborted) await this.#next(abort);
  }

  close(): void {
    this.#stop();
  }

  async #refresh(): Promise<void> {
    // A database that does not answer now will tell of its commits when it is back.
    this.notify(await this.#store.position().catch(() => 0));
  }

  #next(abort: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        this.#waiting.delete(wake);
        abort.removeEventListener("abort", wake);
        resolve();
      };
      this.#waiting.add(wake);
      abort.addEventListener("abort", wake, { once: true });
    });
  }
}
