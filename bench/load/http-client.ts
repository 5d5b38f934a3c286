/**
 * An HTTP load client in a process of its own, so that it takes no time from the server it measures. Reads its orders as
 * JSON on standard input, keeps that many connections busy with one request at a time each, prints what it saw as JSON.
 */
import { connect } from "node:net";
import { json } from "node:stream/consumers";
import { stopwatch } from "./seen.ts";

export interface HttpLoad {
  readonly host: string;
  readonly port: number;
  /** Asked for in turn. */
  readonly paths: readonly string[];
  readonly token?: string;
  readonly clients: number;
  readonly warmUpMs: number;
  readonly durationMs: number;
}

const load = (await json(process.stdin)) as HttpLoad;
const watch = stopwatch(load);
let turn = 0;
await Promise.all(Array.from({ length: load.clients }, keepBusy));
console.log(JSON.stringify(watch.seen()));

/** One connection, one request at a time, until the time is over. */
function keepBusy(): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: load.host, port: load.port, noDelay: true });
    let sentMs = 0;
    let rest = Buffer.alloc(0);
    const send = () => {
      sentMs = performance.now();
      if (watch.isOver()) socket.end(resolve);
      else socket.write(requestFor(load.paths[turn++ % load.paths.length] ?? "/"));
    };
    socket.on("connect", send);
    socket.on("error", reject);
    socket.on("data", (chunk) => {
      rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      const status = statusOfAnswer(rest);
      if (status === undefined) return;
      rest = Buffer.alloc(0);
      watch.answered(sentMs, status === 200);
      send();
    });
  });
}

function requestFor(path: string): string {
  const authorization = load.token === undefined ? "" : `Authorization: Bearer ${load.token}\r\n`;
  return `GET ${path} HTTP/1.1\r\nHost: ${load.host}:${load.port}\r\n${authorization}\r\n`;
}

/** Undefined while bytes of the answer are missing. */
function statusOfAnswer(bytes: Buffer): number | undefined {
  const headEnd = bytes.indexOf("\r\n\r\n");
  if (headEnd === -1) return undefined;
  const head = bytes.toString("latin1", 0, headEnd);
  const length = Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1] ?? 0);
  return bytes.length < headEnd + 4 + length ? undefined : Number(head.slice(9, 12));
}
