/** Source: HL7 v2.5.1 §2.9.2, §2.9.3, §2.15.8; HL7 Transport Specification MLLP, Release 1. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as passed } from "node:timers/promises";
import type { SendOutcome } from "#kernel";
import { until } from "../../../test/doors/http.ts";
import { anOpenLink, latin1, text } from "../../../test/doors/mllp.ts";
import { ackOf, aMessage, aReceiver, aSenderTo, controlIdOf } from "../../../test/doors/mllp-sender.ts";

test("a message is accepted when it is answered AA, over a connection that is kept", async (t) => {
  const link = await anOpenLink(t, { receive: async (message) => ackOf(controlIdOf(message), "AA") });
  const { send } = aSenderTo(t, link.port);
  const outcome = await send("M-1");
  assert.equal(told(outcome), "accepted");
  assert.match(text(outcome.is === "accepted" && outcome.answer ? outcome.answer : new Uint8Array()), /MSA\|AA\|M-1/);
  assert.equal(told(await send("M-2")), "accepted");
  assert.deepEqual(
    link.connections().map(({ id }) => id),
    ["pathology-1"],
  );
});

/** What a receiver says to the first message, what becomes of it, and what is reported as nobody's. */
const disorders = [
  { title: "AA", says: (id) => [ack(id, "AA")], is: "accepted" },
  { title: "CA in original mode", says: (id) => [ack(id, "CA")], is: "accepted" },
  { title: "AE", says: (id) => [ack(id, "AE")], is: "refused AE answered-ae" },
  { title: "AR", says: (id) => [ack(id, "AR")], is: "refused AR answered-ar" },
  { title: "CE", says: (id) => [ack(id, "CE")], is: "refused CE answered-ce" },
  { title: "CR", says: (id) => [ack(id, "CR")], is: "refused CR answered-cr" },
  {
    title: "an answer to another message",
    says: () => [ack("M-0", "AA")],
    is: "answer-strayed",
    strays: ["foreign M-0"],
  },
  { title: "an answer that names none", says: () => [ack("", "AA")], is: "answer-strayed", strays: ["foreign "] },
  {
    title: "an answer with a code that is none",
    says: (id) => [ack(id, "OK")],
    is: "answer-strayed",
    strays: ["unreadable"],
  },
  { title: "something else in a frame", says: () => ["␋HELLO␜␍"], is: "answer-strayed", strays: ["unreadable"] },
  { title: "the answer twice", says: (id) => [ack(id, "AA") + ack(id, "AA")], is: "accepted", strays: ["unasked M-1"] },
  {
    title: "first another's answer, then its own",
    says: (id) => [ack("M-0", "AA") + ack(id, "AA")],
    is: "answer-strayed",
    strays: ["foreign M-0", "unasked M-1"],
  },
  { title: "garbage without a frame, then the answer", says: (id) => ["hello", ack(id, "AA")], is: "accepted" },
  { title: "garbage without a frame", says: () => ["HTTP/1.1 400 Bad Request␍␍"], is: "no-answer" },
  { title: "nothing", says: () => [], is: "no-answer" },
  { title: "the answer in many pieces", says: (id) => ack(id, "AA").match(/.{1,7}/gs) ?? [], is: "accepted" },
  { title: "the answer without its CR", says: (id) => [ack(id, "AA").slice(0, -1)], is: "accepted" },
  { title: "line ends around the answer", says: (id) => [`\n\n${ack(id, "AA")}\n`], is: "accepted" },
  { title: "half an answer, then the end", says: (id) => [ack(id, "AA").slice(0, 30), "end"], is: "connection-lost" },
  { title: "the answer, then the end", says: (id) => [ack(id, "AA"), "end"], is: "accepted" },
  {
    title: "the answer without its CR, then the end",
    says: (id) => [ack(id, "AA").slice(0, -1), "end"],
    is: "accepted",
  },
  { title: "the end", says: () => ["end"], is: "connection-lost" },
  { title: "a reset", says: () => ["reset"], is: "connection-lost" },
] satisfies readonly {
  readonly title: string;
  says(id: string): readonly string[];
  readonly is: string;
  readonly strays?: readonly string[];
}[];

for (const { title, says, is, ...rest } of disorders) {
  test(`answered with ${title}: ${is}; the next message is not touched by it`, async (t) => {
    const port = await aReceiver(t, { says: (id, count) => (count === 1 ? says(id) : [ack(id, "AA")]) });
    const { send, strays, status } = aSenderTo(t, port, { answerWithinSeconds: is === "no-answer" ? 0.2 : 5 });
    assert.equal(told(await send("M-1")), is);
    // A message that goes out before the receiver's end has come is lost with the connection: that is another test's affair.
    if (says("M-1").includes("end")) await until(() => status().state !== "connected");
    assert.equal(told(await send("M-2")), "accepted");
    assert.deepEqual(
      strays.map(({ reason, named }) => (named === undefined ? reason : `${reason} ${named}`)),
      "strays" in rest ? rest.strays : [],
    );
  });
}

