/** An HTTP or HTTPS server that answers as it is told, for tests of what is sent; it ends with the test. */
import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { AddressInfo } from "node:net";
import type { TestContext } from "node:test";
import type { Certificates } from "./certificates.ts";

export interface Received {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
  /** Port of the sender's end: the same one is the same connection. */
  readonly connection: number;
}

export interface OpenReceiver {
  readonly url: string;
  readonly received: readonly Received[];
}

export type AnswerRequest = (received: Received, response: ServerResponse) => void;

/** With certificates it speaks HTTPS, and turns away clients without one of its authority. */
export async function aReceiver(t: TestContext, answer: AnswerRequest, made?: Certificates): Promise<OpenReceiver> {
  const received: Received[] = [];
  const take = async (message: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    for await (const chunk of message) chunks.push(chunk as Buffer);
    const { method = "", url: path = "", headers } = message;
    const body = Buffer.concat(chunks).toString("latin1");
    const one = { method, path, headers, body, connection: message.socket.remotePort ?? 0 };
    received.push(one);
    answer(one, response);
  };
  const server = made === undefined ? createServer(take) : createSecureServer(await secured(made), take);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => {
    server.close();
    server.closeAllConnections();
  });
  const { port } = server.address() as AddressInfo;
  return { url: made === undefined ? `http://127.0.0.1:${port}` : `https://localhost:${port}`, received };
}

async function secured({ authority, server }: Certificates) {
  const [ca, cert, key] = await Promise.all([authority, server.certificate, server.key].map((path) => readFile(path)));
  return { ca, cert, key, requestCert: true, rejectUnauthorized: true } as const;
}
