import { escapeText } from "./escape.ts";
import { readMessage, segmentNamed } from "./message.ts";

export interface MsaFields {
  /** MSA-2, for a message that came in fragments: the sender waits for the control id of the last. */
  readonly controlId?: string;
  /** MSA-4 */
  readonly expectedSequence?: number;
}

/** An acknowledgement with these fields of its MSA instead of those it has. One without MSA comes back as it is. */
export function withMsa(acknowledgement: Uint8Array, { controlId, expectedSequence }: MsaFields): Uint8Array {
  const message = readMessage(acknowledgement);
  const msa = segmentNamed(message, "MSA");
  if (msa === undefined) return acknowledgement;
  const { delimiters, charset } = message.encoding;
  const fields = msa.raw.split(delimiters.field);
  if (controlId !== undefined) fields[2] = escapeText(controlId, delimiters);
  if (expectedSequence !== undefined) fields[4] = String(expectedSequence);
  const raw = Array.from(fields, (field) => field ?? "").join(delimiters.field);
  const text =
    message.prefix + message.segments.map((segment) => (segment === msa ? raw : segment.raw) + segment.end).join("");
  return charset.encode(text).bytes;
}
