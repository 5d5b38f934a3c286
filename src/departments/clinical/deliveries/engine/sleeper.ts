/** One sleeper, who is woken by a call, by the time, or by the end of everything; a call while awake ends the next sleep. */
export class Sleeper {
  #isCalled = false;
  #wake: (() => void) | undefined;

  call(): void {
    this.#isCalled = true;
    this.#wake?.();
  }

  /** Undefined: until called. */
  async sleep(ms: number | undefined, stop: AbortSignal): Promise<void> {
    if (!this.#isCalled && !stop.aborted) {
      await new Promise<void>((resolve) => {
        const timer = ms === undefined ? undefined : setTimeout(done, Math.min(ms, longestTimerMs));
        const onStop = () => done();
        this.#wake = done;
        stop.addEventListener("abort", onStop, { once: true });
        function done() {
          clearTimeout(timer);
          stop.removeEventListener("abort", onStop);
          resolve();
        }
      });
      this.#wake = undefined;
    }
    this.#isCalled = false;
  }
}

/** What a timer of JavaScript can hold. */
const longestTimerMs = 2 ** 31 - 1;

/** Settles after a time, or at once when it is over with. */
export function pause(ms: number, stop: AbortSignal): Promise<void> {
  return new Sleeper().sleep(ms, stop);
}
