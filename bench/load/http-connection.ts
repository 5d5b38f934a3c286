import { connect, type Socket } from "node:net";

export interface Asked {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** With its query. */
  readonly path: string;
  readonly body?: string;
}

export interface Answered {
  readonly status: number;
  /** The lines before the body, as they came. */
  readonly head: string;
}

export interface HttpTarget {
  readonly host: string;
  readonly port: number;
  readonly token?: string;
}

/**
 * One connection that is kept, one request at a time: a load client must cost as little as can be, as it shares the machine
 * with what it measures.
 */
export class HttpConnection {
  readonly #socket: Socket;
  readonly #target: HttpTarget;
  #rest: Buffer = Buffer.alloc(0);
  #answer: ((answered: Answered) => void) | undefined;
  #fail: ((error: Error) => void) | undefined;

  private constructor(socket: Socket, target: HttpTarget) {
    this.#socket = socket;
    this.#target = target;
    socket.on("data", (chunk) => this.#take(chunk));
    socket.on("error", (error) => this.#fail?.(error));
    socket.on("close", () => this.#fail?.(new Error("The server closed the connection.")));
  }

  static open(target: HttpTarget): Promise<HttpConnection> {
    return new Promise((resolve, reject) => {
      const socket = connect({ host: target.host, port: target.port, noDelay: true });
      socket.once("error", reject);
      socket.once("connect", () => resolve(new HttpConnection(socket, target)));
    });
  }

  ask(asked: Asked): Promise<Answered> {
    return new Promise((resolve, reject) => {
      this.#answer = resolve;
      this.#fail = reject;
      this.#socket.write(this.#requestFor(asked));
    });
  }

  close(): void {
    this.#fail = undefined;
    this.#socket.end();
  }

  #requestFor({ method, path, body }: Asked): string {
    const { host, port, token } = this.#target;
    const authorization = token === undefined ? "" : `Authorization: Bearer ${token}\r\n`;
    const head = `${method} ${path} HTTP/1.1\r\nHost: ${host}:${port}\r\n${authorization}`;
    if (body === undefined) return `${head}\r\n`;
    const length = Buffer.byteLength(body);
    return `${head}Content-Type: application/fhir+json\r\nContent-Length: ${length}\r\n\r\n${body}`;
  }

  #take(chunk: Buffer): void {
    this.#rest = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    const headEnd = this.#rest.indexOf("\r\n\r\n");
    if (headEnd === -1) return;
    const head = this.#rest.toString("latin1", 0, headEnd);
    const length = Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1] ?? 0);
    if (this.#rest.length < headEnd + 4 + length) return;
    this.#rest = this.#rest.subarray(headEnd + 4 + length);
    this.#answer?.({ status: Number(head.slice(9, 12)), head });
  }
}
