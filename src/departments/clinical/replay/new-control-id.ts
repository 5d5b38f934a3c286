import { deterministicId } from "../messages/deterministic-id.ts";

/** An MSH-10 of 20 characters, which is all that versions before 2.7 allow. Source: HL7 v2.5.1 §2.15.9.10. */
export function newControlId(...of: readonly string[]): string {
  return `R${deterministicId("MSH-10", ...of)
    .slice(0, 19)
    .toUpperCase()}`;
}

/**
 * The message with another MSH-10 and every other byte as it was; undefined where its header is not in single bytes, or has
 * no such field.
 */
export function withControlId(message: Uint8Array, controlId: string): Uint8Array | undefined {
  const start = Buffer.from(message.buffer, message.byteOffset, message.byteLength).indexOf("MSH", 0, "latin1");
  const separator = message[start + 3];
  if (start === -1 || separator === undefined || separator === 0) return undefined;
  let from = start + 3;
  // MSH-1 is the separator itself, so MSH-10 stands behind the ninth.
  for (let passed = 1; passed < 9; passed += 1) {
    from = endOfField(message, { from: from + 1, separator });
    if (message[from] !== separator) return undefined;
  }
  const to = endOfField(message, { from: from + 1, separator });
  return Buffer.concat([message.subarray(0, from + 1), Buffer.from(controlId, "latin1"), message.subarray(to)]);
}

function endOfField(
  message: Uint8Array,
  { from, separator }: { readonly from: number; readonly separator: number },
): number {
  let at = from;
  while (at < message.length && message[at] !== separator && message[at] !== 0x0d && message[at] !== 0x0a) at += 1;
  return at;
}
