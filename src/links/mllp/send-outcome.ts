import { type SendOutcome, unavailable } from "#kernel";
import { refusalOf } from "#standards/hl7v2";
import type { Awaited } from "./awaiting.ts";
import type { LineEnd } from "./line.ts";

/** What became of a message that was sent, by how the exchange ended and what was heard until then. */
export function outcomeOf(end: LineEnd, { progress, last }: Awaited, answerWithinMs: number): SendOutcome {
  const heard = last();
  const reached = progress();
  if (reached.is === "refused" && heard !== undefined) {
    return { is: "refused", code: heard.ack.code, problem: refusalOf(heard.ack), answer: heard.bytes };
  }
  if (reached.is === "accepted" || end === "silent-as-agreed") {
    return { is: "accepted", ...(heard && { answer: heard.bytes }) };
  }
  const problem = heard === undefined ? problemOf(end, answerWithinMs) : applicationMissing;
  return { is: "unanswered", problem };
}

function problemOf(end: LineEnd, answerWithinMs: number) {
  switch (end) {
    case "silent":
    case "silent-as-agreed":
    case "done":
      return unavailable("no-answer", `No acknowledgement came within ${answerWithinMs} ms.`);
    case "stray":
      return unavailable(
        "answer-strayed",
        "What came was no acknowledgement of this message; the connection was closed.",
      );
    case "lost":
      return connectionLost;
    case "aborted":
      return unavailable("send-aborted", "Waiting for the acknowledgement was given up.");
  }
}

export const connectionLost = unavailable("connection-lost", "The connection closed before the acknowledgement came.");

const applicationMissing = unavailable(
  "application-answer-missing",
  "The receiver has the message safely, and did not say what became of it.",
);
