import { once } from "node:events";
import { connect, type TLSSocket } from "node:tls";
import { failed, limits, ok, type Result, unavailable } from "#kernel";
import { framed } from "./syslog-message.ts";
import type { SyslogSender } from "./syslog-sender.ts";

export interface TlsTarget {
  readonly host: string;
  readonly port: number;
  /** Certificates (PEM) that the receiver's must be signed by; left out, those that Node.js trusts. */
  readonly authorities?: string;
}

/** Syslog over TLS; the receiver's certificate and name are checked. Connects when there is something to send. */
export class TlsSyslogSender implements SyslogSender {
  readonly #target: TlsTarget;
  #socket: TLSSocket | undefined;
  #connections = 0;

  constructor(target: TlsTarget) {
    this.#target = target;
  }

  get connection(): number | undefined {
    return this.#socket === undefined ? undefined : this.#connections;
  }

  async send(messages: readonly Buffer[]): Promise<Result<void>> {
    try {
      const socket = this.#socket ?? (await this.#open());
      await written(socket, Buffer.concat(messages.map(framed)));
      return ok(undefined);
    } catch (error) {
      this.#drop();
      const { code } = error as { readonly code?: unknown };
      return failed(unavailable("syslog-unreachable", `The syslog receiver cannot be reached (${String(code)}).`));
    }
  }

  async close(): Promise<void> {
    const socket = this.#socket;
    if (socket === undefined) return;
    this.#drop();
    await new Promise<void>((done) => socket.end(done));
    socket.destroy();
  }

  async #open(): Promise<TLSSocket> {
    const { host, port, authorities } = this.#target;
    const socket = connect({ host, port, servername: host, ...(authorities === undefined ? {} : { ca: authorities }) });
    socket.on("error", () => {}); // told by what waits for the socket, and by its closing
    socket.setTimeout(limits.auditSyslogTimeoutMs, () => {
      if (socket.connecting || socket.writableLength > 0) socket.destroy(new Error("ETIMEDOUT"));
    });
    await once(socket, "secureConnect");
    // A receiver says nothing; what it sends is read so that its end is noticed.
    socket.resume();
    socket.once("close", () => this.#forget(socket));
    socket.once("end", () => this.#forget(socket));
    this.#connections += 1;
    this.#socket = socket;
    return socket;
  }

  #forget(socket: TLSSocket): void {
    if (this.#socket === socket) this.#socket = undefined;
  }

  #drop(): void {
    const socket = this.#socket;
    this.#socket = undefined;
    socket?.end();
  }
}

async function written(socket: TLSSocket, bytes: Buffer): Promise<void> {
  await new Promise<void>((done, fail) => {
    const closed = () => fail(new Error("ECONNRESET"));
    socket.once("close", closed);
    socket.write(bytes, (error) => {
      socket.off("close", closed);
      if (error) fail(error);
      else done();
    });
  });
}
