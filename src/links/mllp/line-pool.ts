import { setTimeout as passed } from "node:timers/promises";
import { busy, failed, ok, type Result, unavailable } from "#kernel";
import { Line, type LineSettings } from "./line.ts";

export interface LinePoolSettings extends LineSettings {
  /** Connections at once, and so messages under way at once. */
  readonly connections: number;
  /** Who waits for a connection; one more is turned away. */
  readonly queueMax: number;
}

/** Pauses before connecting again: 100 ms, 200 ms, … up to 10 s. */
const firstPauseMs = 100;
const longestPauseMs = 10_000;

/** The right to one exchange, with the connection it goes over, if there is one yet. */
interface Slot {
  line: Line | undefined;
}

export interface HeldLine {
  readonly line: Line;
  /** Gives it back. After a success the next connection is tried at once, after a failure later than before. */
  release(exchange: "success" | "failure" | "neither"): void;
}

/**
 * Connections to one receiver, opened when needed and kept. After a failure one connection is tried at a time, after a
 * growing pause; all who wait for it share its fate, so that a receiver that is down is not stormed.
 */
export class LinePool {
  readonly #settings: LinePoolSettings;
  readonly #closing = new AbortController();
  readonly #free: Slot[];
  readonly #waiting = new Set<(slot: Slot | undefined) => void>();
  readonly #lines = new Set<Line>();
  /** Opened, and whoever asked for it has gone. */
  readonly #spare: Line[] = [];
  #failures = 0;
  #opening = 0;
  #recovery: Promise<Result<void>> | undefined;

  constructor(settings: LinePoolSettings) {
    this.#settings = settings;
    this.#free = Array.from({ length: settings.connections }, () => ({ line: undefined }));
  }

  get state() {
    const open = [...this.#lines].filter((line) => line.isOpen);
    return { failures: this.#failures, opening: this.#opening, open, isClosed: this.#closing.signal.aborted };
  }

  /**
   * A connection for one exchange, in the order of asking. Problems: `send-queue-full`, `sender-closed`, `send-aborted`,
   * and those of `Line.open`.
   */
  async take(signal: AbortSignal): Promise<Result<HeldLine>> {
    if (this.#free.length === 0 && this.#waiting.size >= this.#settings.queueMax) {
      return failed(busy("send-queue-full", `${this.#settings.queueMax} messages are waiting to be sent already.`));
    }
    const slot = this.#free.pop() ?? (await this.#freed(signal));
    if (slot === undefined) return failed(this.#gone());
    if (slot.line?.isOpen === true) return ok(this.#held(slot, slot.line));
    const line = await this.#connected(signal);
    slot.line = line.ok ? line.value : undefined;
    if (line.ok) return ok(this.#held(slot, line.value));
    this.#give(slot);
    return line;
  }

  close(): void {
    this.#closing.abort();
    for (const line of this.#lines) line.close();
    for (const resolve of this.#waiting) resolve(undefined);
    this.#waiting.clear();
  }

  #held(slot: Slot, line: Line): HeldLine {
    return {
      line,
      release: (exchange) => {
        if (exchange !== "neither") this.#failures = exchange === "success" ? 0 : this.#failures + 1;
        if (!line.isOpen) this.#lines.delete(line);
        this.#give(slot);
      },
    };
  }

  /** The slot used last is used first: its connection is warm. */
  #give(slot: Slot): void {
    const [next] = this.#waiting;
    if (next === undefined) this.#free.push(slot);
    else {
      this.#waiting.delete(next);
      next(slot);
    }
  }

  #freed(signal: AbortSignal): Promise<Slot | undefined> {
    if (signal.aborted || this.#closing.signal.aborted) return Promise.resolve(undefined);
    return new Promise((resolve) => {
      const settle = (slot: Slot | undefined) => {
        signal.removeEventListener("abort", abort);
        resolve(slot);
      };
      const abort = () => {
        this.#waiting.delete(settle);
        settle(undefined);
      };
      signal.addEventListener("abort", abort);
      this.#waiting.add(settle);
    });
  }

  async #connected(signal: AbortSignal): Promise<Result<Line>> {
    while (!signal.aborted && !this.#closing.signal.aborted) {
      const line = this.#spare.pop();
      if (line?.isOpen === true) return ok(line);
      if (line !== undefined) this.#lines.delete(line);
      else {
        const attempt = this.#failures === 0 ? this.#attempt() : this.#recover();
        const opened = await unlessAborted(attempt, signal);
        if (opened?.ok === false) return opened;
      }
    }
    return failed(this.#gone());
  }

  #recover(): Promise<Result<void>> {
    this.#recovery ??= this.#attemptAfterPause().finally(() => {
      this.#recovery = undefined;
    });
    return this.#recovery;
  }

  async #attemptAfterPause(): Promise<Result<void>> {
    const pauseMs = Math.min(firstPauseMs * 2 ** (this.#failures - 1), longestPauseMs);
    await passed(pauseMs, undefined, { signal: this.#closing.signal }).catch(() => {});
    return this.#closing.signal.aborted ? failed(this.#gone()) : this.#attempt();
  }

  /** What it opens is spare until somebody takes it. Attempts that fail together count as one. */
  async #attempt(): Promise<Result<void>> {
    const failures = this.#failures;
    this.#opening += 1;
    const opened = await Line.open(this.#settings);
    this.#opening -= 1;
    if (!opened.ok) {
      this.#failures = Math.max(this.#failures, failures + 1);
      return opened;
    }
    this.#lines.add(opened.value);
    this.#spare.push(opened.value);
    if (this.#closing.signal.aborted) opened.value.close();
    return ok(undefined);
  }

  #gone() {
    return this.#closing.signal.aborted
      ? unavailable("sender-closed", "The sender was closed.")
      : unavailable("send-aborted", "Sending was given up before the message was sent.");
  }
}

/** Undefined when the signal is aborted before. */
function unlessAborted<Value>(promise: Promise<Value>, signal: AbortSignal): Promise<Value | undefined> {
  return new Promise((resolve) => {
    const abort = () => resolve(undefined);
    signal.addEventListener("abort", abort);
    void promise.then((value) => {
      signal.removeEventListener("abort", abort);
      resolve(value);
    });
  });
}
