/** Those whom Corridor sends to, each a door of this process that notes what came in: by MLLP and by HTTP. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expectOk, silentLog, silentMeter } from "#kernel";
import { startMllpListener } from "#links/mllp";
import { ackOf, controlIdOf } from "../doors/mllp-sender.ts";

export interface Partner {
  readonly port: number;
  /** MSH-10 of every message, in the order in which they came. */
  readonly received: string[];
  /** What is refused for good. */
  readonly refuses: Set<string>;
  close(): Promise<void>;
}

export async function anMllpPartner(): Promise<Partner> {
  const received: string[] = [];
  const refuses = new Set<string>();
  const listener = expectOk(
    await startMllpListener({
      host: "127.0.0.1",
      port: 0,
      name: "partner",
      receive: async (message) => {
        const id = controlIdOf(message);
        received.push(id);
        return ackOf(id, refuses.has(id) ? "AR" : "AA");
      },
      refuse: async () => undefined,
      log: silentLog,
      meter: silentMeter,
    }),
  );
  return { port: listener.port, received, refuses, close: () => listener.stop() };
}

export async function anHttpPartner(): Promise<Partner> {
  const received: string[] = [];
  const refuses = new Set<string>();
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const id = controlIdOf(Buffer.concat(chunks));
    received.push(id);
    response.writeHead(refuses.has(id) ? 422 : 204).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const close = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { port: (server.address() as AddressInfo).port, received, refuses, close };
}

export interface ReceiverOfBodies {
  readonly url: string;
  /** What came in, in the order in which it came. */
  readonly bodies: { readonly contentType: string; readonly text: string }[];
  close(): Promise<void>;
}

/** Takes whatever is posted. */
export async function aReceiverOfBodies(): Promise<ReceiverOfBodies> {
  const bodies: { contentType: string; text: string }[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    bodies.push({ contentType: request.headers["content-type"] ?? "", text: Buffer.concat(chunks).toString() });
    response.writeHead(204).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const close = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, bodies, close };
}
