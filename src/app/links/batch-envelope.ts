import { type Envelope, keepEnvelope } from "#departments/clinical";
import { type Segment, splitBatch } from "#standards/hl7v2";
import { contextFor, type Origin, type ReceiverNeeds } from "./receiver.ts";

/**
 * Keeps what surrounds the messages of a batch: FHS, BHS, BTS, FTS and stray lines, as they came. Rejects when it could not be
 * recorded: then nothing may be acknowledged. Source: HL7 v2.5.1 §2.10.3.
 */
export async function keepBatchEnvelope(
  { envelope, of }: { readonly envelope: Uint8Array; readonly of: number },
  origin: Origin,
  { link, needs }: { readonly link: string; readonly needs: ReceiverNeeds },
): Promise<void> {
  const { context, witness } = contextFor(link, origin, needs);
  const kept = await keepEnvelope(
    { bytes: envelope, charset: "US-ASCII", facts: factsOf(envelope), count: of, problems: [] },
    { context, link, connection: origin.id },
  );
  const settled = kept.ok ? await witness() : kept;
  if (settled.ok) return;
  const { code, cause } = settled.problems[0];
  throw new Error(`the envelope of a batch could not be recorded: ${code}`, { cause });
}

/** By the header of the file, else of its first batch. */
function factsOf(envelope: Uint8Array): Envelope["facts"] {
  const { header, batches } = splitBatch(envelope);
  const segment = header ?? batches[0]?.header;
  if (segment === undefined) return { type: "BHS", sender: {}, receiver: {} };
  const controlId = segment.fieldText(11);
  return {
    type: segment.name,
    ...(controlId !== "" && { controlId }),
    sender: end(segment, 3),
    receiver: end(segment, 5),
  };
}

function end(segment: Segment, field: number): Envelope["facts"]["sender"] {
  const [application, facility] = [segment.fieldText(field), segment.fieldText(field + 1)];
  return { ...(application !== "" && { application }), ...(facility !== "" && { facility }) };
}
