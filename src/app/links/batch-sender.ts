import { createHash } from "node:crypto";
import { type OutgoingMessage, type Sender, type SendOutcome, unavailable } from "#kernel";
import { isBatch, matchAck, readAck, readMessage, refusalOf, splitBatch } from "#standards/hl7v2";

export interface BatchSettings {
  /** So many make a batch at once. */
  readonly messagesMax: number;
  /** Fewer go after this long. */
  readonly waitMs: number;
}

interface Waiting {
  readonly message: OutgoingMessage;
  readonly signal: AbortSignal;
  settle(outcome: SendOutcome): void;
}

/**
 * Sends HL7 v2 messages together, as one file with one batch in it, through another sender; what is no HL7 v2 message goes by itself.
 * The same messages make the same file under the same name. An answer that is a batch settles each message by its MSA-2; one that it does not
 * name is `unanswered`. Without one, what became of the file became of each. Source: HL7 v2.5.1 §2.10.3.
 */
export function batchSender(inner: Sender, { messagesMax, waitMs }: BatchSettings): Sender {
  let waiting: Waiting[] = [];
  let timer: NodeJS.Timeout | undefined;
  const send = () => {
    clearTimeout(timer);
    timer = undefined;
    const batch = waiting;
    waiting = [];
    if (batch.length > 0) void sendTogether(inner, batch);
  };
  return {
    send(message, signal) {
      if (!isHl7(message)) return inner.send(message, signal);
      if (signal.aborted) return Promise.resolve(notSent);
      const { promise, resolve } = Promise.withResolvers<SendOutcome>();
      const one: Waiting = { message, signal, settle: resolve };
      waiting.push(one);
      signal.addEventListener(
        "abort",
        () => {
          // Under way it is the other sender's to say.
          if (!waiting.includes(one)) return;
          waiting = waiting.filter((each) => each !== one);
          resolve(notSent);
        },
        { once: true },
      );
      if (waiting.length >= messagesMax) send();
      else timer ??= setTimeout(send, waitMs);
      return promise;
    },
    status: () => inner.status(),
    async close() {
      clearTimeout(timer);
      for (const { settle } of waiting.splice(0)) settle(notSent);
      await inner.close();
    },
  };
}

function isHl7({ contentType }: OutgoingMessage): boolean {
  return contentType.startsWith("x-application/hl7-v2");
}

async function sendTogether(inner: Sender, batch: readonly Waiting[]): Promise<void> {
  const stopping = new AbortController();
  const stopWhenAll = () => {
    if (batch.every(({ signal }) => signal.aborted)) stopping.abort();
  };
  for (const { signal } of batch) signal.addEventListener("abort", stopWhenAll, { once: true });
  const file = batchOf(batch.map(({ message }) => message));
  const outcome = await inner.send(file, stopping.signal);
  for (const { signal } of batch) signal.removeEventListener("abort", stopWhenAll);
  const answer = outcome.is === "accepted" || outcome.is === "refused" ? outcome.answer : undefined;
  const answers = answer === undefined || !isBatch(answer) ? undefined : answersIn(answer, file.controlId);
  for (const { message, settle } of batch) settle(answers === undefined ? outcome : outcomeOf(message, answers));
}

/** Named by all that it holds; its times are those of its last message, so that it is the same when it is sent again. */
function batchOf(messages: readonly OutgoingMessage[]): OutgoingMessage {
  const ids = JSON.stringify(messages.map(({ controlId }) => controlId));
  const controlId = createHash("sha256").update(ids).digest("hex").slice(0, 20).toUpperCase();
  const first = readMessage(messages[0]?.body ?? new Uint8Array()).segments[0];
  const last = readMessage(messages.at(-1)?.body ?? new Uint8Array()).segments[0];
  const field = first?.encoding.delimiters.field ?? "|";
  const ends = [2, 3, 4, 5, 6].map((number) => first?.fieldText(number) ?? "");
  const head = [...ends, last?.fieldText(7) ?? "", "", "", "", controlId].join(field);
  const line = (text: string) =>
    first?.encoding.charset.encode(`${text}\r`).bytes ?? new TextEncoder().encode(`${text}\r`);
  const body = Buffer.concat([
    line(`FHS${field}${head}`),
    line(`BHS${field}${head}`),
    ...messages.map(({ body }) => withEnd(body)),
    line(`BTS${field}${messages.length}`),
    line(`FTS${field}1`),
  ]);
  return { body, contentType: messages[0]?.contentType ?? "", controlId };
}

function withEnd(body: Uint8Array): Uint8Array {
  return body.at(-1) === 0x0d ? body : Buffer.concat([body, Uint8Array.of(0x0d)]);
}

type Answers = "foreign" | readonly Uint8Array[];

function answersIn(answer: Uint8Array, controlId: string): Answers {
  const { header, batches } = splitBatch(answer);
  const named = [header, ...batches.map((batch) => batch.header)].map((each) => each?.fieldText(12) ?? "");
  if (named.some((name) => name !== "" && name !== controlId)) return "foreign";
  return batches.flatMap(({ messages }) => messages);
}

function outcomeOf({ controlId }: OutgoingMessage, answers: Answers): SendOutcome {
  if (answers === "foreign") return unanswered("answer-foreign", "The receiver acknowledged another batch.");
  const own = answers.find((answer) => {
    const ack = readAck(readMessage(answer));
    return ack.ok && matchAck(answer, controlId).is === "ours";
  });
  const match = own && matchAck(own, controlId);
  if (own === undefined || match?.is !== "ours")
    return unanswered("answer-missing", "The acknowledgement of the batch does not name this message.");
  const { code } = match.ack;
  if (code === "AA" || code === "CA") return { is: "accepted", answer: own };
  return { is: "refused", problem: refusalOf(match.ack), code, answer: own };
}

function unanswered(code: string, text: string): SendOutcome {
  return { is: "unanswered", problem: unavailable(code, text) };
}

const notSent: SendOutcome = {
  is: "unreachable",
  problem: unavailable("sending-stopped", "Sending was stopped."),
};
