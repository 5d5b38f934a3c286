/** Destinations that take everything at once, and count. */

import type { AddressInfo } from "node:net";
import { createServer, type Server, type Socket } from "node:net";

export interface CountingPartner {
  readonly port: number;
  readonly received: number;
  /** Messages a second from the first to the last since `reset`. */
  readonly perSecond: number;
  reset(): void;
  close(): void;
}

const endOfFrame = Buffer.from([0x1c, 0x0d]);

export async function aCountingPartner(): Promise<CountingPartner> {
  const marks = { received: 0, firstMs: 0, lastMs: 0 };
  const sockets = new Set<Socket>();
  const server: Server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    answerAll(socket, () => {
      marks.lastMs = performance.now();
      if (marks.received === 0) marks.firstMs = marks.lastMs;
      marks.received += 1;
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    get received() {
      return marks.received;
    },
    get perSecond() {
      return ((marks.received - 1) / (marks.lastMs - marks.firstMs)) * 1_000;
    },
    reset: () => void Object.assign(marks, { received: 0, firstMs: 0, lastMs: 0 }),
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

function answerAll(socket: Socket, received: () => void): void {
  let chunks: Buffer[] = [];
  socket.on("error", () => socket.destroy());
  socket.on("data", (chunk) => {
    chunks.push(chunk);
    if (chunk.at(-1) !== endOfFrame[1]) return;
    const frame = Buffer.concat(chunks);
    if (frame.indexOf(endOfFrame) !== frame.length - endOfFrame.length) return;
    chunks = [];
    received();
    const controlId = frame.toString("latin1", 1, frame.indexOf("\r")).split("|")[9] ?? "";
    socket.write(`\u000bMSH|^~\\&|||||||ACK|A${controlId}|P|2.4\rMSA|AA|${controlId}\r\u001c\r`, "latin1");
  });
}

/** Waits until the partners have it all, for so long at most; false where they do not. */
export async function allReceived(partners: readonly CountingPartner[], count: number, withinMs: number) {
  for (const endMs = performance.now() + withinMs; performance.now() < endMs; ) {
    if (partners.every(({ received }) => received >= count)) return true;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  return false;
}