test("a late answer closes the connection it comes on and is never taken for that of the next message", async (t) => {
  const port = await aReceiver(t, {
    says: (id, count) => (count === 1 ? ["wait 400", ack(id, "AA")] : [ack(id, "AE")]),
  });
  const { send, strays } = aSenderTo(t, port, { answerWithinSeconds: 0.2 });
  assert.equal(told(await send("M-1")), "no-answer");
  assert.equal(told(await send("M-2")), "refused AE answered-ae");
  assert.deepEqual(strays, []);
});

test("an answer that comes when nothing is awaited is reported, and the next message goes over another connection", async (t) => {
  const port = await aReceiver(t, {
    says: (id, count) => (count === 1 ? [ack(id, "AA"), "wait 10", ack("M-9", "AA")] : [ack(id, "AA")]),
  });
  const { send, strays, logged } = aSenderTo(t, port);
  assert.equal(told(await send("M-1")), "accepted");
  await until(() => strays.length === 1);
  assert.deepEqual([strays[0]?.reason, strays[0]?.named], ["unasked", "M-9"]);
  assert.equal(told(await send("M-2")), "accepted");
  assert.deepEqual(
    logged.map(({ event, fields }) => [event, fields.reason, fields.named]),
    [["mllp acknowledgement strayed", "unasked", "M-9"]],
  );
});

const enhanced = [
  { asks: "AL|AL", says: ["CA", "AA"], is: "accepted" },
  { asks: "AL|AL", says: ["CA", "wait 50", "AA"], is: "accepted" },
  { asks: "AL|AL", says: ["CA", "AE"], is: "refused AE answered-ae" },
  { asks: "AL|AL", says: ["CA", "AR"], is: "refused AR answered-ar" },
  { asks: "AL|AL", says: ["CE"], is: "refused CE answered-ce" },
  { asks: "AL|AL", says: ["CR"], is: "refused CR answered-cr" },
  { asks: "AL|AL", says: ["AA"], is: "accepted" },
  { asks: "AL|AL", says: ["CA"], is: "application-answer-missing" },
  { asks: "AL|AL", says: ["CA", "end"], is: "application-answer-missing" },
  { asks: "AL|AL", says: ["CA", "CA", "AA"], is: "accepted" },
  { asks: "AL|AL", says: [], is: "no-answer" },
  { asks: "AL|NE", says: ["CA"], is: "accepted" },
  { asks: "NE|AL", says: ["AA"], is: "accepted" },
  { asks: "NE|NE", says: [], is: "accepted" },
  { asks: "AL|ER", says: ["CA"], is: "accepted" },
  { asks: "AL|ER", says: ["CA", "AE"], is: "refused AE answered-ae" },
  { asks: "ER|NE", says: [], is: "accepted" },
  { asks: "ER|NE", says: ["CE"], is: "refused CE answered-ce" },
  { asks: "|", says: ["AA"], is: "accepted" },
] as const;

for (const { asks, says, is } of enhanced) {
  test(`in enhanced mode, asked ${asks} and answered ${says.join(", ") || "nothing"}: ${is}`, async (t) => {
    const codes: readonly string[] = says;
    const isSilent = is === "no-answer" || is === "application-answer-missing" || asks.includes("ER");
    const port = await aReceiver(t, { says: (id) => codes.map((code) => (code.length === 2 ? ack(id, code) : code)) });
    const { send } = aSenderTo(t, port, { mode: "enhanced", answerWithinSeconds: isSilent ? 0.25 : 5 });
    assert.equal(told(await send("M-1", asks)), is);
  });
}

test("a refusal says condition and place; the receiver's own words are in the answer alone", async (t) => {
  const err = "ERR||PID^1^5|101^Required field missing^HL70357|E||||Osei has no name␍";
  const port = await aReceiver(t, { says: (id) => [`␋${text(ackOf(id, "AE"))}${err}␜␍`] });
  const { send, logged } = aSenderTo(t, port);
  const outcome = await send("M-1");
  assert.ok(outcome.is === "refused");
  assert.equal(outcome.problem.message, "The receiver answered AE: Required field missing (101).");
  assert.equal(outcome.problem.where, "PID[1]-5");
  assert.match(text(outcome.answer ?? new Uint8Array()), /Osei has no name/);
  assert.doesNotMatch(JSON.stringify(logged), /Osei/);
});

