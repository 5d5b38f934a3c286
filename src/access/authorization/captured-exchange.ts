import type { EventEmitter } from "node:events";
import { Readable, Writable } from "node:stream";
import type { HttpReply, HttpRequest } from "#kernel";

/** What the provider's own web framework is called with. */
export type NodeHandler = (request: never, response: never) => unknown;

/** A request of a route, changed where the provider is to see it otherwise. */
export interface AskedOfProvider {
  readonly method: string;
  /** With its query. */
  readonly address: string;
  readonly headers: HttpRequest["headers"];
  readonly body: Uint8Array;
  readonly origin: string;
  readonly remoteAddress: string;
}

/**
 * The answer of a handler that was written for sockets, without one: so it is a route as any other, under the same policy,
 * bounds and headers.
 */
export async function answered(handler: NodeHandler, asked: AskedOfProvider): Promise<HttpReply> {
  const { method, address, headers, body, origin, remoteAddress } = asked;
  const url = new URL(origin);
  const request = Object.assign(Readable.from(body.length === 0 ? [] : [Buffer.from(body)]), {
    method,
    url: address,
    headers: { ...headers, host: url.host, "content-length": String(body.length) },
    httpVersion: "1.1",
    socket: { encrypted: url.protocol === "https:", remoteAddress },
  });
  const response = new CapturedResponse();
  const finished = new Promise((settle) => (response as EventEmitter).once("finish", settle));
  await handler(request as never, response as never);
  await finished;
  return response.reply();
}

/** As much of Node's response as the framework uses. */
class CapturedResponse extends Writable {
  statusCode = 200;
  statusMessage = "";
  readonly headersSent = false;
  readonly #headers = new Map<string, string | readonly string[]>();
  readonly #chunks: Buffer[] = [];

  setHeader(name: string, value: string | number | readonly string[]): this {
    this.#headers.set(name.toLowerCase(), typeof value === "number" ? String(value) : value);
    return this;
  }

  getHeader(name: string): string | readonly string[] | undefined {
    return this.#headers.get(name.toLowerCase());
  }

  getHeaders(): Readonly<Record<string, string | readonly string[]>> {
    return Object.fromEntries(this.#headers);
  }

  getHeaderNames(): readonly string[] {
    return [...this.#headers.keys()];
  }

  hasHeader(name: string): boolean {
    return this.#headers.has(name.toLowerCase());
  }

  removeHeader(name: string): void {
    this.#headers.delete(name.toLowerCase());
  }

  override _write(chunk: Buffer | string, _encoding: string, done: () => void): void {
    this.#chunks.push(Buffer.from(chunk));
    done();
  }

  reply(): HttpReply {
    const { "content-length": _, ...headers } = this.getHeaders();
    return { status: this.statusCode, headers, body: Buffer.concat(this.#chunks) };
  }
}
