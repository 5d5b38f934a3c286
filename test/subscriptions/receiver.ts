/** A receiver of rest-hooks: a real HTTP server that keeps what it was sent, and fails when it is told to. */
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";

export interface ReceivedHook {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Receiver {
  readonly url: string;
  readonly received: readonly ReceivedHook[];
  /** What it answers from now on. */
  answer(status: number, headers?: Record<string, string>): void;
  /** How long it takes over each request from now on. */
  linger(ms: number): void;
  /** Requests that were in its hands at the same time, at most. */
  readonly atOnceMax: number;
  /** Requests that came, answered well or not. */
  readonly asked: number;
  close(): Promise<void>;
}

export async function openReceiver(port = 0): Promise<Receiver> {
  const received: ReceivedHook[] = [];
  let status = 200;
  let headers: Record<string, string> = {};
  let lingerMs = 0;
  let atOnce = 0;
  let atOnceMax = 0;
  let asked = 0;
  const server = createServer((request, response) => {
    asked += 1;
    atOnce += 1;
    atOnceMax = Math.max(atOnceMax, atOnce);
    let body = "";
    request.setEncoding("utf8").on("data", (text: string) => {
      body += text;
    });
    request.on("end", () => {
      const { method = "", url = "" } = request;
      const end = () => {
        atOnce -= 1;
        if (status < 300) received.push({ method, path: url, headers: request.headers, body });
        response.writeHead(status, headers).end();
      };
      if (lingerMs > 0) setTimeout(end, lingerMs);
      else end();
    });
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const address = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${address.port}`,
    received,
    answer: (next, nextHeaders = {}) => {
      status = next;
      headers = nextHeaders;
    },
    linger: (ms) => {
      lingerMs = ms;
    },
    get atOnceMax() {
      return atOnceMax;
    },
    get asked() {
      return asked;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
