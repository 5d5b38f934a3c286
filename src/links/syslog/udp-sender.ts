import { createSocket, type Socket } from "node:dgram";
import { failed, ok, type Result, unavailable } from "#kernel";
import type { SyslogSender } from "./syslog-sender.ts";

/** Syslog in datagrams (RFC 5426): nobody says whether one came, so what a receiver missed is lost to it. */
export class UdpSyslogSender implements SyslogSender {
  readonly connection = 1;
  readonly #host: string;
  readonly #port: number;
  readonly #socket: Socket;

  constructor(target: { readonly host: string; readonly port: number }) {
    this.#host = target.host;
    this.#port = target.port;
    this.#socket = createSocket(target.host.includes(":") ? "udp6" : "udp4");
    this.#socket.unref();
  }

  async send(messages: readonly Buffer[]): Promise<Result<void>> {
    for (const message of messages) {
      const error = await new Promise<Error | null>((done) =>
        this.#socket.send(message, this.#port, this.#host, (fault) => done(fault)),
      );
      if (error) return failed(unavailable("syslog-unreachable", "A message for syslog could not be sent."));
    }
    return ok(undefined);
  }

  async close(): Promise<void> {
    await new Promise<void>((done) => this.#socket.close(done));
  }
}
