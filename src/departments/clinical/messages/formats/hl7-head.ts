import { escapeText, type Header, type Message, parseMessage, readHeader, usualDelimiters } from "#standards/hl7v2";

/** What gates, routes, books and search know a message by, in the fields of HL7 v2 that have it. */
export interface HeadFacts {
  readonly sender: string;
  readonly receiver: string;
  /** MSH-7. */
  readonly sentAt: string | undefined;
  /** MSH-9.1. */
  readonly type: string;
  readonly controlId: string;
  readonly isTest: boolean;
  readonly nhsNumber?: string | undefined;
  /** The sender's own number of the patient. */
  readonly hospitalNumber?: string | undefined;
  readonly placer?: string | undefined;
  readonly filler?: string | undefined;
}

export interface Hl7Head {
  readonly message: Message;
  readonly header: Header | undefined;
}

/** A message of HL7 v2 with MSH, PID and OBR alone, for a message that came in other words. It goes nowhere. */
export function hl7Head(facts: HeadFacts): Hl7Head {
  const { sender, receiver, sentAt = "", type, controlId, isTest, nhsNumber, hospitalNumber, placer, filler } = facts;
  const written = (text = "") => escapeText(text, usualDelimiters);
  const numbers = [
    ...(nhsNumber === undefined ? [] : [`${written(nhsNumber)}^^^NHS^NH`]),
    ...(hospitalNumber === undefined ? [] : [`${written(hospitalNumber)}^^^${written(sender)}^MR`]),
  ];
  const msh = ["MSH", "^~\\&", sender, "", receiver, "", sentAt, "", type, controlId, isTest ? "T" : "P"];
  const segments = [
    [...msh.slice(0, 2), ...msh.slice(2).map(written)].join("|"),
    ["PID", "1", "", numbers.join("~")].join("|"),
    ["OBR", "1", written(placer), written(filler)].join("|"),
  ];
  const message = parseMessage(segments.map((segment) => `${segment}\r`).join(""));
  return { message, header: readHeader(message).header };
}
