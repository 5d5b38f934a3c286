/**
 * A load client in a process of its own, so that it takes no time from the server it measures. Reads its orders as JSON on
 * standard input, keeps that many connections busy with one request at a time each, and prints what it saw as JSON.
 */
import { connect } from "node:net";
import { json } from "node:stream/consumers";

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

export interface LoadSeen {
  /** Answers within the measured time. */
  readonly answers: number;
  /** Of those, the ones that were not what was hoped for: another status than 200, another acknowledgement than AA. */
  readonly failures: number;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

const load = (await json(process.stdin)) as HttpLoad;
const startMs = performance.now() + load.warmUpMs;
const endMs = startMs + load.durationMs;
const latenciesMs: number[] = [];
let failures = 0;
let turn = 0;

await Promise.all(Array.from({ length: load.clients }, keepBusy));
latenciesMs.sort((a, b) => a - b);
const seen: LoadSeen = {
  answers: latenciesMs.length,
  failures,
  perSecond: (latenciesMs.length * 1_000) / load.durationMs,
  p50Ms: latenciesMs[Math.floor(latenciesMs.length * 0.5)] ?? 0,
  p99Ms: latenciesMs[Math.floor(latenciesMs.length * 0.99)] ?? 0,
};
console.log(JSON.stringify(seen));

/** One connection, one request at a time, until the time is over. */
function keepBusy(): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: load.host, port: load.port, noDelay: true });
    let sentMs = 0;
    let rest = Buffer.alloc(0);
    const send = () => {
      sentMs = performance.now();
      if (sentMs >= endMs) socket.end(resolve);
      else socket.write(requestFor(load.paths[turn++ % load.paths.length] ?? "/"));
    };
    socket.on("connect", send);
    socket.on("error", reject);
    socket.on("data", (chunk) => {
      rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      const answer = answerIn(rest);
      if (answer === undefined) return;
      rest = Buffer.alloc(0);
      const nowMs = performance.now();
      if (nowMs >= startMs && nowMs < endMs) {
        latenciesMs.push(nowMs - sentMs);
        if (answer.status !== 200) failures += 1;
      }
      send();
    });
  });
}

function requestFor(path: string): string {
  const authorization = load.token === undefined ? "" : `Authorization: Bearer ${load.token}\r\n`;
  return `GET ${path} HTTP/1.1\r\nHost: ${load.host}:${load.port}\r\n${authorization}\r\n`;
}

/** The status of a complete answer; undefined while bytes are missing. */
function answerIn(bytes: Buffer): { readonly status: number } | undefined {
  const headEnd = bytes.indexOf("\r\n\r\n");
  if (headEnd === -1) return undefined;
  const head = bytes.toString("latin1", 0, headEnd);
  const length = Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1] ?? 0);
  if (bytes.length < headEnd + 4 + length) return undefined;
  return { status: Number(head.slice(9, 12)) };
}
