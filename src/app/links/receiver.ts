import { type Access, linkActor } from "#access";
import { type LinkSettings, receive, type Safeguards } from "#departments/clinical";
import { type Clock, type Failed, type HospitalTime, type Ids, type Log, unavailable } from "#kernel";
import type { RefusedFrame } from "#links/mllp";
import { type AckCode, ackCode, buildAck, peekHeader } from "#standards/hl7v2";
import type { Deliveries, WaitingPassingOn } from "./deliveries.ts";

export interface ReceiverNeeds {
  readonly access: Access;
  readonly clock: Clock;
  readonly hospitalTime: HospitalTime;
  readonly ids: Ids;
  readonly log: Log;
  readonly safeguardsOf: (link: string) => Safeguards;
  readonly deliveries: Pick<Deliveries, "passingOnWaiting">;
}

/** Where a message came from: a connection, or a file. */
export interface Origin {
  readonly id: string;
  readonly remoteAddress: string;
}

/** The record as a link may see it for one message: what was shown for one is not seen by another. */
export function contextFor(link: string, { remoteAddress }: Pick<Origin, "remoteAddress">, { access }: ReceiverNeeds) {
  return access.linkContextOf(linkActor(link, remoteAddress));
}

/** A message that is durable. */
export interface TakenMessage {
  /** Its acknowledgement: at once, or when those destinations have it that its sender waits for. Never rejects. */
  readonly application: Promise<Uint8Array>;
}

/**
 * Takes the messages of a link by its settings as they are when a message comes, and settles when they are durable. A
 * rejection means that nothing may be acknowledged: the sender sends again.
 */
export function taker(settings: () => LinkSettings, needs: ReceiverNeeds) {
  const { hospitalTime, log, safeguardsOf, deliveries } = needs;
  const { offsetMinutesAt } = hospitalTime;
  return async (message: Uint8Array, origin: Origin): Promise<TakenMessage> => {
    const link = settings();
    const { context, witness } = contextFor(link.name, origin, needs);
    const waiting = deliveries.passingOnWaiting(link);
    const passedOn = waiting === undefined ? {} : { passingOn: waiting.passingOn };
    const given = {
      context,
      link: link.name,
      connection: origin.id,
      safeguards: safeguardsOf(link.name),
      format: link.format,
    };
    const answer = await receive(message, { ...given, ...passedOn, offsetMinutesAt, log });
    const witnessed = await witness();
    if (!answer.ok || !witnessed.ok) {
      const { code, cause } = (answer.ok ? (witnessed as Failed) : answer).problems[0];
      throw new Error(`the message could not be recorded: ${code}`, { cause });
    }
    return { application: applicationAnswer(answer.value, { waiting, frame: message, needs }) };
  };
}

interface Answering {
  /** What its sender waits for besides. */
  readonly waiting: WaitingPassingOn | undefined;
  readonly frame: Uint8Array;
  readonly needs: Pick<ReceiverNeeds, "clock" | "ids">;
}

/** The acknowledgement when the destinations have the message that its sender waits for; else AE. Never rejects. */
export async function applicationAnswer(answer: Uint8Array, { waiting, frame, needs }: Answering): Promise<Uint8Array> {
  const outcome = await (waiting?.settled() ?? "delivered");
  if (outcome === "delivered") return answer;
  return refusal({ problem: undeliveredYet[outcome], head: frame, code: "AE" }, needs);
}

/** The message is recorded and is delivered later; its sender wanted to know of that before it forgets the message. */
const undeliveredYet = {
  late: unavailable("delivery-late", "The message is recorded, and was not delivered within the time agreed."),
  parked: unavailable("delivery-parked", "The message is recorded, and a destination did not take it."),
} as const;

type Refusal = Pick<RefusedFrame, "problem" | "head"> & { readonly code?: AckCode };

/** A refusal by a problem alone, as far as the header could be read: AR to a frame that is too large, AE to what is late. */
export function refusal(
  { problem, head, code = ackCode([problem], "application") }: Refusal,
  { clock, ids }: Pick<ReceiverNeeds, "clock" | "ids">,
): Uint8Array {
  const { header } = peekHeader(head);
  const text = buildAck(header, { code, controlId: ids.next(), at: clock.now(), problems: [problem] });
  return Buffer.from(text, "utf8");
}
