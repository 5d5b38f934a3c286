/** The MLLP door on a free port, and senders written by hand, for tests; all close with the test. */
import { connect, type Socket } from "node:net";
import type { TestContext } from "node:test";
import { expectOk } from "#kernel";
import { type MllpListener, type MllpListenerOptions, startMllpListener } from "#links/mllp";
import { type Logged, recordingLog, recordingMeter } from "./recording.ts";

export interface OpenLink extends MllpListener {
  readonly logged: readonly Logged[];
  readonly counted: readonly string[];
  /** Everything `receive` was given, in order, byte for byte as Latin-1. */
  readonly received: readonly string[];
}

/** A listener that answers `AA <message>`, unless it is told otherwise. */
export async function anOpenLink(t: TestContext, options: Partial<MllpListenerOptions> = {}): Promise<OpenLink> {
  const logged: Logged[] = [];
  const counted: string[] = [];
  const received: string[] = [];
  const { receive = acceptAll, limits, ...rest } = options;
  const listener = expectOk(
    await startMllpListener({
      host: "127.0.0.1",
      port: 0,
      name: "pathology",
      refuse: async ({ problem, head }) => latin1(`AR ${problem.code} ${text(head)}`),
      log: recordingLog(logged),
      meter: recordingMeter(counted),
      ...rest,
      limits: { mllpLingerMs: 50, ...limits },
      receive: (message, connection) => {
        received.push(text(message));
        return receive(message, connection);
      },
    }),
  );
  t.after(() => listener.stop());
  return { ...listener, logged, counted, received };
}

async function acceptAll(message: Uint8Array): Promise<Uint8Array> {
  return latin1(`AA ${text(message)}`);
}

export interface HandSender {
  readonly socket: Socket;
  /** Writes text as Latin-1; ␋ is SB, ␜ is EB, ␍ is CR. Settles when it has left. */
  write(written: string): Promise<void>;
  /** Everything that came back, in the same writing. */
  answers(): string;
  /** Settles when the receiver has ended its side, or cut the connection. */
  readonly ended: Promise<void>;
}

export function aSender(t: TestContext, port: number): HandSender {
  const socket = connect({ port, host: "127.0.0.1", noDelay: true, allowHalfOpen: true });
  t.after(() => socket.destroy());
  let answers = "";
  socket.on("data", (bytes) => {
    answers += text(bytes);
  });
  const ended = new Promise<void>((resolve) => socket.once("end", resolve).once("close", () => resolve()));
  socket.on("error", () => {}); // a reset is one of the ways in which a connection ends
  return {
    socket,
    ended,
    answers: () => answers,
    write: (written) => new Promise((resolve) => socket.write(latin1(written), () => resolve())),
  };
}

const signs = [
  ["␋", "\u000b"],
  ["␜", "\u001c"],
  ["␍", "\r"],
] as const;

export function latin1(written: string): Uint8Array {
  return Buffer.from(
    signs.reduce((text, [sign, character]) => text.replaceAll(sign, character), written),
    "latin1",
  );
}

export function text(bytes: Uint8Array): string {
  const read = Buffer.from(bytes).toString("latin1");
  return signs.reduce((text, [sign, character]) => text.replaceAll(character, sign), read);
}
