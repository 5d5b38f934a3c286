import assert from "node:assert/strict";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { type TestContext, test } from "node:test";
import { setTimeout as passed } from "node:timers/promises";
import type { Result } from "#kernel";
import { anOpenLink, latin1, text } from "../../../test/doors/mllp.ts";
import { createMllpSender, type MllpSenderOptions } from "./sender.ts";

test("a message is sent, and its acknowledgement given, over a connection that is kept", async (t) => {
  const link = await anOpenLink(t);
  const sender = opened(t, link.port);
  assert.equal(told(await sender.send(latin1("MSH|1␍"))), "AA MSH|1␍");
  assert.equal(told(await sender.send(latin1("MSH|2␍"))), "AA MSH|2␍");
  assert.deepEqual(
    link.connections().map(({ id }) => id),
    ["pathology-1"],
  );
});

test("messages given at once go out one at a time, in order", async (t) => {
  let underWay = 0;
  const receive = async (message: Uint8Array) => {
    underWay += 1;
    assert.equal(underWay, 1);
    await passed(1);
    underWay -= 1;
    return message;
  };
  const link = await anOpenLink(t, { receive });
  const sender = opened(t, link.port);
  const answers = await Promise.all(["1", "2", "3"].map((message) => sender.send(latin1(message))));
  assert.deepEqual(answers.map(told), ["1", "2", "3"]);
  assert.deepEqual(link.received, ["1", "2", "3"]);
});

test("a late answer is never taken for that of the next message", async (t) => {
  let isFirst = true;
  const receive = async (message: Uint8Array) => {
    if (isFirst) {
      isFirst = false;
      await passed(60);
    }
    return latin1(`AA ${text(message)}`);
  };
  const link = await anOpenLink(t, { receive });
  const sender = opened(t, link.port, { ackTimeoutMs: 30 });
  assert.equal(told(await sender.send(latin1("1"))), "no-answer");
  assert.equal(told(await sender.send(latin1("2"))), "AA 2");
});

test("nor is an answer that nobody asked for, or a second one to the same message", async (t) => {
  const port = await aReceiver(t, (socket, count) => {
    if (count === 1) socket.write(latin1("␋AA 1␜␍␋AA again␜␍"));
    else if (count === 2) {
      socket.write(latin1("␋AA 2␜␍"));
      setTimeout(() => socket.write(latin1("␋AA late␜␍")), 20);
    } else socket.write(latin1(`␋AA ${count}␜␍`));
  });
  const sender = opened(t, port);
  assert.equal(told(await sender.send(latin1("1"))), "AA 1");
  assert.equal(told(await sender.send(latin1("2"))), "AA 2");
  await passed(60);
  assert.equal(told(await sender.send(latin1("3"))), "AA 3");
});

test("answers cut anywhere, without their CR, or followed by line ends are understood", async (t) => {
  const port = await aReceiver(t, (socket, count) => {
    if (count === 1) socket.write(latin1("\n\n␋AA 1␜"));
    else if (count === 2)
      [..."␋AA 2␜␍\n"].forEach((sign, at) => void setTimeout(() => socket.write(latin1(sign)), at * 3));
    else socket.write(latin1("␋AA 3␜␍"));
  });
  const sender = opened(t, port, { limits: { mllpSettleMs: 10 } });
  for (const message of ["1", "2", "3"]) assert.equal(told(await sender.send(latin1(message))), `AA ${message}`);
});

test("a connection that closes before the answer is a problem, and the next message connects anew", async (t) => {
  const port = await aReceiver(t, (socket, count) => {
    if (count === 1) socket.destroy();
    else socket.write(latin1("␋AA␜␍"));
  });
  const sender = opened(t, port);
  assert.equal(told(await sender.send(latin1("1"))), "connection-lost");
  assert.equal(told(await sender.send(latin1("1"))), "AA");
});

test("a receiver that closes between messages costs nothing", async (t) => {
  const port = await aReceiver(t, (socket, count) => socket.end(latin1(`␋AA ${count}␜␍`)));
  const sender = opened(t, port);
  assert.equal(told(await sender.send(latin1("1"))), "AA 1");
  await passed(20);
  assert.equal(told(await sender.send(latin1("2"))), "AA 2");
});

test("while nobody listens sends fail, each after a longer pause, and succeed once somebody does", async (t) => {
  const link = await anOpenLink(t);
  await link.stop();
  const sender = opened(t, link.port);
  assert.equal(told(await sender.send(latin1("1"))), "not-connected");
  const startedMs = performance.now();
  assert.equal(told(await sender.send(latin1("1"))), "not-connected");
  assert.ok(performance.now() - startedMs >= 95, "100 ms pause");
  await anOpenLink(t, { port: link.port });
  assert.equal(told(await sender.send(latin1("1"))), "AA 1");
});

test("what cannot be framed, what exceeds the queue and what comes after closing is refused unsent", async (t) => {
  const link = await anOpenLink(t);
  const sender = opened(t, link.port, { limits: { mllpSendQueueMax: 1 } });
  assert.equal(told(await sender.send(Uint8Array.of(0x4d, 0x1c, 0x0d))), "frame-content-forbidden");
  const first = sender.send(latin1("1"));
  assert.equal(told(await sender.send(latin1("2"))), "send-queue-full");
  assert.equal(told(await first), "AA 1");
  sender.close();
  assert.equal(told(await sender.send(latin1("3"))), "sender-closed");
  assert.deepEqual(link.received, ["1"]);
});

test("closing ends what is under way", async (t) => {
  const link = await anOpenLink(t, { receive: () => new Promise(() => {}), limits: { drainTimeoutMs: 10 } });
  const sender = opened(t, link.port);
  const underWay = sender.send(latin1("1"));
  await passed(20);
  sender.close();
  assert.equal(told(await underWay), "connection-lost");
});

function opened(t: TestContext, port: number, options: Partial<MllpSenderOptions> = {}) {
  const sender = createMllpSender({ host: "127.0.0.1", port, ackTimeoutMs: 1_000, ...options });
  t.after(() => sender.close());
  return sender;
}

/** The answer as text, or the code of the first problem. */
function told(result: Result<Uint8Array>): string {
  return result.ok ? text(result.value) : result.problems[0].code;
}

/** A receiver that does as it is told on the first, second, … message. */
async function aReceiver(t: TestContext, answer: (socket: Socket, count: number) => void): Promise<number> {
  let count = 0;
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    socket.on("data", () => {
      count += 1;
      answer(socket, count);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  return (server.address() as AddressInfo).port;
}
