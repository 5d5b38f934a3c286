import { limits } from "#kernel";

/** Memory that files pass through on their way to clients; what one reply has done with serves the next. */
export class SendMemory {
  readonly #free: Buffer[] = [];

  take(): Buffer {
    return this.#free.pop() ?? Buffer.allocUnsafeSlow(limits.httpSentPieceBytes);
  }

  /** Of what nobody reads or writes any more. */
  giveBack(bytes: Buffer): void {
    if (this.#free.length < limits.httpSendMemoryMax) this.#free.push(bytes);
  }
}
