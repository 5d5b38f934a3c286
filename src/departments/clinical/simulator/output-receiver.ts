import type { NamedBody } from "./comparison.ts";
import type { Timing } from "./play.ts";

/** Takes what comes out of what is tested, and keeps it. */
export interface OutputReceiver {
  /** What has come by now, in the order in which it came. */
  received(): Promise<readonly NamedBody[]>;
  close(): Promise<void>;
}

export interface Awaiting {
  readonly expected: number;
  /** How long nothing may come before it is taken to be all. */
  readonly quietSeconds: number;
  readonly timing: Timing;
  readonly signal: AbortSignal;
}

const pollMs = 50;

/** Waits for as many as are expected, or until nothing has come for that long; gives what there is. */
export async function allOutputs(receiver: OutputReceiver, awaiting: Awaiting): Promise<readonly NamedBody[]> {
  const { expected, quietSeconds, timing, signal } = awaiting;
  let received = await receiver.received();
  for (let sinceMs = timing.elapsedMs(); received.length < expected && !signal.aborted; ) {
    if (timing.elapsedMs() - sinceMs > quietSeconds * 1_000) break;
    await timing.pause(pollMs, signal);
    const now = await receiver.received();
    if (now.length > received.length) sinceMs = timing.elapsedMs();
    received = now;
  }
  return received;
}
