import { createConnection, createServer } from "node:net";
import { setTimeout as passed } from "node:timers/promises";
import { failed, ok, type Result, unavailable } from "#kernel";

/** Where a link listens. */
export interface Door {
  readonly host: string;
  readonly port: number;
}

/** `127.0.0.1:2575`, or `::1:2575`. */
export function doorOf(address: string): Door {
  const at = address.lastIndexOf(":");
  return { host: address.slice(0, at), port: Number(address.slice(at + 1)) };
}

/** The first of these ports that nobody listens at, or else any. */
export async function freePort(host: string, wished: readonly number[]): Promise<number> {
  for (const port of [...wished, 0]) {
    const free = await tried({ host, port });
    if (free !== undefined) return free;
  }
  throw new Error(`no port of ${host} can be taken`);
}

function tried({ host, port }: Door): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(undefined));
    server.listen({ host, port, exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" ? address?.port : undefined));
    });
  });
}

const lookEachMs = 50;

/** Settles when somebody listens. Problem: `no-link`, after this time or when it is given up. */
export async function untilListening(door: Door, signal: AbortSignal, withinMs = 10_000): Promise<Result<void>> {
  const endMs = performance.now() + withinMs;
  while (performance.now() < endMs && !signal.aborted) {
    if (await isListening(door)) return ok(undefined);
    await passed(lookEachMs, undefined, { signal }).catch(() => {});
  }
  const message = `The demonstration's systems send to ${door.host}:${door.port}, and no link listens there: look at Links, or begin with --fresh.`;
  return failed(unavailable("no-link", message));
}

function isListening(door: Door): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection(door);
    socket.once("error", () => resolve(false));
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
  });
}
