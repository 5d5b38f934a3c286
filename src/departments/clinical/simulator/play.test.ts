/** Messages go out when they are due, those of a patient in their order, and every answer is kept with its time. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type OutgoingMessage, type SendOutcome, unavailable } from "#kernel";
import type { Pace } from "./pace.ts";
import { type Answer, play, type Timing } from "./play.ts";
import { messagesOfFiles, type SimulatedMessage } from "./simulated-message.ts";
import { latencyOf, summaryOf } from "./summary.ts";

/** A clock that stands still but for pauses, which are over at once. */
function fakeTiming(): Timing & { nowMs: number } {
  return {
    nowMs: 0,
    elapsedMs() {
      return this.nowMs;
    },
    async pause(ms) {
      this.nowMs += ms;
    },
  };
}

const hourMs = 3_600_000;

function messages(lanes: string): readonly SimulatedMessage[] {
  return [...lanes].map((lane, at) => ({
    name: `${lane}${at}`,
    controlId: `${lane}${at}`,
    atMs: at * hourMs,
    lane,
    body: new Uint8Array(),
  }));
}

interface Trial {
  readonly lanes: string;
  readonly pace: Pace;
  readonly connections?: number;
  answer?(message: OutgoingMessage): SendOutcome;
}

async function played({ lanes, pace, connections = 1, answer = () => ({ is: "accepted" }) }: Trial) {
  const timing = fakeTiming();
  const sender = { send: async (message: OutgoingMessage) => answer(message) };
  const { signal } = new AbortController();
  return play({ messages: messages(lanes), pace, connections, sender, timing, signal });
}

const paces: readonly { readonly pace: Pace; readonly sentMs: readonly number[] }[] = [
  { pace: { by: "speed", times: 1 }, sentMs: [0, hourMs, 2 * hourMs] },
  { pace: { by: "speed", times: 1_000 }, sentMs: [0, 3_600, 7_200] },
  { pace: { by: "rate", perSecond: 4 }, sentMs: [0, 250, 500] },
  { pace: { by: "acknowledged" }, sentMs: [0, 0, 0] },
];

for (const { pace, sentMs } of paces) {
  test(`three messages an hour apart, paced ${JSON.stringify(pace)}, go out after ${sentMs.join(", ")} ms`, async () => {
    const { answers } = await played({ lanes: "aaa", pace });
    assert.deepEqual(
      answers.map((answer) => answer.sentMs),
      sentMs,
    );
  });
}

test("over several connections the messages of a patient stay in their order, one at a time", async () => {
  const underWay = new Set<string>();
  const order: string[] = [];
  const timing = { ...fakeTiming(), pause: () => new Promise<void>((resolve) => setImmediate(resolve)) };
  const send = async ({ controlId }: OutgoingMessage): Promise<SendOutcome> => {
    const lane = controlId.charAt(0);
    assert.ok(!underWay.has(lane), "one of a patient at a time");
    underWay.add(lane);
    order.push(controlId);
    await new Promise((resolve) => setImmediate(resolve));
    underWay.delete(lane);
    return { is: "accepted" };
  };
  const { signal } = new AbortController();
  const all = messages("abcabcddabca");
  await play({ messages: all, pace: { by: "acknowledged" }, connections: 3, sender: { send }, timing, signal });
  assert.equal(order.length, all.length);
  for (const lane of "abcd") {
    const places = order.filter((id) => id.startsWith(lane)).map((id) => Number(id.slice(1)));
    assert.deepEqual(
      places,
      places.toSorted((one, other) => one - other),
    );
  }
});

test("each answer is kept with its code, and none stops the run", async () => {
  const problem = unavailable("no-answer", "No answer came.");
  const outcomes: Readonly<Record<string, SendOutcome>> = {
    a0: { is: "accepted", answer: Buffer.from("MSH|^~\\&|||||||ACK|1|P|2.4\rMSA|CA|a0\r") },
    b1: { is: "refused", code: "AE", problem },
    c2: { is: "unanswered", problem },
    d3: { is: "accepted" },
  };
  const answer = ({ controlId }: OutgoingMessage) => outcomes[controlId] as SendOutcome;
  const { answers, durationMs } = await played({ lanes: "abcd", pace: { by: "rate", perSecond: 1 }, answer });
  assert.deepEqual(
    answers.map(({ code }) => code),
    ["CA", "AE", "no-answer", "accepted"],
  );
  const { accepted, refused, unanswered, notSent, perSecond } = summaryOf(5, answers, durationMs);
  assert.deepEqual(
    { accepted, refused, unanswered, notSent, perSecond },
    { accepted: 2, refused: 1, unanswered: 1, notSent: 1, perSecond: 1 },
  );
});

test("a run that is stopped sends nothing more", async () => {
  const stopping = new AbortController();
  const sent: Answer[] = [];
  const answered = (answer: Answer) => {
    sent.push(answer);
    if (sent.length === 2) stopping.abort();
  };
  const sender = { send: async (): Promise<SendOutcome> => ({ is: "accepted" }) };
  const given = { messages: messages("aaaa"), pace: { by: "acknowledged" }, connections: 1, sender } as const;
  const { answers } = await play({ ...given, timing: fakeTiming(), signal: stopping.signal, answered });
  assert.equal(answers.length, 2);
});

test("percentiles are times that messages took", () => {
  const times = Array.from({ length: 100 }, (_, at) => at + 1);
  assert.deepEqual(latencyOf(times), { p50Ms: 50, p95Ms: 95, p99Ms: 99, maxMs: 100 });
  assert.deepEqual(latencyOf([]), { p50Ms: 0, p95Ms: 0, p99Ms: 0, maxMs: 0 });
});

test("files are played in the order of their names, as far apart as their MSH-7, never backwards", () => {
  const message = (id: string, at: string, patient: string) =>
    `MSH|^~\\&|A|B|C|D|${at}||ORU^R01|${id}|P|2.4\rPID|1||${patient}^^^M^MR\r`;
  const read = messagesOfFiles([
    { name: "2.hl7", bytes: Buffer.from(message("M3", "20261120085900", "H2")) },
    {
      name: "1.hl7",
      bytes: Buffer.from(message("M1", "20261120090000+0000", "H1") + message("M2", "20261120110000+0100", "H1")),
    },
    { name: "3.txt", bytes: Buffer.from("a note") },
  ]);
  assert.deepEqual(
    read.messages.map(({ name, controlId, atMs, lane }) => [name, controlId, atMs, lane]),
    [
      ["1.hl7#1", "M1", 0, "H1"],
      ["1.hl7#2", "M2", hourMs, "H1"],
      ["2.hl7", "M3", hourMs, "H2"],
    ],
  );
  assert.deepEqual(
    read.problems.map(({ code, where }) => [code, where]),
    [["file-stray-line", "3.txt"]],
  );
});
