import type { Socket } from "node:net";

/** Reads from a socket as long as nobody holds it. */
export class ReadingPace {
  readonly #socket: Socket;
  #holds = 0;
  #lastMs = 0;
  stalls = 0;

  constructor(socket: Socket) {
    this.#socket = socket;
  }

  get isHeld(): boolean {
    return this.#holds > 0;
  }

  /** Each hold ends with a `read`. */
  hold(): void {
    this.#holds += 1;
    if (this.#holds === 1) this.#socket.pause();
  }

  read(): void {
    this.#holds -= 1;
    if (this.#holds === 0) this.#socket.resume();
  }

  /** Whoever holds. */
  readAll(): void {
    this.#holds = Number.NEGATIVE_INFINITY;
    this.#socket.resume();
  }

  came(_bytes: number, { isWithin, atMs }: { readonly isWithin: boolean; readonly atMs: number }): void {
    const gapMs = atMs - this.#lastMs;
    this.#lastMs = atMs;
    if (isWithin && this.#holds === 0 && gapMs >= 30 && gapMs <= 70) this.stalls += 1;
  }
}
