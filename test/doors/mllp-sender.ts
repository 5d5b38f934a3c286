/** Receivers written by hand, and senders to them; all close with the test. */
import { type AddressInfo, createServer, type Socket } from "node:net";
import type { TestContext } from "node:test";
import { setTimeout as passed } from "node:timers/promises";
import type { OutgoingMessage, SendOutcome } from "#kernel";
import { type MllpSenderOptions, type MllpSenderSettings, mllpSender, type StrayAnswer } from "#links/mllp";
import { noFrames, peekHeader, splitFrames } from "#standards/hl7v2";
import { latin1 } from "./mllp.ts";
import { type Logged, recordingLog } from "./recording.ts";

export function aMessage(controlId: string, asks = "|"): OutgoingMessage {
  const msh = `MSH|^~\\&|CORRIDOR|MEADOW|GP|EAST|20261123||ORU^R01|${controlId}|P|2.5.1|||${asks}`;
  return { body: latin1(`${msh}␍PID|1||9434765919␍`), contentType: "x-application/hl7-v2+er7", controlId };
}

export function ackOf(controlId: string, code: string): Uint8Array {
  return latin1(`MSH|^~\\&|GP|EAST|CORRIDOR|MEADOW|20261123||ACK|A-${controlId}|P|2.5.1␍MSA|${code}|${controlId}␍`);
}

export function controlIdOf(message: Uint8Array): string {
  return peekHeader(message).header?.controlId ?? "";
}

/** A sender with everything it tells of. */
export function aSenderTo(
  t: TestContext,
  port: number,
  settings: Partial<MllpSenderSettings> = {},
  options: Partial<MllpSenderOptions> = {},
) {
  const strays: StrayAnswer[] = [];
  const logged: Logged[] = [];
  const usual = {
    name: "gp",
    host: "127.0.0.1",
    port,
    connections: 1,
    answerWithinSeconds: 1,
    mode: "original",
  } as const;
  const sender = mllpSender(
    { ...usual, ...settings },
    {
      log: recordingLog(logged),
      strayed: (stray) => strays.push(stray),
      ...options,
      limits: { mllpSettleMs: 10, ...options.limits },
    },
  );
  t.after(() => sender.close());
  const signal = new AbortController().signal;
  const send = (controlId: string, asks?: string): Promise<SendOutcome> =>
    sender.send(aMessage(controlId, asks), signal);
  return { sender, send, status: sender.status, strays, logged };
}

export interface Receiver {
  /**
   * What is written for the `count`th message, piece by piece: text as in `latin1`, `wait 20` for milliseconds of
   * silence, `end` and `reset` for the connection.
   */
  says(controlId: string, count: number): readonly string[];
}

/** Settles with its port. */
export async function aReceiver(t: TestContext, { says }: Receiver): Promise<number> {
  let count = 0;
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.on("error", () => {});
    let frames = noFrames;
    socket.on("data", (bytes) => {
      const step = splitFrames(frames, bytes, { frameBytesMax: 1_000_000 });
      frames = step.state;
      for (const message of step.frames) {
        count += 1;
        void speak(socket, says(controlIdOf(message), count));
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  return (server.address() as AddressInfo).port;
}

async function speak(socket: Socket, pieces: readonly string[]): Promise<void> {
  for (const piece of pieces) {
    if (piece === "end") socket.end();
    else if (piece === "reset") socket.resetAndDestroy();
    else if (piece.startsWith("wait ")) await passed(Number(piece.slice(5)));
    else {
      socket.write(latin1(piece));
      await passed(1);
    }
  }
}
