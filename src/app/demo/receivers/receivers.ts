import { type Clock, failed, type Log, ok, type Result } from "#kernel";
import { type DemoDestination, demoDestinations } from "../set-up/demo-links.ts";
import type { ReceiverPorts } from "../set-up/files.ts";
import { minuteMs } from "../times.ts";
import { type Manner, type Receiver, startReceiver } from "./receiver.ts";

/** Its third message, and then one in two hundred: now and then a person has something to decide. */
const seldom = (count: number) => count === 3 || count % 200 === 0;

/** Short absences, which tries outlast; and a longer one, on which an alert begins and ends by itself. */
const absences = [
  { afterMs: 2 * minuteMs, forMs: 3 * minuteMs },
  { afterMs: 15 * minuteMs, forMs: 4 * minuteMs },
  { afterMs: 20 * minuteMs, forMs: 18 * minuteMs },
];

const manners: Readonly<Record<DemoDestination, Manner>> = {
  "general-practice": { answersAfterMs: 250, refuses: seldom },
  wards: { answersAfterMs: 60 },
  "cancer-registry": { answersAfterMs: 400 },
  saltbridge: { answersAfterMs: 150, absences },
};

export interface Receivers {
  readonly ports: ReceiverPorts;
  stop(): Promise<void>;
}

export interface ReceiversNeeds {
  /** Where each was before. */
  readonly before: Partial<ReceiverPorts>;
  readonly clock: Clock;
  readonly log: Log;
}

/** Starts all of them on this machine. Problems: those of `startReceiver`. */
export async function startReceivers({ before, clock, log }: ReceiversNeeds): Promise<Result<Receivers>> {
  const started: Receiver[] = [];
  const ports: Partial<Record<DemoDestination, number>> = {};
  const stop = async () => {
    await Promise.all(started.map((receiver) => receiver.stop()));
  };
  for (const name of demoDestinations) {
    const receiver = await startReceiver({ name, manner: manners[name], port: before[name] ?? 0, clock, log });
    if (!receiver.ok) {
      await stop();
      return failed(...receiver.problems);
    }
    started.push(receiver.value);
    ports[name] = receiver.value.port;
  }
  return ok({ ports: ports as ReceiverPorts, stop });
}
