import { limits } from "#kernel";
import { type BatchFile, buildBatchAck, envelopeOf, splitBatch } from "#standards/hl7v2";
import type { BatchPlace, Reception } from "./by-protocol.ts";
import type { MllpConnection, Replies } from "./settings.ts";

/**
 * Takes a file of messages: each by itself, several at once, and answers with one file of acknowledgements when all are
 * durable. One that fails fails all of them: nothing is acknowledged, and the sender sends the file again. Where no
 * message wants an answer there is none.
 * Source: HL7 v2.5.1 §2.10.3.
 */
export async function receiveBatch(
  bytes: Uint8Array,
  connection: MllpConnection,
  reception: Reception,
): Promise<Replies> {
  const { clock, ids, log } = reception;
  const file = splitBatch(bytes);
  for (const { code, where } of file.problems) {
    log.warn("mllp batch", { link: connection.link, connection: connection.id, code, where });
  }
  const places = placesIn(file);
  const replies = await eachInOrder(places, ({ message, batch }) => reception.takeOne(message, { connection, batch }));
  const acknowledgements = file.batches.map((_, at) =>
    replies.flatMap(({ now }, number) => (places[number]?.at === at && now !== undefined ? [now] : [])),
  );
  const isSilent = replies.length > 0 && replies.every(({ now }) => now === undefined);
  const answer = { acknowledgements, nextControlId: () => ids.next(), at: clock.now() };
  return {
    now: isSilent ? undefined : buildBatchAck(file, answer),
    later: replies.flatMap(({ later }) => later),
  };
}

interface Place {
  readonly message: Uint8Array;
  /** The batch it is in, counted from 0. */
  readonly at: number;
  readonly batch: BatchPlace;
}

function placesIn(file: BatchFile): readonly Place[] {
  const of = file.batches.reduce((sum, { messages }) => sum + messages.length, 0);
  const envelope = envelopeOf(file);
  const fileControlId = file.header?.fieldText(11) ?? "";
  let number = 0;
  return file.batches.flatMap(({ header, messages }, at) =>
    messages.map((message) => {
      number += 1;
      const batch = { fileControlId, batchControlId: header?.fieldText(11) ?? "", number, of, envelope };
      return { message, at, batch };
    }),
  );
}

/** Begun in order, `mllpInFlightMax` at once. Rejects when all that was begun has settled and one of them rejected. */
async function eachInOrder<Item, Result>(items: readonly Item[], work: (item: Item) => Promise<Result>) {
  const results: Result[] = [];
  const failures: unknown[] = [];
  let next = 0;
  const worker = async () => {
    while (next < items.length && failures.length === 0) {
      const at = next;
      next += 1;
      try {
        results[at] = await work(items[at] as Item);
      } catch (cause) {
        failures.push(cause);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(limits.mllpInFlightMax, items.length) }, worker));
  if (failures.length > 0) throw failures[0];
  return results;
}
