import type { Clock, Ids, Log, Problem } from "#kernel";
import { type AckModeSetting, type AckTerms, ackTerms, isAcknowledgement, isBatch, peekHeader } from "#standards/hl7v2";
import { receiveBatch } from "./batch-reception.ts";
import { type FragmentReception, fragmentReception } from "./fragment-reception.ts";
import { type Asked, repliesTo, type Settled, settled } from "./replies.ts";
import { type SequenceBook, sequenceReception } from "./sequence-reception.ts";
import type { MllpConnection, Receive, Replies } from "./settings.ts";

/**
 * Takes one message, and settles when it is durable or refused; then, and not before, it is acknowledged. Calls may
 * overlap. A rejection means that nothing may be acknowledged: the connection is closed, and the sender sends again.
 */
export type TakeMessage = (message: Uint8Array, arrival: MessageArrival) => Promise<Taken>;

/** What is known of a message besides its bytes. */
export interface MessageArrival {
  readonly connection: MllpConnection;
  /** What its sender wants to hear. */
  readonly terms: AckTerms;
  /** The batch it came in. */
  readonly batch?: BatchPlace;
  /** It is the `number`th of several fragments and not the last: it must be kept, and not processed. */
  readonly fragment?: { readonly number: number };
  /** It was put together from as many fragments, of which `last` is the last, as it came. */
  readonly joined?: { readonly fragments: number; readonly last: Uint8Array };
}

export interface BatchPlace {
  /** FHS-11 and BHS-11, as sent; empty when there are none. */
  readonly fileControlId: string;
  readonly batchControlId: string;
  /** Counted from 1, of all the messages in the file. */
  readonly number: number;
  readonly of: number;
  /** FHS, BHS, BTS, FTS and whatever else stood in no message; the same for all messages of a file. */
  readonly envelope: Uint8Array;
}

export interface Taken {
  /** Why it was not taken for processing: CE or CR. None: it is durable, and the sender may forget it. */
  readonly problems: readonly Problem[];
  /**
   * The application's acknowledgement, whole; a promise when it comes later, say after a delivery. Undefined: there is
   * none, and in original mode one is made of `problems`.
   */
  readonly application?: Uint8Array | undefined | Promise<Uint8Array | undefined>;
}

export interface Protocol {
  readonly take: TakeMessage;
  readonly mode: AckModeSetting;
  /** The sequence number protocol of MSH-13. Absent: MSH-13 is not looked at. */
  readonly sequence?: SequenceBook;
  /** Fragments are joined. Otherwise each is a message like any other. */
  readonly continuation?: boolean;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
}

/** What the parts of a reception share. */
export interface Reception extends Protocol {
  takeOne(message: Uint8Array, place: Pick<MessageArrival, "connection" | "batch">): Promise<Replies>;
}

/**
 * What a listener does with what it receives, by the rules of HL7 v2: original and enhanced acknowledgement mode,
 * sequence numbers, batches, fragments. An acknowledgement that comes as a message is logged and not answered.
 * Source: HL7 v2.5.1 §2.9.2, §2.9.3, §2.10.
 */
export function byProtocol(protocol: Protocol): Receive {
  const fragments = protocol.continuation === true ? fragmentReception(protocol) : undefined;
  const sequence = protocol.sequence && sequenceReception(protocol.sequence, protocol);
  const takeOne = async (message: Uint8Array, place: Pick<MessageArrival, "connection" | "batch">) => {
    const { header } = peekHeader(message);
    if (isAcknowledgement(header)) {
      const { link, id } = place.connection;
      protocol.log.info("mllp acknowledgement came as a message", { link, connection: id });
      return { now: undefined, later: [] };
    }
    const asked: Asked = { message, header, arrival: { ...place, terms: ackTerms(header, protocol.mode) } };
    const take = () => takeWhole(asked, { protocol, fragments });
    const taken = await (sequence === undefined ? take() : sequence.inOrder(asked, take));
    return taken.replies;
  };
  return (bytes, connection) =>
    isBatch(bytes) ? receiveBatch(bytes, connection, { ...protocol, takeOne }) : takeOne(bytes, { connection });
}

interface Taking {
  readonly protocol: Protocol;
  readonly fragments: FragmentReception | undefined;
}

async function takeWhole(asked: Asked, { protocol, fragments }: Taking): Promise<Settled> {
  if (fragments !== undefined) return fragments.take(asked);
  return settled(repliesTo(asked, await protocol.take(asked.message, asked.arrival), protocol));
}
