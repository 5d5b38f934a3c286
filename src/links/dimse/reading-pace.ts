import type { Socket } from "node:net";

/** A gap this long in the middle of a data set is one of a delayed acknowledgement: 40 ms in Linux. */
const stallMs = { from: 35, to: 60 };

/** Reads from a socket as long as nobody holds it. */
export class ReadingPace {
  readonly #socket: Socket;
  #holds = 0;
  #lastMs = 0;
  /** See `OpenAssociation.senderStalls`. */
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

  /** Something came: `isMidDataSet` when it goes on with what was begun before. */
  came({ isMidDataSet, atMs }: { readonly isMidDataSet: boolean; readonly atMs: number }): void {
    const gapMs = atMs - this.#lastMs;
    this.#lastMs = atMs;
    if (isMidDataSet && gapMs >= stallMs.from && gapMs <= stallMs.to) this.stalls += 1;
  }
}
