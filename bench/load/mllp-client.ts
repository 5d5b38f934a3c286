/**
 * A laboratory in a process of its own: keeps that many connections busy, each with one message at a time that waits for
 * its acknowledgement, and each message of another patient. Orders and findings as in `http-client.ts`.
 */
import { connect } from "node:net";
import { json } from "node:stream/consumers";
import { setTimeout as passed } from "node:timers/promises";
import { anOruMessage, type OruVariation } from "./oru-message.ts";
import { stopwatch } from "./seen.ts";

export interface MllpLoad {
  readonly host: string;
  readonly port: number;
  readonly connections: number;
  /** Numbers patients, orders and control ids from here on, so that no two runs send the same message. */
  readonly firstNumber: number;
  readonly warmUpMs: number;
  readonly durationMs: number;
  /** What is asked of the receiver in MSH-15 and MSH-16, and how long messages are. */
  readonly variation?: Pick<OruVariation, "asks" | "bytesMin">;
  /** Messages are about so many patients in turns; absent: each about another. */
  readonly patients?: number;
  /** All connections together; absent: as fast as they are acknowledged. */
  readonly perSecond?: number;
  /** Ends after so many, if that is before its time. */
  readonly count?: number;
}

const endOfFrame = Buffer.from([0x1c, 0x0d]);
const load = (await json(process.stdin)) as MllpLoad;
const watch = stopwatch(load);
const code = load.variation?.asks === undefined ? "AA" : "CA";
const startedMs = performance.now();
let number = load.firstNumber;
await Promise.all(Array.from({ length: load.connections }, keepBusy));
console.log(JSON.stringify(watch.seen()));

function keepBusy(): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: load.host, port: load.port, noDelay: true });
    let sentMs = 0;
    let awaited = "";
    let rest = Buffer.alloc(0);
    const send = async () => {
      const at = number - load.firstNumber;
      if (watch.isOver() || at >= (load.count ?? Number.POSITIVE_INFINITY)) {
        socket.end(resolve);
        return;
      }
      const patient = load.patients === undefined ? {} : { patient: at % load.patients };
      const { controlId, frame } = anOruMessage(number++, { ...load.variation, ...patient });
      awaited = `MSA|${code}|${controlId}`;
      await untilDue(at);
      sentMs = performance.now();
      socket.write(frame);
    };
    socket.on("connect", send);
    socket.on("error", reject);
    socket.on("data", (chunk) => {
      rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      if (!rest.includes(endOfFrame)) return;
      watch.answered(sentMs, rest.includes(awaited));
      rest = Buffer.alloc(0);
      void send();
    });
  });
}

async function untilDue(at: number): Promise<void> {
  if (load.perSecond === undefined) return;
  const waitMs = startedMs + (at * 1_000) / load.perSecond - performance.now();
  if (waitMs > 0) await passed(waitMs);
}
