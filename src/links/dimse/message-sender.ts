import { type AcceptedContext, type Command, dataHeader } from "#standards/dimse";
import { commandParts, fragmentRoom, type Message, messageParts } from "./message.ts";
import type { Wire } from "./wire.ts";

/** A message whose data set comes in pieces. */
export interface StreamedMessage {
  readonly context: AcceptedContext;
  readonly command: Omit<Command, "hasDataSet">;
  readonly dataSet: AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
}

/** Sends messages one behind the other, as the other side takes them: the fragments of two never mix. */
export class MessageSender {
  readonly #wire: Wire;
  readonly #pduBytes: number;
  #turn: Promise<unknown> | undefined;

  constructor(wire: Wire, pduBytes: number) {
    this.#wire = wire;
    this.#pduBytes = pduBytes;
  }

  /** Several in one write. Settles when there is room for more; at once written where no streamed one is under way. */
  send(...messages: readonly Message[]): Promise<void> {
    const parts = messages.flatMap((message) => messageParts(message, this.#pduBytes));
    const write = () => (this.#wire.send([Buffer.concat(parts)]) ? undefined : this.#wire.drained());
    if (this.#turn === undefined) return Promise.resolve(write());
    return this.#inTurn(async () => write());
  }

  /** Settles when all of it was given to the connection. Rejects when the data set cannot be read: then nothing can follow. */
  stream(message: StreamedMessage): Promise<void> {
    return this.#inTurn(() => this.#streamed(message));
  }

  #inTurn<Value>(work: () => Promise<Value>): Promise<Value> {
    const before = this.#turn ?? Promise.resolve();
    const mine = before.then(work, work);
    this.#turn = mine;
    const over = () => {
      if (this.#turn === mine) this.#turn = undefined;
    };
    mine.then(over, over);
    return mine;
  }

  async #streamed({ context, command, dataSet }: StreamedMessage): Promise<void> {
    const room = fragmentRoom(this.#pduBytes);
    const contextId = context.id;
    const waiting = [...commandParts({ context, command: { ...command, hasDataSet: true } }, this.#pduBytes)];
    let gathered: Uint8Array[] = [];
    let length = 0;
    const flush = (isLast: boolean) => {
      waiting.push(dataHeader({ contextId, isCommand: false, isLast, length }), ...gathered);
      gathered = [];
      length = 0;
    };
    for await (const piece of dataSet) {
      for (let at = 0; at < piece.length; ) {
        // A full one is kept back until it is known that it is not the last.
        if (length === room) flush(false);
        const part = piece.subarray(at, at + room - length);
        gathered.push(part);
        length += part.length;
        at += part.length;
      }
      if (!this.#wire.maySend) return;
      if (waiting.length > 0 && !this.#wire.send(waiting.splice(0))) await this.#wire.drained();
    }
    flush(true);
    if (!this.#wire.send(waiting)) await this.#wire.drained();
  }
}
