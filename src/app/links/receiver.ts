import { type Access, linkActor } from "#access";
import { type LinkSettings, receive, type Safeguards } from "#departments/clinical";
import type { Clock, Failed, HospitalTime, Ids, Log } from "#kernel";
import type { RefusedFrame } from "#links/mllp";
import { ackCode, buildAck, peekHeader } from "#standards/hl7v2";

export interface ReceiverNeeds {
  readonly access: Access;
  readonly clock: Clock;
  readonly hospitalTime: HospitalTime;
  readonly ids: Ids;
  readonly log: Log;
  readonly safeguardsOf: (link: string) => Safeguards;
}

/** Where a message came from: a connection, or a file. */
export interface Origin {
  readonly id: string;
  readonly remoteAddress: string;
}

/**
 * Takes the messages of a link by its settings as they are when a message comes. Each has a context of its own: what was
 * shown for one is not seen by another. A rejection means that nothing may be acknowledged: the sender sends again.
 */
export function receiver(
  settings: () => LinkSettings,
  { access, hospitalTime: { offsetMinutesAt }, log, safeguardsOf }: ReceiverNeeds,
) {
  return async (message: Uint8Array, origin: Origin): Promise<Uint8Array> => {
    const link = settings();
    const { context, witness } = access.linkContextOf(linkActor(link.name, origin.remoteAddress));

    const given = { context, link: link.name, connection: origin.id, safeguards: safeguardsOf(link.name) };
    const answer = await receive(message, { ...given, offsetMinutesAt, log });
    const witnessed = await witness();
    if (answer.ok && witnessed.ok) return answer.value;
    const { code, cause } = (answer.ok ? (witnessed as Failed) : answer).problems[0];
    throw new Error(`the message could not be recorded: ${code}`, { cause });
  };
}

/** AR to a frame that is too large to take, as far as its header could be read. */
export function refusal(
  { problem, head }: RefusedFrame,
  { clock, ids }: Pick<ReceiverNeeds, "clock" | "ids">,
): Uint8Array {
  const { header } = peekHeader(head);
  const code = ackCode([problem], "application");
  const text = buildAck(header, { code, controlId: ids.next(), at: clock.now(), problems: [problem] });
  return Buffer.from(text, "utf8");
}
