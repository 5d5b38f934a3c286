import type { OutgoingMessage, Sender, SendOutcome } from "#kernel";
import { isBatch, matchAck, refusalOf } from "#standards/hl7v2";
import type { HttpAnswer } from "./exchange.ts";
import { answerBytes, type PostSenderOptions, postSender, unclear } from "./post-sender.ts";
import { statusVerdict } from "./status-verdict.ts";

/**
 * Posts messages as they are, with their content type. An HL7 v2 message in the answer is read as its acknowledgement,
 * whatever the status: AA and CA accept, AE, AR, CE and CR refuse; one that names another message, or cannot be read, is
 * never taken for this one's: `unanswered`. Without one the status decides: see `statusVerdict`. What was not sent is
 * `unreachable`; what may have arrived, `unanswered`.
 * Source: HL7 over HTTP (HAPI, draft of 2018) §2.4, §2.6.
 */
export function httpSender(options: PostSenderOptions): Sender {
  return postSender(options, {
    address: (base) => base,
    headers: ({ contentType }) => ({
      "content-type": contentType,
      accept: isHl7(contentType) ? `${er7}, */*;q=0.5` : "*/*",
    }),
    outcome: httpOutcome,
  });
}

const er7 = "x-application/hl7-v2+er7";

function isHl7(contentType: string): boolean {
  return /^(x-)?application\/hl7-v2(\+er7)?(;|$)/i.test(contentType);
}

export function httpOutcome(answer: HttpAnswer, message: OutgoingMessage): SendOutcome {
  const isAcknowledgement = isHl7(answer.contentType) || (isHl7(message.contentType) && startsWithMsh(answer.body));
  const verdict = statusVerdict(answer);
  const bytes = answerBytes(answer);
  // Whoever sends batches matches it: it acknowledges no message by itself.
  if (answer.isWhole && isBatch(message.body) && isBatch(answer.body)) return { ...verdict, ...bytes };
  if (!isAcknowledgement || (verdict.is !== "accepted" && answer.body.length === 0)) return { ...verdict, ...bytes };
  if (!answer.isWhole) return unclear("answer-unreadable", "The acknowledgement is too long to be one.");
  const match = matchAck(answer.body, message.controlId);
  switch (match.is) {
    case "ours": {
      const { code } = match.ack;
      if (code === "AA" || code === "CA")
        return verdict.is === "accepted" ? { is: "accepted", ...bytes } : contradiction;
      return { is: "refused", problem: refusalOf(match.ack), code, ...bytes };
    }
    case "foreign":
      return unclear("answer-foreign", "The receiver acknowledged another message.");
    case "unreadable":
      return verdict.is === "accepted" ? unclear("answer-unreadable", match.problem.message) : { ...verdict, ...bytes };
  }
}

const contradiction = unclear("answer-contradicts", "The receiver accepted the message with a status that refuses it.");

function startsWithMsh(body: Uint8Array): boolean {
  return body[0] === 0x4d && body[1] === 0x53 && body[2] === 0x48;
}
