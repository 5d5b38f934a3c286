import { expectOk, type Result } from "#kernel";
import { type Key, keyText } from "#record";
import type { LiveEvent, LiveEventName } from "../api.ts";

/** Those of the documents that the listener may see, of whatever changed. */
export type Sees = (keys: readonly Key[]) => Promise<Result<readonly Key[]>>;

export interface LivePace {
  readonly heartbeatMs: number;
  /** Least time between two events. */
  readonly eventIntervalMs: number;
  readonly lifeMs: number;
  readonly idsMax: number;
}

interface StreamNeeds {
  readonly pace: LivePace;
  readonly sees: Sees;
}

/**
 * One open stream of server-sent events. What it has to tell is kept as one event that grows until it is taken, so a slow
 * reader costs no memory; what the listener may not see is left out then. Source: WHATWG HTML §9.2 (server-sent events).
 */
export class LiveStream {
  readonly #pace: LivePace;
  readonly #sees: Sees;
  #position = 0;
  /** Of which something changed, nobody remembers what. */
  #kinds = new Set<string>();
  #changed = new Map<string, Key>();
  #ended = false;
  #wake = () => {};

  constructor({ pace, sees }: StreamNeeds) {
    this.#pace = pace;
    this.#sees = sees;
  }

  /** The record has moved on; nothing to tell. */
  advance(position: number): void {
    this.#position = Math.max(this.#position, position);
  }

  tell(kind: string, id: string | undefined): void {
    if (id === undefined) this.#kinds.add(kind);
    else this.#remember({ kind, id });
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
        const told = this.#hasNews() ? await this.#take() : await this.#next();
        if (told !== undefined) yield told;
        if (!this.#ended) await this.#pause();
      }
    } finally {
      clearTimeout(life);
      signal.removeEventListener("abort", end);
    }
  }

  #hasNews(): boolean {
    return this.#kinds.size > 0 || this.#changed.size > 0;
  }

  #remember(key: Key): void {
    const name = keyText(key);
    this.#changed.delete(name);
    this.#changed.set(name, key);
    const [oldest] = this.#changed;
    if (this.#changed.size <= this.#pace.idsMax || oldest === undefined) return;
    this.#changed.delete(oldest[0]);
    this.#kinds.add(oldest[1].kind);
  }

  /** Undefined where nothing of it may be told. */
  async #take(): Promise<string | undefined> {
    const [kinds, changed, position] = [this.#kinds, [...this.#changed.values()], this.#position];
    this.#kinds = new Set();
    this.#changed = new Map();
    const seen = changed.length === 0 ? [] : expectOk(await this.#sees(changed));
    for (const { kind } of seen) kinds.add(kind);
    if (kinds.size === 0) return undefined;
    return eventText("change", { kinds: [...kinds], position, ids: seen.map(({ id }) => id) });
  }

  /** A heartbeat when its time has come first; it moves the browser's last event id on without an event. */
  async #next(): Promise<string | undefined> {
    await this.#sleep(this.#pace.heartbeatMs, () => this.#hasNews());
    return this.#hasNews() ? this.#take() : `: alive\nid: ${this.#position}\n\n`;
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
