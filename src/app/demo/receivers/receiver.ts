import { setTimeout as passed } from "node:timers/promises";
import { type Clock, type Log, notFound, ok, type Problem, type Result, silentMeter } from "#kernel";
import { type MllpListener, startMllpListener } from "#links/mllp";
import { buildAck, peekHeader } from "#standards/hl7v2";

/** How a made-up receiver behaves. */
export interface Manner {
  readonly answersAfterMs: number;
  /** Which of its messages it refuses, counted from 1: one that it has refused it takes when it comes again. */
  readonly refuses?: (count: number) => boolean;
  /** How long it is there, from its first message on, and then away, by turns; absent: it is always there. */
  readonly absences?: readonly Absence[];
}

export interface Absence {
  readonly afterMs: number;
  readonly forMs: number;
}

export interface ReceiverNeeds {
  readonly name: string;
  readonly manner: Manner;
  /** Taken where it is free; 0 or where it is not: any. */
  readonly port: number;
  readonly clock: Clock;
  readonly log: Log;
}

/** A system that messages are passed on to; it keeps nothing of them. */
export interface Receiver {
  readonly port: number;
  stop(): Promise<void>;
}

const host = "127.0.0.1";

/** Problems: those of `startMllpListener`. */
export async function startReceiver(needs: ReceiverNeeds): Promise<Result<Receiver>> {
  const begun = Promise.withResolvers<void>();
  const answer = answering(needs, begun.resolve);
  const wished = await listenAt(needs.port, needs, answer);
  const opened = wished.ok || needs.port === 0 ? wished : await listenAt(0, needs, answer);
  if (!opened.ok) return opened;
  const { port } = opened.value;
  const closing = new AbortController();
  let listener: MllpListener | undefined = opened.value;

  async function comeAndGo(absences: readonly Absence[], signal: AbortSignal): Promise<void> {
    await begun.promise;
    for (let turn = 0; absences.length > 0; turn += 1) {
      const { afterMs, forMs } = absences[turn % absences.length] as Absence;
      if (!(await waited(afterMs, signal))) return;
      await listener?.stop();
      listener = undefined;
      if (!(await waited(forMs, signal))) return;
      const back = await listenAt(port, needs, answer);
      if (back.ok) listener = back.value;
      else needs.log.warn("demo-receiver-stays-away", { name: needs.name, code: back.problems[0].code });
    }
  }

  const ended = comeAndGo(needs.manner.absences ?? [], closing.signal);
  return ok({
    port,
    async stop() {
      closing.abort();
      begun.resolve();
      await ended;
      await listener?.stop();
    },
  });
}

function waited(ms: number, signal: AbortSignal): Promise<boolean> {
  return passed(ms, true, { signal, ref: false }).catch(() => false);
}

type Answer = (message: Uint8Array) => Promise<Uint8Array>;

function listenAt(port: number, { name, log }: ReceiverNeeds, receive: Answer) {
  return startMllpListener({ host, port, name, receive, refuse: async () => undefined, log, meter: silentMeter });
}

/** Messages that were refused and have not come again, at most this many. */
const refusedMax = 1_000;

function answering({ manner, clock }: ReceiverNeeds, begun: () => void): Answer {
  const { answersAfterMs, refuses = () => false } = manner;
  const refused = new Set<string>();
  let count = 0;
  return async (message) => {
    begun();
    await passed(answersAfterMs);
    const { header } = peekHeader(message);
    const controlId = header?.controlId ?? "";
    count += 1;
    const isAgain = refused.delete(controlId);
    const isRefused = !isAgain && refuses(count);
    if (isRefused && refused.size < refusedMax) refused.add(controlId);
    const ack = { controlId: `R${clock.now()}${count}`, at: clock.now() };
    const text = isRefused
      ? buildAck(header, { ...ack, code: "AE", problems: [notRegistered] })
      : buildAck(header, { ...ack, code: "AA" });
    return new TextEncoder().encode(text);
  };
}

const notRegistered: Problem = notFound(
  "patient-not-registered",
  "This patient is registered with no practice here: register them and send it again.",
  { where: "PID-3" },
);
