import { limits } from "#kernel";
import type { Position } from "../documents/document.ts";
import type { FeedHead } from "./feed-head.ts";

/**
 * Wakes those who wait for the next change: at once after a commit of this process, and within `limits.feedPollMs`
 * after one of another process. Asking the database beats being told by it: a broken connection cannot lose a wake-up.
 */
export class CommitSignal {
  readonly #head: FeedHead;
  readonly #waiting = new Set<() => void>();
  #poll: NodeJS.Timeout | undefined;
  #known: Position = 0;
  #closed = false;

  constructor(head: FeedHead) {
    this.#head = head;
  }

  /** There is a commit up to this position. */
  notify(position: Position): void {
    if (position <= this.#known) return;
    this.#known = position;
    for (const wake of [...this.#waiting]) wake();
  }

  /** Resolves when the record is past `after`, or when aborted or closed. */
  async changed(after: Position, abort: AbortSignal): Promise<void> {
    if (this.#known <= after && !abort.aborted) await this.#refresh();
    while (this.#known <= after && !abort.aborted && !this.#closed) await this.#next(abort);
  }

  close(): void {
    this.#closed = true;
    this.#stopPolling();
    for (const wake of [...this.#waiting]) wake();
  }

  async #refresh(): Promise<void> {
    // A database that does not answer now is asked again at the next poll.
    this.notify(await this.#head.position().catch(() => 0));
  }

  #next(abort: AbortSignal): Promise<void> {
    this.#poll ??= setInterval(() => void this.#refresh(), limits.feedPollMs);
    return new Promise((resolve) => {
      const wake = () => {
        this.#waiting.delete(wake);
        abort.removeEventListener("abort", wake);
        if (this.#waiting.size === 0) this.#stopPolling();
        resolve();
      };
      this.#waiting.add(wake);
      abort.addEventListener("abort", wake, { once: true });
    });
  }

  #stopPolling(): void {
    clearInterval(this.#poll);
    this.#poll = undefined;
  }
}
