/** Source: HL7 v2.5.1 §2.9.2, §2.9.3, §2.10.1, §2.10.2, §2.10.3. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as passed } from "node:timers/promises";
import { conflict, countingIds, fixedClock, unsupported } from "#kernel";
import { latin1, text } from "../../../test/doors/mllp.ts";
import { ackOf, controlIdOf } from "../../../test/doors/mllp-sender.ts";
import { type Logged, recordingLog } from "../../../test/doors/recording.ts";
import { byProtocol, type MessageArrival, type Protocol, type Taken } from "./by-protocol.ts";
import type { MllpConnection } from "./settings.ts";

interface Message {
  readonly asks?: string;
  readonly sequence?: string;
  readonly pointer?: string;
  readonly body?: string;
}

function message(id: string, { asks = "|", sequence = "", pointer = "", body = "PID|1␍" }: Message = {}): string {
  return `MSH|^~\\&|LAB|MEADOW|||20261123||ORU^R01|${id}|P|2.5.1|${sequence}|${pointer}|${asks}␍${body}`;
}

/** A link that keeps what it takes, and what it is told of it; it answers AA, or AE to `bad…`, and refuses `no…`. */
function aLink(options: Partial<Protocol> = {}) {
  const taken: string[] = [];
  const arrivals: MessageArrival[] = [];
  const logged: Logged[] = [];
  const take = async (bytes: Uint8Array, arrival: MessageArrival): Promise<Taken> => {
    const id = controlIdOf(bytes);
    if (id.startsWith("lost")) throw new Error("the record is away");
    if (id.startsWith("slow")) await passed(20);
    taken.push(text(bytes));
    arrivals.push(arrival);
    if (id.startsWith("no"))
      return { problems: [unsupported("version-unsupported", "2.9 is not taken.", { where: "MSH-12" })] };
    return { problems: [], application: ackOf(id, id.startsWith("bad") ? "AE" : "AA") };
  };
  const receive = byProtocol({
    take,
    mode: "by-message",
    clock: fixedClock("2026-11-23T09:30:00Z"),
    ids: countingIds("C"),
    log: recordingLog(logged),
    ...options,
  });
  const connection: MllpConnection = { id: "lab-1", link: "lab", remoteAddress: "127.0.0.1" };
  /** What is sent now, then what is sent later, each as `code id`, in a batch with `[` and `]`. */
  const send = async (written: string, over = connection) => {
    const replies = await receive(latin1(written), over);
    if (replies === undefined || replies instanceof Uint8Array) return assert.fail("replies are told apart");
    const later = await Promise.all(replies.later);
    return [replies.now, "…", ...later].map(brief).join(" ").replace(/ …$/, "");
  };
  return { send, taken, arrivals, logged, connection, receive };
}

