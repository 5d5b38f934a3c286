import type { LinkSettings } from "#departments/clinical";
import { buildBatchAck, envelopeOf, splitBatch } from "#standards/hl7v2";
import { keepBatchEnvelope } from "./batch-envelope.ts";
import type { Origin, ReceiverNeeds } from "./receiver.ts";

export interface BatchTaking {
  readonly settings: () => LinkSettings;
  readonly needs: ReceiverNeeds;
  /** Takes one message, as `receiver` does. */
  take(message: Uint8Array, origin: Origin): Promise<Uint8Array | undefined>;
}

/**
 * Takes a batch that came in one request: its messages in their order, then its envelope, and settles with one batch of
 * acknowledgements when all is durable; undefined where no message wants one. A rejection means that nothing may be
 * acknowledged: sent again, what was recorded has no second effect. Source: HL7 v2.5.1 §2.10.3.
 */
export async function takeBatch(
  bytes: Uint8Array,
  origin: Origin,
  { settings, needs, take }: BatchTaking,
): Promise<Uint8Array | undefined> {
  const file = splitBatch(bytes);
  const { name: link } = settings();
  for (const { code, where } of file.problems)
    needs.log.warn("http batch", { link, connection: origin.id, code, where });
  const acknowledgements: Uint8Array[][] = [];
  for (const { messages } of file.batches) {
    const answers: Uint8Array[] = [];
    for (const message of messages) answers.push(...[await take(message, origin)].filter((each) => each !== undefined));
    acknowledgements.push(answers);
  }
  const of = file.batches.reduce((sum, { messages }) => sum + messages.length, 0);
  await keepBatchEnvelope({ envelope: envelopeOf(file), of }, origin, { link, needs });
  if (of > 0 && acknowledgements.every(({ length }) => length === 0)) return undefined;
  const { clock, ids } = needs;
  return buildBatchAck(file, { acknowledgements, nextControlId: () => ids.next(), at: clock.now() });
}
