import { busy, conflict, incorrect, notFound, type Problem, unavailable, unsupported } from "#kernel";
import { conditionText } from "./ack-codes.ts";
import { type Ack, readAck } from "./ack-reading.ts";
import { readMessage } from "./message.ts";

/** Whose acknowledgement it is. */
export type AckMatch =
  | { readonly is: "ours"; readonly ack: Ack }
  /** It names another message, or none. */
  | { readonly is: "foreign"; readonly ack: Ack }
  /** `segment-missing`, `ack-code-unknown`: no acknowledgement at all. */
  | { readonly is: "unreadable"; readonly problem: Problem };

/** Compares MSA-2 with the MSH-10 that was sent. Nothing but equality is a match: HL7 v2.5.1 §2.15.8.2. */
export function matchAck(answer: Uint8Array, controlId: string): AckMatch {
  const read = readAck(readMessage(answer));
  if (!read.ok) return { is: "unreadable", problem: read.problems[0] };
  return { is: controlId !== "" && read.value.controlId === controlId ? "ours" : "foreign", ack: read.value };
}

/**
 * A refusal as a problem: `answered-ae` and the like, with the condition and the place that ERR gives. The receiver's own
 * words are left out, because they may name a patient: see `wordsOf`.
 */
export function refusalOf({ code, errors }: Ack): Problem {
  const error = errors.find(({ severity }) => severity === "error") ?? errors[0];
  const text = error === undefined ? undefined : conditionText(error.code);
  const reason = text === undefined ? "" : `: ${text} (${error?.code})`;
  const place = error?.where === undefined ? {} : { where: error.where };
  return problemFor(error?.code ?? "", code)(
    `answered-${code.toLowerCase()}`,
    `The receiver answered ${code}${reason}.`,
    place,
  );
}

/** What the receiver wrote, for people who may see it: MSA-3 and the texts of ERR. It may name a patient. */
export function wordsOf({ text, errors }: Ack): string {
  const words = [text, ...errors.map((error) => error.text)].filter((word) => word !== "");
  return [...new Set(words)].join("; ");
}

/** By table 0357, else by whether it is an error of the message or a rejection. */
function problemFor(condition: string, code: Ack["code"]) {
  switch (condition) {
    case "200":
    case "201":
    case "202":
    case "203":
      return unsupported;
    case "204":
      return notFound;
    case "205":
      return conflict;
    case "206":
      return busy;
    case "207":
      return unavailable;
    default:
      return code === "AE" || code === "CE" ? incorrect : unsupported;
  }
}
