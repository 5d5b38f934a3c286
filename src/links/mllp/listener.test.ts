/** Source: HL7 Transport Specification MLLP, Release 1; the letters are those of the framing matrix. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as passed } from "node:timers/promises";
import { silentLog, silentMeter } from "#kernel";
import { until } from "../../../test/doors/http.ts";
import { anOpenLink, aSender, latin1, type OpenLink, text } from "../../../test/doors/mllp.ts";
import { startMllpListener } from "./listener.ts";

const framingMatrix = [
  {
    title: "A: two frames in one write",
    packets: ["␋MSH|A1␍␜␍␋MSH|A2␍␜␍"],
    messages: ["MSH|A1␍", "MSH|A2␍"],
  },
  {
    title: "B: EB and CR in separate packets",
    packets: ["␋MSH|B1␍␜", "␍␋MSH|B2␍", "␜", "␍"],
    messages: ["MSH|B1␍", "MSH|B2␍"],
  },
  { title: "D: Latin-1 stays byte for byte", packets: ["␋MSH|D|Zoë Ærø ÿ␍␜␍"], messages: ["MSH|D|Zoë Ærø ÿ␍"] },
  {
    title: "E: garbage, then a good message",
    packets: ["GET / HTTP/1.1␍", "␋MSH|E␍␜␍"],
    messages: ["MSH|E␍"],
  },
  { title: "F: byte by byte", packets: [..."␋MSH|F|Osei␍␜␍"], messages: ["MSH|F|Osei␍"] },
  {
    title: "G: one and a half frames",
    packets: ["␋MSH|G1␍␜␍␋MSH|", "G2␍␜␍"],
    messages: ["MSH|G1␍", "MSH|G2␍"],
  },
] as const;

for (const { title, packets, messages } of framingMatrix) {
  test(`${title}: each message is received once and answered once`, async (t) => {
    const link = await anOpenLink(t);
    const sender = aSender(t, link.port);
    for (const packet of packets) {
      await sender.write(packet);
      await passed(2);
    }
    const answers = messages.map((message) => `␋AA ${message}␜␍`).join("");
    await until(() => sender.answers() === answers);
    assert.deepEqual(link.received, messages);
  });
}

test("C: two connections in turns do not share a byte", async (t) => {
  const link = await anOpenLink(t);
  const [one, two] = [aSender(t, link.port), aSender(t, link.port)];
  for (const [first, second] of [
    ["␋MSH|", "␋MS"],
    ["C1␍", "H|C2"],
    ["␜", "␍␜"],
    ["␍", "␍"],
  ] as const) {
    await one.write(first);
    await two.write(second);
    await passed(2);
  }
  await until(() => one.answers() === "␋AA MSH|C1␍␜␍" && two.answers() === "␋AA MSH|C2␍␜␍");
  assert.deepEqual([...link.received].sort(), ["MSH|C1␍", "MSH|C2␍"]);
});

test("a frame whose CR never comes is answered after a moment", async (t) => {
  const link = await anOpenLink(t, { limits: { mllpSettleMs: 10 } });
  const sender = aSender(t, link.port);
  await sender.write("␋MSH|1␍␜");
  await until(() => sender.answers() === "␋AA MSH|1␍␜␍");
});

test("answers keep the order of the messages, whichever is done first", async (t) => {
  const delays = [30, 1, 10, 0];
  let next = 0;
  const receive = async (message: Uint8Array) => {
    await passed(delays[next++] ?? 0);
    return message;
  };
  const link = await anOpenLink(t, { receive });
  const sender = aSender(t, link.port);
  await sender.write("␋1␜␍␋2␜␍␋3␜␍␋4␜␍");
  await until(() => sender.answers() === "␋1␜␍␋2␜␍␋3␜␍␋4␜␍");
});

test("a message that wants no acknowledgement gets none, and the connection goes on", async (t) => {
  const receive = async (message: Uint8Array) => (text(message) === "quiet" ? undefined : message);
  const link = await anOpenLink(t, { receive });
  const sender = aSender(t, link.port);
  await sender.write("␋quiet␜␍␋loud␜␍");
  await until(() => sender.answers() === "␋loud␜␍");
});

test("when receiving fails there is no acknowledgement, neither for this message nor for a later one: the connection closes", async (t) => {
  const receive = async (message: Uint8Array) => {
    if (text(message) === "2") throw new Error("the record is away");
    return message;
  };
  const link = await anOpenLink(t, { receive });
  const sender = aSender(t, link.port);
  await sender.write("␋1␜␍␋2␜␍␋3␜␍");
  await sender.ended;
  assert.equal(sender.answers(), "␋1␜␍");
  const failure = link.logged.find(({ event }) => event === "mllp message failed");
  assert.match(String(failure?.fields.error), /the record is away/);
});

test("no more than `mllpInFlightMax` messages are under way; the sender is held back, not refused", async (t) => {
  let underWay = 0;
  let most = 0;
  const receive = async (message: Uint8Array) => {
    underWay += 1;
    most = Math.max(most, underWay);
    await passed(1);
    underWay -= 1;
    return message;
  };
  const link = await anOpenLink(t, { receive, limits: { mllpInFlightMax: 4 } });
  const sender = aSender(t, link.port);
  const numbers = Array.from({ length: 200 }, (_, at) => `␋${at}␜␍`).join("");
  await sender.write(numbers);
  await until(() => sender.answers() === numbers);
  assert.equal(most, 4);
});

test("nor more than `mllpInFlightBytesMax` bytes, except for one message that is larger by itself", async (t) => {
  let bytesUnderWay = 0;
  let most = 0;
  const receive = async (message: Uint8Array) => {
    bytesUnderWay += message.length;
    most = Math.max(most, bytesUnderWay);
    await passed(1);
    bytesUnderWay -= message.length;
    return latin1("AA");
  };
  const link = await anOpenLink(t, { receive, limits: { mllpInFlightBytesMax: 1_500 } });
  const sender = aSender(t, link.port);
  await sender.write(`␋${"x".repeat(1_000)}␜␍`.repeat(20));
  await until(() => sender.answers().length === "␋AA␜␍".length * 20);
  assert.equal(most, 2_000);
});

test("a sender that reads no acknowledgements is held back, then given up", async (t) => {
  const answer = new Uint8Array(1_000_000).fill(65);
  const limits = { mllpInFlightMax: 2, mllpAnswerTimeoutMs: 100, mllpLingerMs: 50 };
  const link = await anOpenLink(t, { receive: async () => answer, limits });
  const sender = aSender(t, link.port);
  sender.socket.pause();
  void sender.write("␋1␜␍".repeat(1_000));
  await until(() => link.connections().length === 1);
  await until(() => link.connections().length === 0);
  assert.ok(link.received.length < 100, `${link.received.length} messages were begun`);
  assert.ok(link.logged.some(({ event }) => event === "mllp sender takes no acknowledgements"));
});

test("a frame that is too large is refused by its head, after the answers before it, and the connection closes", async (t) => {
  const link = await anOpenLink(t, { limits: { mllpFrameBytesMax: 100, mllpLingerMs: 500 } });
  const sender = aSender(t, link.port);
  const beginning = `MSH|${"x".repeat(200_000)}`;
  await sender.write(`␋1␜␍␋${beginning}`);
  await sender.ended;
  assert.deepEqual(link.received, ["1"]);
  assert.match(sender.answers(), /^␋AA 1␜␍␋AR frame-too-large MSH\|x{50,4092}␜␍$/);
});

test("a sender that stops in the middle of a frame is closed after `mllpIdleTimeoutMs`; between frames it may be silent", async (t) => {
  const link = await anOpenLink(t, { limits: { mllpIdleTimeoutMs: 40 } });
  const silent = aSender(t, link.port);
  await silent.write("␋1␜␍");
  const stuck = aSender(t, link.port);
  await stuck.write("␋2␜␍␋MSH|");
  await stuck.ended;
  assert.equal(stuck.answers(), "␋AA 2␜␍");
  await silent.write("␋3␜␍");
  await until(() => silent.answers() === "␋AA 1␜␍␋AA 3␜␍");
  assert.deepEqual(link.received, ["1", "2", "3"]);
});

test("a sender that has shut down its writing side still gets its acknowledgements", async (t) => {
  const receive = async (message: Uint8Array) => {
    await passed(20);
    return message;
  };
  const link = await anOpenLink(t, { receive });
  const sender = aSender(t, link.port);
  sender.socket.end(latin1("␋1␜␍␋2␜␍"));
  await sender.ended;
  assert.equal(sender.answers(), "␋1␜␍␋2␜␍");
});

test("a sender that is gone in the middle of a frame leaves nothing behind", async (t) => {
  const link = await anOpenLink(t);
  const sender = aSender(t, link.port);
  await sender.write("␋1␜␍␋MSH|half of Mrs Osei");
  await until(() => sender.answers() === "␋AA 1␜␍");
  sender.socket.resetAndDestroy();
  await until(() => link.connections().length === 0);
  assert.deepEqual(link.received, ["1"]);
});

test("what is skipped is logged and counted by its length, never by its content", async (t) => {
  const link = await anOpenLink(t);
  const sender = aSender(t, link.port);
  await sender.write("Mrs Osei␋1␜␍␋MSH|half of Mrs Osei");
  await until(() => sender.answers() !== "");
  sender.socket.end();
  await sender.ended;
  const framing = link.logged.filter(({ event }) => event === "mllp framing").map(({ fields }) => fields.message);
  assert.deepEqual(framing, ["8 bytes outside any frame were skipped.", "A frame was broken off after 20 bytes."]);
  assert.doesNotMatch(JSON.stringify(link.logged), /Osei/);
  assert.ok(link.counted.includes("corridor_mllp_skipped_bytes_total pathology truncated"));
});

test("a further connection than the limit allows is turned away", async (t) => {
  const link = await anOpenLink(t, { limits: { mllpConnectionsMax: 1 } });
  const first = aSender(t, link.port);
  await until(() => link.connections().length === 1);
  const second = aSender(t, link.port);
  await second.ended;
  await first.write("␋1␜␍");
  await until(() => first.answers() === "␋AA 1␜␍");
  assert.ok(link.counted.includes("corridor_mllp_connections_total pathology turned-away"));
});

test("a stop reads no further, answers what is under way, and closes", async (t) => {
  const releases: (() => void)[] = [];
  const receive = (message: Uint8Array) => new Promise<Uint8Array>((resolve) => releases.push(() => resolve(message)));
  const link = await anOpenLink(t, { receive });
  const sender = aSender(t, link.port);
  await sender.write("␋1␜␍␋2␜␍");
  await until(() => link.received.length === 2);
  const stopped = link.stop();
  await sender.write("␋3␜␍");
  for (const release of releases) release();
  await sender.ended;
  sender.socket.end();
  await stopped;
  assert.equal(sender.answers(), "␋1␜␍␋2␜␍");
  assert.deepEqual(link.received, ["1", "2"]);
});

test("a stop cuts what does not finish in time", async (t) => {
  const link = await anOpenLink(t, { receive: () => new Promise(() => {}), limits: { drainTimeoutMs: 30 } });
  const sender = aSender(t, link.port);
  await sender.write("␋1␜␍");
  await until(() => link.received.length === 1);
  await link.stop();
  await sender.ended;
  assert.equal(sender.answers(), "");
});

test("a connection is known by an id, the link it came in by and its address", async (t) => {
  const seen: unknown[] = [];
  const link = await anOpenLink(t, {
    receive: async (message, connection) => {
      seen.push(connection);
      return message;
    },
  });
  const sender = aSender(t, link.port);
  await sender.write("␋1␜␍");
  await until(() => seen.length === 1);
  assert.deepEqual(seen, [{ id: "pathology-1", link: "pathology", remoteAddress: "127.0.0.1" }]);
  assert.deepEqual(link.connections(), seen);
});

test("a port that is taken is a problem that says so", async (t) => {
  const link = await anOpenLink(t);
  const second = await startMllpListener({
    host: "127.0.0.1",
    port: link.port,
    name: "second",
    receive: async () => undefined,
    refuse: async () => undefined,
    log: silentLog,
    meter: silentMeter,
  });
  assert.equal(!second.ok && second.problems[0].code, "port-in-use");
  assert.equal(
    !second.ok && second.problems[0].message,
    `Port ${link.port} on 127.0.0.1 is used by another program; stop it or choose another.`,
  );
});

test("whoever asked for it is told when a connection opens and when it closes", async (t) => {
  const told: number[] = [];
  const link: OpenLink = await anOpenLink(t, { connectionsChanged: () => told.push(link.connections().length) });
  const sender = aSender(t, link.port);
  await until(() => told.length === 1);
  sender.socket.end();
  await until(() => told.length === 2);
  assert.deepEqual(told, [1, 0]);
});
