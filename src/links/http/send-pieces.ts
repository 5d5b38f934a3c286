import type { ServerResponse } from "node:http";
import type { StoredRange } from "#kernel";
import type { Exchange } from "./exchange.ts";
import type { SendMemory } from "./send-memory.ts";

export interface Pieces {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly pieces: AsyncIterable<Uint8Array | StoredRange>;
}

/**
 * Sends pieces one behind the other. Ranges of files pass through two pieces of memory, one being read while the other is sent.
 * The first piece is at hand before the head is written, so that a source that fails at once is answered with its failure.
 * Settles when the last byte was handed to the system; throws when the client is gone or the source fails.
 */
export async function sendPieces(
  { door, request, response }: Exchange,
  { status, headers, pieces }: Pieces,
): Promise<void> {
  const iterator = pieces[Symbol.asyncIterator]();
  const way = new Way(response, door.sendMemory);
  try {
    let next = await iterator.next();
    response.writeHead(status, headers as Record<string, string | string[]>);
    while (next.done !== true && request.method !== "HEAD") {
      if (next.value instanceof Uint8Array) await way.send(next.value);
      else await way.sendRange(next.value);
      next = await iterator.next();
    }
    await way.end();
  } finally {
    await iterator.return?.();
  }
}

/** What is being sent, in order. */
class Way {
  readonly #response: ServerResponse;
  readonly #pool: SendMemory;
  readonly #gone: Promise<never>;
  /** Memory for files, with when it is free again. */
  readonly #memory: { readonly bytes: Buffer; free: Promise<void> }[] = [];
  #turn = 0;

  constructor(response: ServerResponse, pool: SendMemory) {
    this.#response = response;
    this.#pool = pool;
    this.#gone = new Promise((_, reject) => {
      response.once("close", () => reject(Object.assign(new Error("the client has left"), { code: "EPIPE" })));
    });
    this.#gone.catch(() => undefined);
  }

  /** Settles when no more than a little waits before the socket. */
  async send(bytes: Uint8Array): Promise<void> {
    const sent = this.#write(bytes);
    if (this.#response.writableNeedDrain) await sent;
  }

  async sendRange(range: StoredRange): Promise<void> {
    const end = range.fromByte + range.lengthBytes;
    for (let at = range.fromByte; at < end; ) {
      const memory = await this.#next();
      const wanted = Math.min(end - at, memory.bytes.length);
      const read = await range.readInto(memory.bytes.subarray(0, wanted), at);
      if (read < wanted) throw new Error("a file ends before its range");
      memory.free = this.#write(memory.bytes.subarray(0, wanted));
      at += wanted;
    }
  }

  /** Memory is given back when all of it was sent: of a reply that broke off nobody knows who still reads it. */
  async end(): Promise<void> {
    const response = this.#response;
    await Promise.race([new Promise<void>((resolve) => response.end(() => resolve())), this.#gone]);
    for (const { bytes, free } of this.#memory.filter((one) => one !== undefined)) {
      await free;
      this.#pool.giveBack(bytes);
    }
  }

  async #next(): Promise<{ readonly bytes: Buffer; free: Promise<void> }> {
    this.#turn = (this.#turn + 1) % 2;
    const known = this.#memory[this.#turn];
    if (known !== undefined) {
      await known.free;
      return known;
    }
    const made = { bytes: this.#pool.take(), free: Promise.resolve() };
    this.#memory[this.#turn] = made;
    return made;
  }

  /** Settles when the bytes have been handed to the system, and may be overwritten. */
  #write(bytes: Uint8Array): Promise<void> {
    const written = new Promise<void>((resolve, reject) => {
      this.#response.write(bytes, (error) => (error ? reject(error) : resolve()));
    });
    const sent = Promise.race([written, this.#gone]);
    sent.catch(() => undefined);
    return sent;
  }
}
