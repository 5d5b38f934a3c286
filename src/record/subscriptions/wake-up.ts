/** One sleeper, who is woken by a call, by the time, or by the end of everything; a call while awake ends the next sleep. */
export class WakeUp {
  #isCalled = false;
  #wake: (() => void) | undefined;

  call(): void {
    this.#isCalled = true;
    this.#wake?.();
  }

  /** Undefined: until called. */
  async sleep(ms: number | undefined, stop: AbortSignal): Promise<void> {
    if (!this.#isCalled && !stop.aborted) await this.#sleep(ms, stop);
    this.#isCalled = false;
  }

  #sleep(ms: number | undefined, stop: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        stop.removeEventListener("abort", wake);
        this.#wake = undefined;
        resolve();
      };
      const timer = ms === undefined ? undefined : setTimeout(wake, Math.min(ms, longestTimerMs));
      stop.addEventListener("abort", wake, { once: true });
      this.#wake = wake;
    });
  }
}

/** What a timer of JavaScript can hold. */
const longestTimerMs = 2 ** 31 - 1;
