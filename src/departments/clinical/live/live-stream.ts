import type { LiveEvent, LiveEventName } from "../api.ts";

export interface LivePace {
  readonly heartbeatMs: number;
  /** Least time between two events. */
  readonly eventIntervalMs: number;
  readonly lifeMs: number;
  readonly idsMax: number;
}

/**
 * One open stream of server-sent events. What it has to tell is kept as one event that grows until it is taken, so a slow
 * reader costs no memory. Source: WHATWG HTML §9.2 (server-sent events).
 */
export class LiveStream {
  readonly #pace: LivePace;
  #position = 0;
  #kinds = new Set<string>();
  #ids = new Set<string>();
  #ended = false;
  #wake = () => {};

  constructor(pace: LivePace) {
    this.#pace = pace;
  }

  /** The record has moved on; nothing to tell. */
  advance(position: number): void {
    this.#position = Math.max(this.#position, position);
  }

  tell(kind: string, id: string | undefined): void {
    this.#kinds.add(kind);
    if (id !== undefined) this.#remember(id);
    this.#wake();
  }

  end(): void {
    this.#ended = true;
    this.#wake();
  }

  /** The text of the stream, until it is ended, its life is over, or the signal aborts. */
  async *text(signal: AbortSignal): AsyncGenerator<string> {
    const end = () => this.end();
    signal.addEventListener("abort", end, { once: true });
    const life = setTimeout(end, this.#pace.lifeMs).unref();
    try {
      yield eventText("open", { kinds: [], position: this.#position, ids: [] });
      while (!this.#ended && !signal.aborted) {
        yield this.#kinds.size > 0 ? eventText("change", this.#take()) : await this.#next();
        if (!this.#ended) await this.#pause();
      }
    } finally {
      clearTimeout(life);
      signal.removeEventListener("abort", end);
    }
  }

  #remember(id: string): void {
    this.#ids.delete(id);
    this.#ids.add(id);
    const [oldest] = this.#ids;
    if (this.#ids.size > this.#pace.idsMax && oldest !== undefined) this.#ids.delete(oldest);
  }

  #take(): LiveEvent {
    const event = { kinds: [...this.#kinds], position: this.#position, ids: [...this.#ids] };
    this.#kinds = new Set();
    this.#ids = new Set();
    return event;
  }

  /** A heartbeat when its time has come first; it moves the browser's last event id on without an event. */
  async #next(): Promise<string> {
    await this.#sleep(this.#pace.heartbeatMs, () => this.#kinds.size > 0);
    return this.#kinds.size > 0 ? eventText("change", this.#take()) : `: alive\nid: ${this.#position}\n\n`;
  }

  async #pause(): Promise<void> {
    await this.#sleep(this.#pace.eventIntervalMs, () => false);
  }

  /** Until the time is over, the stream ends, or `enough` holds at a wake. */
  async #sleep(ms: number, enough: () => boolean): Promise<void> {
    if (this.#ended || enough()) return;
    await new Promise<void>((resolve) => {
      const done = () => {
        clearTimeout(timer);
        this.#wake = () => {};
        resolve();
      };
      const timer = setTimeout(done, ms);
      this.#wake = () => {
        if (this.#ended || enough()) done();
      };
    });
  }
}

function eventText(name: LiveEventName, event: LiveEvent): string {
  return `id: ${event.position}\nevent: ${name}\ndata: ${JSON.stringify(event)}\n\n`;
}
