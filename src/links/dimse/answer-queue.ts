import type { FindAnswer } from "#standards/dimse";

/** Who reads a connection, and may be told to wait. */
interface Reading {
  hold(): void;
  read(): void;
}

/** Answers of a query between the connection and whoever looks at them. */
export class AnswerQueue {
  readonly #reading: Reading;
  readonly #waitingMax: number;
  readonly #answers: FindAnswer[] = [];
  #waiter: ((answer: FindAnswer) => void) | undefined;
  #isHolding = false;
  #isClosed = false;

  constructor(reading: Reading, waitingMax: number) {
    this.#reading = reading;
    this.#waitingMax = waitingMax;
  }

  push(answer: FindAnswer): void {
    const waiter = this.#waiter;
    this.#waiter = undefined;
    if (this.#isClosed) return;
    if (waiter !== undefined) waiter(answer);
    else this.#answers.push(answer);
    if (this.#answers.length >= this.#waitingMax && !this.#isHolding) {
      this.#isHolding = true;
      this.#reading.hold();
    }
  }

  next(): Promise<FindAnswer> {
    const first = this.#answers.shift();
    if (this.#answers.length === 0) this.#readOn();
    if (first !== undefined) return Promise.resolve(first);
    return new Promise((resolve) => {
      this.#waiter = resolve;
    });
  }

  /** What still comes is thrown away. */
  close(): void {
    this.#isClosed = true;
    this.#readOn();
  }

  #readOn(): void {
    if (!this.#isHolding) return;
    this.#isHolding = false;
    this.#reading.read();
  }
}