/** `AA M-1`, `AA M-1 #7` with an expected sequence number, `nothing`. */
function brief(answer: Uint8Array | string | undefined): string {
  if (answer === undefined) return "nothing";
  if (typeof answer === "string") return answer;
  return [
    ...text(answer).matchAll(/(?:^|␍)(?:MSA\|(\w+)\|([^|␍]*)(?:\|[^|␍]*)?(?:\|([^|␍]*))?|(FHS|BHS|BTS|FTS)[^␍]*)/g),
  ]
    .map(([, code, id, sequence, envelope]) => envelope ?? `${code} ${id}${sequence ? ` #${sequence}` : ""}`)
    .join(" ");
}

const modes = [
  ["|", "M", "AA M"],
  ["|", "bad", "AE bad"],
  ["|", "no", "AR no"],
  ["AL|AL", "M", "CA M … AA M"],
  ["AL|AL", "bad", "CA bad … AE bad"],
  ["AL|AL", "no", "CR no"],
  ["AL|NE", "M", "CA M"],
  ["NE|AL", "M", "nothing … AA M"],
  ["NE|NE", "M", "nothing"],
  ["NE|NE", "no", "nothing"],
  ["ER|ER", "M", "nothing … nothing"],
  ["ER|ER", "bad", "nothing … AE bad"],
  ["ER|ER", "no", "CR no"],
  ["SU|SU", "M", "CA M … AA M"],
  ["SU|SU", "bad", "CA bad … nothing"],
  ["SU|SU", "no", "nothing"],
  ["AL|", "M", "CA M"],
] as const;

for (const [asks, id, expected] of modes) {
  test(`a message '${id}' that asks for '${asks}' is answered: ${expected}`, async () => {
    assert.equal(await aLink().send(message(id, { asks })), expected);
  });
}

test("a link may be of one mode whatever its messages ask for", async () => {
  assert.equal(await aLink({ mode: "original" }).send(message("M", { asks: "AL|NE" })), "AA M");
  assert.equal(await aLink({ mode: "enhanced" }).send(message("M")), "CA M … AA M");
  assert.equal(await aLink({ mode: "enhanced" }).send(message("M", { asks: "NE|AL" })), "nothing … AA M");
});

test("in original mode an answer that comes later is waited for, in enhanced mode the commit is not", async () => {
  const application = passed(20).then(() => ackOf("M", "AA"));
  const { receive, connection } = aLink({ take: async () => ({ problems: [], application }) });
  const enhanced = await receive(latin1(message("M", { asks: "AL|AL" })), connection);
  assert.ok(enhanced !== undefined && !(enhanced instanceof Uint8Array));
  assert.equal(await Promise.race([enhanced.later[0], "not yet"]), "not yet");
  assert.equal(brief(await enhanced.later[0]), "AA M");
  assert.equal(await aLink({ take: async () => ({ problems: [], application }) }).send(message("M")), "AA M");
});

test("a message that cannot be recorded is not answered at all", async () => {
  await assert.rejects(aLink().send(message("lost", { asks: "AL|AL" })), /the record is away/);
});

test("an acknowledgement that comes as a message is neither taken nor answered", async () => {
  const { send, taken, logged } = aLink();
  assert.equal(await send(text(ackOf("A-1", "CA"))), "nothing");
  assert.deepEqual([taken, logged.map(({ event }) => event)], [[], ["mllp acknowledgement came as a message"]]);
});

function aBook(last?: number) {
  const kept: (number | undefined)[] = [];
  let number = last;
  return {
    kept,
    last: async () => number,
    async keep(next: number | undefined) {
      number = next;
      kept.push(next);
    },
  };
}

test("sequence numbers are followed, echoed in MSA-4 and kept after their message", async () => {
  const book = aBook(6);
  const { send, taken } = aLink({ sequence: book });
  const rows = [
    ["7", "AA a #7"],
    ["7", "AA a #8"],
    ["9", "AE a #8"],
    ["5", "AE a #8"],
    ["8", "AA a #8"],
    ["x", "AE a #9"],
    ["", "AA a"],
  ] as const;
  for (const [sequence, expected] of rows) assert.equal(await send(message("a", { sequence })), expected, sequence);
  assert.deepEqual(book.kept, [7, 8]);
  assert.equal(taken.length, 4, "the first, its repetition, the one after, and the one without a number");
});

test("0 asks where the link stands, -1 begins anew, and neither is a message to be taken", async () => {
  const book = aBook();
  const { send, taken } = aLink({ sequence: book });
  assert.equal(await send(message("s", { sequence: "0", body: "" })), "AA s #-1");
  assert.equal(await send(message("a", { sequence: "41" })), "AA a #41");
  assert.equal(await send(message("s", { sequence: "0", body: 'PID|""||␍' })), "AA s #42");
  assert.equal(await send(message("r", { sequence: "-1", body: "" })), "AA r #-1");
  assert.equal(await send(message("b", { sequence: "5" })), "AA b #5");
  assert.deepEqual([book.kept, taken.length], [[41, undefined, 5], 2]);
});

test("0 with a message behind it is refused, so that the message is not lost", async () => {
  const { send, taken } = aLink({ sequence: aBook(3) });
  assert.equal(await send(message("s", { sequence: "0" })), "AE s #4");
  assert.deepEqual(taken, []);
});

test("in enhanced mode a gap is a commit error, and both acknowledgements have the number", async () => {
  const { send } = aLink({ sequence: aBook(6) });
  assert.equal(await send(message("a", { sequence: "9", asks: "AL|AL" })), "CE a #7");
  assert.equal(await send(message("a", { sequence: "7", asks: "AL|AL" })), "CA a #7 … AA a #7");
});

test("messages sent at once are judged one after another; one that is not recorded does not count", async () => {
  const book = aBook(0);
  const { send } = aLink({ sequence: book });
  const numbered = (id: string, sequence: string) => send(message(id, { sequence })).catch(() => "no answer");
  const answers = await Promise.all([
    numbered("slow", "1"),
    numbered("lost", "2"),
    numbered("c", "3"),
    numbered("d", "2"),
  ]);
  assert.deepEqual(answers, ["AA slow #1", "no answer", "AE c #2", "AA d #2"]);
  assert.deepEqual(book.kept, [1, 2]);
});

test("the next number is not kept waiting by an answer that is long in coming", async () => {
  let deliver = () => {};
  const delivered = new Promise<void>((resolve) => {
    deliver = resolve;
  });
  const take = async (bytes: Uint8Array) => {
    const id = controlIdOf(bytes);
    return { problems: [], application: id === "a" ? delivered.then(() => ackOf(id, "AA")) : ackOf(id, "AA") };
  };
  const { send } = aLink({ sequence: aBook(0), take });
  const first = send(message("a", { sequence: "1" }));
  assert.equal(await send(message("b", { sequence: "2" })), "AA b #2");
  deliver();
  assert.equal(await first, "AA a #1");
});

const bhs = "BHS|^~\\&|LAB|MEADOW|||20261123||||B-1␍";

test("a batch is taken message by message and answered as one", async () => {
  const { send, taken, arrivals } = aLink();
  const file = `FHS|^~\\&|LAB|||||||␍${bhs}${message("slow")}${message("bad")}BTS|2␍${bhs}${message("c")}BTS|1␍FTS|2␍`;
  assert.equal(await send(file), "FHS BHS AA slow AE bad BTS BHS AA c BTS FTS");
  assert.deepEqual(taken.map((each) => controlIdOf(latin1(each))).sort(), ["bad", "c", "slow"]);
  const third = arrivals.find(({ batch }) => batch?.number === 3)?.batch;
  assert.deepEqual(
    [third?.batchControlId, third?.of, text(third?.envelope ?? new Uint8Array())],
    ["B-1", 3, `FHS|^~\\&|LAB|||||||␍${bhs}BTS|2␍${bhs}BTS|1␍FTS|2␍`],
  );
});

test("nothing of a batch is acknowledged when one of its messages cannot be recorded", async () => {
  await assert.rejects(aLink().send(`${bhs}${message("a")}${message("lost")}BTS|2␍`), /the record is away/);
});

test("a batch of messages in enhanced mode has their commits; what the application says of each comes by itself", async () => {
  const ask = { asks: "AL|AL" };
  assert.equal(
    await aLink().send(`${bhs}${message("a", ask)}${message("bad", ask)}${message("no", ask)}BTS|3␍`),
    "BHS CA a CA bad CR no BTS … AA a AE bad",
  );
  assert.equal(await aLink().send(`${bhs}${message("a", { asks: "NE|NE" })}BTS|1␍`), "nothing");
  assert.equal(await aLink().send(`${bhs}BTS|0␍`), "BHS BTS");
});

test("counts that do not agree are told in the answer and logged; what came is taken", async () => {
  const { send, taken, logged } = aLink();
  assert.equal(await send(`${bhs}${message("a")}BTS|2␍`), "BHS AA a BTS");
  assert.equal(taken.length, 1);
  assert.deepEqual(
    logged.map(({ fields }) => fields.code),
    ["batch-count-mismatch"],
  );
});

test("fragments are kept one by one, and the last is answered for the whole", async () => {
  const { send, taken, arrivals } = aLink({ continuation: true });
  assert.equal(await send(message("f1", { body: "OBX|1␍DSC|A␍" })), "AA f1");
  assert.equal(await send(message("f2", { pointer: "A", body: "OBX|2␍DSC|B␍", asks: "AL|AL" })), "CA f2");
  assert.equal(await send(message("x")), "AA x");
  assert.equal(await send(message("f3", { pointer: "B", body: "OBX|3␍", asks: "AL|AL" })), "CA f3 … AA f3");
  assert.equal(taken.at(-1), message("f1", { body: "OBX|1␍OBX|2␍OBX|3␍" }));
  assert.deepEqual(
    arrivals.map(({ fragment, joined }) => fragment?.number ?? joined?.fragments ?? "whole"),
    [1, 2, "whole", 3],
  );
  assert.equal(
    text(arrivals.at(-1)?.joined?.last ?? new Uint8Array()),
    message("f3", { pointer: "B", body: "OBX|3␍", asks: "AL|AL" }),
  );
});

test("a fragment whose beginning came on another connection, or was refused, is an error", async () => {
  const { send, taken } = aLink({ continuation: true });
  await send(message("f1", { body: "OBX|1␍DSC|A␍" }));
  const other = { id: "lab-2", link: "lab", remoteAddress: "127.0.0.1" };
  assert.equal(await send(message("f2", { pointer: "A", body: "OBX|2␍" }), { ...other }), "AE f2");
  assert.equal(await send(message("no1", { body: "OBX|1␍DSC|N␍" })), "AR no1");
  assert.equal(await send(message("f3", { pointer: "N", body: "OBX|2␍" })), "AE f3");
  assert.equal(taken.length, 2);
});

test("without continuation a fragment is a message like any other", async () => {
  const { send, arrivals } = aLink();
  assert.equal(await send(message("f1", { body: "OBX|1␍DSC|A␍" })), "AA f1");
  assert.equal(arrivals[0]?.fragment, undefined);
});

test("a refusal in original mode without an answer of the application is made of its problems", async () => {
  const problems = [conflict("control-id-reused", "The control id was used before.", { where: "MSH-10" })];
  assert.equal(await aLink({ take: async () => ({ problems }) }).send(message("M")), "AE M");
});
