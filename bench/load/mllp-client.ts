/**
 * A laboratory in a process of its own: keeps that many connections busy, each with one message at a time that waits for
 * its acknowledgement, and each message of another patient. Orders and findings as in `http-client.ts`.
 */
import { connect } from "node:net";
import { json } from "node:stream/consumers";
import { anOruMessage } from "./oru-message.ts";
import { stopwatch } from "./seen.ts";

export interface MllpLoad {
  readonly host: string;
  readonly port: number;
  readonly connections: number;
  /** Numbers patients, orders and control ids from here on, so that no two runs send the same message. */
  readonly firstNumber: number;
  readonly warmUpMs: number;
  readonly durationMs: number;
}

const endOfFrame = Buffer.from([0x1c, 0x0d]);
const load = (await json(process.stdin)) as MllpLoad;
const watch = stopwatch(load);
let number = load.firstNumber;
await Promise.all(Array.from({ length: load.connections }, keepBusy));
console.log(JSON.stringify(watch.seen()));

function keepBusy(): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: load.host, port: load.port, noDelay: true });
    let sentMs = 0;
    let awaited = "";
    let rest = Buffer.alloc(0);
    const send = () => {
      sentMs = performance.now();
      if (watch.isOver()) {
        socket.end(resolve);
        return;
      }
      const { controlId, frame } = anOruMessage(number++);
      awaited = `MSA|AA|${controlId}`;
      socket.write(frame);
    };
    socket.on("connect", send);
    socket.on("error", reject);
    socket.on("data", (chunk) => {
      rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      if (!rest.includes(endOfFrame)) return;
      watch.answered(sentMs, rest.includes(awaited));
      rest = Buffer.alloc(0);
      send();
    });
  });
}
