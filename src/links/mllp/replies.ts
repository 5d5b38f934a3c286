import type { Problem } from "#kernel";
import { type AckCode, ackCode, buildAck, type Header, isAckWanted, matchAck, utf8, withMsa } from "#standards/hl7v2";
import type { MessageArrival, Protocol, Taken } from "./by-protocol.ts";
import type { Replies } from "./settings.ts";

/** A message that waits for its answer. */
export interface Asked {
  readonly message: Uint8Array;
  readonly header: Header | undefined;
  readonly arrival: MessageArrival;
}

/** A message that is durable or refused, and its answer, which may be long in coming. */
export interface Settled {
  readonly replies: Promise<Replies>;
}

/** Nobody needs to listen at once when the answer fails. */
export function settled(replies: Promise<Replies> | Replies): Settled {
  const promised = Promise.resolve(replies);
  promised.catch(() => {});
  return { replies: promised };
}

export type Answering = Pick<Protocol, "clock" | "ids">;

/** What is sent for a message that was taken or refused, as its sender wants it. */
export async function repliesTo(asked: Asked, taken: Taken, answering: Answering): Promise<Replies> {
  const { problems, application } = taken;
  const { terms, joined } = asked.arrival;
  if (terms.mode === "original") {
    const answer = await application;
    const now = answer ?? ownAck(asked, { problems, code: ackCode(problems, "application") }, answering);
    return { now: joined === undefined ? now : renamed(now, asked), later: [] };
  }
  const now = commitAck(asked, problems, answering);
  if (problems.length > 0 || application === undefined || terms.application === "NE") return { now, later: [] };
  return { now, later: [applicationAck(asked, application)] };
}

/** An acknowledgement of ours that says no more than that a message is safe, or why it is not taken. */
export function briefReplies(asked: Asked, answer: BriefAnswer, answering: Answering): Replies {
  const { problems = [], expectedSequence } = answer;
  const { mode, commit } = asked.arrival.terms;
  const code = ackCode(problems, mode === "original" || commit === "NE" ? "application" : "commit");
  const told = { problems, code, ...(expectedSequence !== undefined && { expectedSequence }) };
  return { now: ownAck(asked, told, answering), later: [] };
}

export interface BriefAnswer {
  readonly problems?: readonly Problem[];
  readonly expectedSequence?: number;
}

/** The same answers with MSA-4. */
export function withExpected(replies: Replies, expectedSequence: number): Replies {
  const edited = (answer: Uint8Array | undefined) => answer && withMsa(answer, { expectedSequence });
  return { now: edited(replies.now), later: replies.later.map((answer) => answer.then(edited)) };
}

function commitAck(asked: Asked, problems: readonly Problem[], answering: Answering): Uint8Array | undefined {
  const code = ackCode(problems, "commit");
  return isAckWanted(asked.arrival.terms.commit, code) ? ownAck(asked, { problems, code }, answering) : undefined;
}

async function applicationAck(asked: Asked, application: NonNullable<Taken["application"]>) {
  const { terms, joined } = asked.arrival;
  const answer = await application;
  if (answer === undefined || !isWanted(terms.application, answer)) return undefined;
  return joined === undefined ? answer : renamed(answer, asked);
}

/** The code is read from the answer only where it matters. What cannot be read is sent. */
function isWanted(condition: MessageArrival["terms"]["application"], answer: Uint8Array): boolean {
  if (condition === "AL") return true;
  const match = matchAck(answer, "");
  return match.is === "unreadable" || isAckWanted(condition, match.ack.code);
}

/** The application answers the whole message by the control id of its first fragment; the sender waits for the last. */
function renamed(answer: Uint8Array, { header }: Asked): Uint8Array {
  return header === undefined ? answer : withMsa(answer, { controlId: header.controlId });
}

interface OwnAck {
  readonly problems: readonly Problem[];
  readonly code: AckCode;
  readonly expectedSequence?: number;
}

function ownAck({ header }: Asked, told: OwnAck, { clock, ids }: Answering): Uint8Array {
  const text = buildAck(header, { ...told, controlId: ids.next(), at: clock.now() });
  return (header?.segment.encoding.charset ?? utf8).encode(text).bytes;
}
