/** The made-up systems that the demonstration passes messages on to. */
import assert from "node:assert/strict";
import { connect } from "node:net";
import test, { type TestContext } from "node:test";
import { expectOk, type SendOutcome, silentLog } from "#kernel";
import { mllpSender } from "#links/mllp";
import { systemClock } from "../../clock.ts";
import { type Manner, startReceiver } from "./receiver.ts";

async function aReceiver(t: TestContext, manner: Manner) {
  const given = { name: "made-up", clock: systemClock, log: silentLog };
  const receiver = expectOk(await startReceiver({ ...given, manner, port: 0 }));
  t.after(() => receiver.stop());
  const door = { host: "127.0.0.1", port: receiver.port, answerWithinSeconds: 5, connections: 1 };
  const sender = mllpSender({ ...door, name: "made-up", mode: "original" }, { log: silentLog });
  t.after(() => sender.close());
  const send = (controlId: string): Promise<SendOutcome> => {
    const text = `MSH|^~\\&|BIOLIMS|CGH-LAB|GP|GP|20261123093000||ORU^R01|${controlId}|P|2.4\r`;
    const message = { body: new TextEncoder().encode(text), contentType: "x-application/hl7-v2+er7", controlId };
    return sender.send(message, new AbortController().signal);
  };
  return { receiver, send, given };
}

test("it acknowledges after a while", async (t) => {
  const { send } = await aReceiver(t, { answersAfterMs: 20 });
  const startedMs = performance.now();
  assert.equal((await send("A-1")).is, "accepted");
  assert.ok(performance.now() - startedMs >= 15);
});

test("a message that it refuses it takes when a person sends it again", async (t) => {
  const { send } = await aReceiver(t, { answersAfterMs: 0, refuses: (count) => count === 2 });
  assert.equal((await send("A-1")).is, "accepted");
  const refused = await send("A-2");
  assert.ok(refused.is === "refused" && refused.code === "AE", JSON.stringify(refused));
  assert.equal((await send("A-2")).is, "accepted");
});

test("while it is away nobody answers at its port, and it comes back to the same one", async (t) => {
  const away = { afterMs: 30, forMs: 150 };
  const stays = { afterMs: 600_000, forMs: 1 };
  const { receiver, send } = await aReceiver(t, { answersAfterMs: 0, absences: [away, stays] });
  assert.equal((await send("A-1")).is, "accepted");
  await until(async () => !(await isThere(receiver.port)));
  await until(() => isThere(receiver.port));
});

function isThere(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: "127.0.0.1", port });
    socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
    socket.once("connect", () => socket.destroy());
  });
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 5));
}

test("where its port is taken it takes another", async (t) => {
  const { receiver, given } = await aReceiver(t, { answersAfterMs: 0 });
  const other = expectOk(await startReceiver({ ...given, manner: { answersAfterMs: 0 }, port: receiver.port }));
  t.after(() => other.stop());
  assert.notEqual(other.port, receiver.port);
});
