import { busy, type Problem } from "#kernel";
import type { IncomingBytes, IncomingPart } from "#standards/dimse";
import type { DimseLimits } from "./settings.ts";

export interface PieceQueueOptions {
  readonly limits: DimseLimits;
  /** Keeps a piece from being read over until it is freed. */
  readonly memory: PieceMemory;
  /** So much waits that the connection should be read no further, and again so little that it should. */
  full(): void;
  drained(): void;
}

/** Where pieces stand; see `ReadBuffers`. */
export interface PieceMemory {
  keep(piece: Uint8Array): void;
  free(piece: Uint8Array): void;
}

/** What a piece costs besides its bytes. */
const pieceCost = 64;

/**
 * The bytes of a data set between the connection and the handler. A handler that waits is woken when there is something worth
 * waking it for, so that large objects cost a promise for each half megabyte and small ones a single one.
 */
export class PieceQueue implements IncomingBytes {
  readonly #options: PieceQueueOptions;
  #pieces: Uint8Array[] = [];
  /** Given to the handler, which may look at them until it asks for more. */
  #lent: readonly Uint8Array[] = [];
  #isFirst = true;
  #waitingBytes = 0;
  #totalBytes = 0;
  /** What `next` says when nothing waits. */
  #last: IncomingPart | undefined;
  #isOver = false;
  #isFull = false;
  #isDiscarding = false;
  #waiter: ((part: IncomingPart) => void) | undefined;
  #over: (() => void) | undefined;

  constructor(options: PieceQueueOptions) {
    this.#options = options;
  }

  get totalBytes(): number {
    return this.#totalBytes;
  }

  push(bytes: Uint8Array, isEnd: boolean): void {
    if (this.#isOver) return;
    const { dimseInstanceBytesMax, dimseWaitingBytesMax } = this.#options.limits;
    this.#totalBytes += bytes.length;
    if (this.#totalBytes > dimseInstanceBytesMax) this.#refuse();
    else if (!this.#isDiscarding && bytes.length > 0) {
      this.#options.memory.keep(bytes);
      this.#pieces.push(bytes);
      this.#waitingBytes += bytes.length + pieceCost;
    }
    if (isEnd) this.#finish({ is: "end" });
    else if (this.#waitingBytes >= this.#worthwhileBytes) this.#give();
    if (this.#waitingBytes >= dimseWaitingBytesMax) this.#fill();
  }

  /** The association is gone before the end. */
  break(problem: Problem): void {
    if (this.#isOver) return;
    this.#drop();
    this.#finish({ is: "broken", problem });
  }

  next(): Promise<IncomingPart> {
    this.#free();
    const isWorthIt = this.#last !== undefined || this.#waitingBytes >= this.#worthwhileBytes;
    if (isWorthIt) return Promise.resolve(this.#taken());
    return new Promise((resolve) => {
      this.#waiter = resolve;
    });
  }

  /** Throws away what still comes; settles when the data set has ended. */
  discardRest(): Promise<void> {
    this.#free();
    this.#discard();
    if (this.#isOver) return Promise.resolve();
    return new Promise((resolve) => {
      this.#over = resolve;
    });
  }

  #refuse(): void {
    if (this.#isDiscarding) return;
    this.#discard();
    const problem = busy("dimse-instance-too-large", "The data set is larger than Corridor takes.");
    this.#last = { is: "broken", problem };
    this.#give();
  }

  #discard(): void {
    this.#isDiscarding = true;
    this.#drop();
    this.#empty();
  }

  #drop(): void {
    for (const piece of this.#pieces) this.#options.memory.free(piece);
    this.#pieces = [];
  }

  #free(): void {
    for (const piece of this.#lent) this.#options.memory.free(piece);
    this.#lent = [];
  }

  #finish(last: IncomingPart): void {
    this.#isOver = true;
    this.#last ??= last;
    this.#give();
    this.#over?.();
  }

  #give(): void {
    const waiter = this.#waiter;
    this.#waiter = undefined;
    waiter?.(this.#taken());
  }

  #taken(): IncomingPart {
    const pieces = this.#pieces;
    if (pieces.length === 0) return this.#last ?? { is: "end" };
    this.#lent = this.#isFirst ? this.#beginning() : pieces;
    if (this.#lent === pieces) {
      this.#pieces = [];
      this.#empty();
    }
    this.#isFirst = false;
    return { is: "bytes", pieces: this.#lent };
  }

  get #worthwhileBytes(): number {
    const { dimseFirstBytes, dimseGatheredBytes } = this.#options.limits;
    return this.#isFirst ? Math.min(dimseFirstBytes, dimseGatheredBytes) : dimseGatheredBytes;
  }

  /** The header of an object, as a rule; what is behind it stays for later. */
  #beginning(): readonly Uint8Array[] {
    const { limits, memory } = this.#options;
    const [first, ...others] = this.#pieces;
    if (first === undefined || first.length <= limits.dimseFirstBytes) return this.#pieces;
    memory.keep(first);
    this.#pieces = [first.subarray(limits.dimseFirstBytes), ...others];
    return [first.subarray(0, limits.dimseFirstBytes)];
  }

  #fill(): void {
    if (this.#isFull) return;
    this.#isFull = true;
    this.#options.full();
  }

  #empty(): void {
    this.#waitingBytes = 0;
    if (!this.#isFull) return;
    this.#isFull = false;
    this.#options.drained();
  }
}
