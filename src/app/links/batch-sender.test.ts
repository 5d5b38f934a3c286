/** Messages that go out together. Source: HL7 v2.5.1 §2.10.3 (batches). */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { OutgoingMessage, SendOutcome } from "#kernel";
import { batchSender } from "./batch-sender.ts";

const contentType = "x-application/hl7-v2+er7";

const text = (lines: readonly string[]) => Buffer.from(lines.map((line) => `${line}\r`).join(""));

function aMessage(controlId: string): OutgoingMessage {
  const body = text([`MSH|^~\\&|PATHLAB|MEADOW|GP|SURGERY|20261123||ORU^R01|${controlId}|P|2.4`, "PID|1||H1"]);
  return { body, contentType, controlId };
}

const ack = (code: string, of: string) => [`MSH|^~\\&|GP||PATHLAB||20261123||ACK|A${of}|P|2.4`, `MSA|${code}|${of}`];

function aReceiver(answer: (file: OutgoingMessage) => SendOutcome, { messagesMax = 3, waitMs = 60_000 } = {}) {
  const files: OutgoingMessage[] = [];
  const inner = {
    send: async (file: OutgoingMessage) => {
      files.push(file);
      return answer(file);
    },
    status: () => ({ state: "idle", text: "nothing sent" }) as const,
    close: async () => {},
  };
  const sender = batchSender(inner, { messagesMax, waitMs });
  const signal = new AbortController().signal;
  const send = (...ids: readonly string[]) => Promise.all(ids.map((id) => sender.send(aMessage(id), signal)));
  return { files, sender, send };
}

const accepted = (answer?: Uint8Array): SendOutcome => ({ is: "accepted", ...(answer && { answer }) });

test("so many messages make one file with a batch in it, named the same when they are sent again", async () => {
  const { files, send } = aReceiver(() => accepted());
  const outcomes = await send("1", "2", "3");
  await send("1", "2", "3");
  assert.deepEqual(
    outcomes.map(({ is }) => is),
    ["accepted", "accepted", "accepted"],
  );
  const [first, again] = files;
  const lines = Buffer.from(first?.body ?? [])
    .toString()
    .split("\r");
  assert.deepEqual(
    lines.map((line) => line.slice(0, 3)),
    ["FHS", "BHS", "MSH", "PID", "MSH", "PID", "MSH", "PID", "BTS", "FTS", ""],
  );
  assert.match(lines[1] ?? "", /^BHS\|\^~\\&\|PATHLAB\|MEADOW\|GP\|SURGERY\|20261123\|\|\|\|[0-9A-F]{20}$/);
  assert.equal(lines.at(-3), "BTS|3");
  assert.deepEqual(first, again);
});

test("fewer go after a while, and what stops before that is not sent", async () => {
  const { files, send, sender } = aReceiver(() => accepted(), { waitMs: 20 });
  const stopping = new AbortController();
  const stopped = sender.send(aMessage("9"), stopping.signal);
  stopping.abort();
  assert.equal((await stopped).is, "unreachable");
  assert.deepEqual(
    (await send("1", "2")).map(({ is }) => is),
    ["accepted", "accepted"],
  );
  assert.equal(files.length, 1);
  assert.doesNotMatch(Buffer.from(files[0]?.body ?? []).toString(), /\|9\|P/);
});

test("the acknowledgement of a batch settles each message by the one that it names", async () => {
  const { send } = aReceiver(({ controlId }) =>
    accepted(
      text([
        `BHS|^~\\&|GP||PATHLAB||20261123||||B9|${controlId}`,
        ...ack("AE", "2"),
        ...ack("AA", "1"),
        ...ack("AA", "77"),
        "BTS|3",
      ]),
    ),
  );
  const [one, two, three] = await send("1", "2", "3");
  assert.deepEqual([one?.is, two?.is === "refused" && two.code, three?.is], ["accepted", "AE", "unanswered"]);
});

test("the acknowledgement of another batch is nobody's, and a file that is not taken is no message's", async () => {
  const foreign = aReceiver(() =>
    accepted(text(["BHS|^~\\&|GP||PATHLAB||20261123||||B9|OTHER", ...ack("AA", "1"), "BTS|1"])),
  );
  assert.deepEqual(
    (await foreign.send("1", "2", "3")).map(({ is }) => is),
    ["unanswered", "unanswered", "unanswered"],
  );
  const problem = { category: "unavailable", code: "no-folder", message: "The folder is not there." } as const;
  const gone = aReceiver(() => ({ is: "unreachable", problem }));
  assert.deepEqual(new Set((await gone.send("1", "2", "3")).map(({ is }) => is)), new Set(["unreachable"]));
});

test("what is no HL7 v2 message goes by itself", async () => {
  const { files, sender } = aReceiver(() => accepted());
  const document = { ...aMessage("1"), contentType: "application/fhir+json" };
  await sender.send(document, new AbortController().signal);
  assert.deepEqual(files, [document]);
});
