/** Senders that wait for the application's acknowledgement of messages that are committed and not mapped yet. */
export class AwaitedAnswers {
  readonly #waiting = new Map<string, Set<(answer: Uint8Array | undefined) => void>>();

  /** Of the message of this id; undefined when it does not come within the time: then its sender asks again. */
  expect(id: string, withinMs: number): Promise<Uint8Array | undefined> {
    return new Promise((resolve) => {
      const waiting = this.#waiting.get(id) ?? new Set();
      this.#waiting.set(id, waiting);
      const timer = setTimeout(() => settle(undefined), withinMs);
      const settle = (answer: Uint8Array | undefined) => {
        clearTimeout(timer);
        waiting.delete(settle);
        if (waiting.size === 0) this.#waiting.delete(id);
        resolve(answer);
      };
      waiting.add(settle);
    });
  }

  isAwaited(id: string): boolean {
    return this.#waiting.has(id);
  }

  /** Those that have waited longest, at most so many. */
  some(count: number): readonly string[] {
    return [...this.#waiting.keys()].slice(0, count);
  }

  tell(id: string, answer: Uint8Array): void {
    for (const settle of [...(this.#waiting.get(id) ?? [])]) settle(answer);
  }

  /** Nobody is told anything more. */
  close(): void {
    for (const waiting of [...this.#waiting.values()]) for (const settle of [...waiting]) settle(undefined);
  }
}
