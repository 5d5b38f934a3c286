import { setTimeout as passed } from "node:timers/promises";
import { busy, failed, limits, ok, type Result, unavailable } from "#kernel";
import { frameMessage } from "#standards/hl7v2";
import { Line } from "./line.ts";
import type { MllpLimits } from "./settings.ts";

export interface MllpSenderOptions {
  readonly host: string;
  readonly port: number;
  readonly ackTimeoutMs: number;
  /** Default 10,000. */
  readonly connectTimeoutMs?: number;
  /** Other bounds than the usual ones, for tests. */
  readonly limits?: Partial<MllpLimits>;
}

export interface MllpSender {
  /**
   * Sends a message when those before it are answered, and gives the content of its acknowledgement; whether that names
   * this message is the caller's to check. Connects when needed, after failures with growing pauses. Problems:
   * `frame-content-forbidden`, `send-queue-full`, `sender-closed`, `not-connected`: the message was not sent;
   * `no-answer`, `connection-lost`: it may have arrived.
   */
  send(message: Uint8Array): Promise<Result<Uint8Array>>;
  /** Closes the connection; what is under way and what waits fails. */
  close(): void;
}

/** Pauses before connecting again: 100 ms, 200 ms, … up to 10 s. */
const firstPauseMs = 100;
const longestPauseMs = 10_000;

/** Sends messages over one MLLP connection, one at a time: no answer can be taken for that of another message. */
export function createMllpSender(options: MllpSenderOptions): MllpSender {
  const { mllpSendQueueMax, mllpFrameBytesMax, mllpSettleMs } = { ...limits, ...options.limits };
  const settings = {
    ...options,
    connectTimeoutMs: options.connectTimeoutMs ?? 10_000,
    frameBytesMax: mllpFrameBytesMax,
    settleMs: mllpSettleMs,
  };
  const closing = new AbortController();
  let line: Line | undefined;
  let failures = 0;
  let queued = 0;
  let last: Promise<unknown> = Promise.resolve();

  async function exchange(frame: Uint8Array): Promise<Result<Uint8Array>> {
    const connected = await connectedLine();
    if (!connected.ok) return connected;
    const answer = await connected.value.ask(frame);
    failures = answer.ok ? 0 : failures + 1;
    return answer;
  }

  async function connectedLine(): Promise<Result<Line>> {
    if (line?.isOpen === true) return ok(line);
    if (failures > 0) await pause(failures, closing.signal);
    if (closing.signal.aborted) return failed(senderClosed);
    const opened = await Line.open(settings);
    if (!opened.ok) failures += 1;
    else line = opened.value;
    if (closing.signal.aborted) line?.close();
    return opened;
  }

  return {
    async send(message) {
      const frame = frameMessage(message);
      if (!frame.ok) return frame;
      if (closing.signal.aborted) return failed(senderClosed);
      if (queued >= mllpSendQueueMax) {
        return failed(busy("send-queue-full", `${mllpSendQueueMax} messages are waiting to be sent already.`));
      }
      queued += 1;
      const answer = last.then(() => exchange(frame.value));
      last = answer;
      return answer.finally(() => {
        queued -= 1;
      });
    },
    close() {
      closing.abort();
      line?.close();
    },
  };
}

const senderClosed = unavailable("sender-closed", "The sender was closed.");

async function pause(failures: number, signal: AbortSignal): Promise<void> {
  const pauseMs = Math.min(firstPauseMs * 2 ** (failures - 1), longestPauseMs);
  await passed(pauseMs, undefined, { signal }).catch(() => {});
}
