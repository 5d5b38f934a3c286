import { escapeText, type Header, type Message, parseMessage, readHeader, usualDelimiters } from "#standards/hl7v2";

/** What gates, routes, books and search know a message by, in the fields of HL7 v2 that have it. */
export interface HeadFacts {
  readonly sender: string;
  readonly receiver: string;
  /** MSH-7. */
  readonly sentAt: string | undefined;
  /** MSH-9.1. */
  readonly type: string;
  /** MSH-9.2. */
  readonly event?: string | undefined;
  readonly controlId: string;
  readonly isTest: boolean;
  readonly nhsNumber?: string | undefined;
  /** Other numbers of the patient. */
  readonly hospitalNumbers?: readonly string[];
  readonly orders?: readonly { readonly placer?: string | undefined; readonly filler?: string | undefined }[];
}

export interface Hl7Head {
  readonly message: Message;
  readonly header: Header | undefined;
}

/** A message of HL7 v2 with MSH, PID and OBR alone, for a message that came in other words. It goes nowhere. */
export function hl7Head(facts: HeadFacts): Hl7Head {
  const { sender, receiver, sentAt = "", type, event, controlId, isTest, nhsNumber } = facts;
  const { hospitalNumbers = [], orders = [{}] } = facts;
  const written = (text = "") => escapeText(text, usualDelimiters);
  const numbers = [
    ...(nhsNumber === undefined ? [] : [`${written(nhsNumber)}^^^NHS^NH`]),
    ...hospitalNumbers.map((number) => `${written(number)}^^^${written(sender)}^MR`),
  ];
  const name = event === undefined ? written(type) : `${written(type)}^${written(event)}`;
  const ends = [sender, "", receiver, "", sentAt, ""].map(written);
  const segments = [
    ["MSH", "^~\\&", ...ends, name, written(controlId), isTest ? "T" : "P"].join("|"),
    ["PID", "1", "", numbers.join("~")].join("|"),
    ...orders.map(({ placer, filler }, at) => ["OBR", String(at + 1), written(placer), written(filler)].join("|")),
  ];
  const message = parseMessage(segments.map((segment) => `${segment}\r`).join(""));
  return { message, header: readHeader(message).header };
}