test("no more messages are under way than there are connections", async (t) => {
  let underWay = 0;
  let most = 0;
  const receive = async (message: Uint8Array) => {
    underWay += 1;
    most = Math.max(most, underWay);
    await passed(5);
    underWay -= 1;
    return ackOf(controlIdOf(message), "AA");
  };
  const link = await anOpenLink(t, { receive });
  const { send } = aSenderTo(t, link.port, { connections: 3 });
  const outcomes = await Promise.all(Array.from({ length: 12 }, (_, at) => send(`M-${at}`)));
  assert.deepEqual(new Set(outcomes.map(told)), new Set(["accepted"]));
  assert.deepEqual([most, link.connections().length], [3, 3]);
});

test("with one connection messages given at once go out in order", async (t) => {
  const link = await anOpenLink(t, { receive: async (message) => ackOf(controlIdOf(message), "AA") });
  const { send } = aSenderTo(t, link.port);
  await Promise.all(["1", "2", "3", "4"].map((id) => send(id)));
  assert.deepEqual(
    link.received.map((message) => controlIdOf(latin1(message))),
    ["1", "2", "3", "4"],
  );
});

test("a receiver that closes between messages costs nothing", async (t) => {
  const port = await aReceiver(t, { says: (id) => [ack(id, "AA"), "end"] });
  const { send, status } = aSenderTo(t, port);
  for (const id of ["1", "2", "3"]) {
    assert.equal(told(await send(id)), "accepted");
    await until(() => status().state !== "connected");
  }
});

test("while nobody listens messages are not sent, after growing pauses, and are once somebody does", async (t) => {
  const link = await anOpenLink(t);
  await link.stop();
  const { send, status } = aSenderTo(t, link.port, { connections: 2 });
  assert.equal(status().state, "idle");
  assert.equal(told(await send("1")), "not-connected");
  const startedMs = performance.now();
  assert.deepEqual((await Promise.all([send("1"), send("2")])).map(told), ["not-connected", "not-connected"]);
  assert.ok(performance.now() - startedMs >= 95, "100 ms pause, the same for both");
  assert.equal(status().state, "failing");
  await anOpenLink(t, { port: link.port, receive: async (message) => ackOf(controlIdOf(message), "AA") });
  assert.equal(told(await send("1")), "accepted");
  assert.equal(status().state, "connected");
  assert.match(status().text, /^connected to 127\.0\.0\.1:\d+$/);
});

test("nothing is sent to a link-local address, however it is written", async (t) => {
  for (const host of ["169.254.169.254", "0xa9fea9fe", "fe80::1"]) {
    const outcome = await aSenderTo(t, 80, { host }).send("1");
    assert.equal(told(outcome), "not-connected");
    assert.match("problem" in outcome ? outcome.problem.message : "", /link-local|ELINKLOCAL/);
  }
});

test("what cannot be framed is refused, what exceeds the queue or comes after closing is not sent", async (t) => {
  const port = await aReceiver(t, { says: (id) => ["wait 20", ack(id, "AA")] });
  const { send, sender, status } = aSenderTo(t, port, {}, { limits: { mllpSendQueueMax: 1 } });
  assert.equal(told(await send("1\u001c")), "refused frame-content-forbidden frame-content-forbidden");
  const [first, second] = [send("1"), send("2")];
  assert.equal(told(await send("3")), "send-queue-full");
  assert.deepEqual([told(await first), told(await second)], ["accepted", "accepted"]);
  await sender.close();
  assert.equal(told(await send("4")), "sender-closed");
  assert.equal(status().state, "closed");
});

test("closing ends what is under way, unanswered", async (t) => {
  const port = await aReceiver(t, { says: () => [] });
  const { send, sender } = aSenderTo(t, port);
  const underWay = send("1");
  await passed(20);
  await sender.close();
  assert.equal(told(await underWay), "connection-lost");
});

test("given up while it waits for an answer a message is unanswered, before that it is not sent", async (t) => {
  let received = 0;
  const port = await aReceiver(t, {
    says(_, count) {
      received = count;
      return [];
    },
  });
  const { sender } = aSenderTo(t, port);
  const given = new AbortController();
  const sent = sender.send(aMessage("1"), given.signal);
  await until(() => received === 1);
  const queued = sender.send(aMessage("2"), given.signal);
  given.abort();
  assert.deepEqual(
    [await sent, await queued].map((outcome) => outcome.is),
    ["unanswered", "unreachable"],
  );
  assert.equal((await sender.send(aMessage("3"), given.signal)).is, "unreachable");
});

function ack(controlId: string, code: string): string {
  return `␋${text(ackOf(controlId, code))}␜␍`;
}

/** `accepted`, `refused` with the code and the problem's, or the problem's code. */
function told(outcome: SendOutcome): string {
  if (outcome.is === "accepted") return "accepted";
  return outcome.is === "refused" ? `refused ${outcome.code} ${outcome.problem.code}` : outcome.problem.code;
}
