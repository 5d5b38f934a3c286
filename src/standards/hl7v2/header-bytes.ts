import { limits } from "#kernel";

/** MSH, FHS and BHS carry the delimiters in their own first bytes, and are all laid out alike. */
export const headerNames: readonly string[] = ["MSH", "FHS", "BHS"];

/** Where the message header starts: after a byte order mark and blanks; -1 when the bytes start otherwise. */
export function headerStart(bytes: Uint8Array): number {
  let at = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  while (isBlank(bytes[at])) at += 1;
  return headerNames.includes(latin1(bytes.subarray(at, at + 3))) ? at : -1;
}

/** The bytes of the header segment, without its line end; empty when there is no header. */
export function headerBytes(bytes: Uint8Array): Uint8Array {
  const start = headerStart(bytes);
  if (start === -1) return new Uint8Array(0);
  const ends = [bytes.indexOf(0x0d, start), bytes.indexOf(0x0a, start)].filter((end) => end !== -1);
  return bytes.subarray(start, Math.min(bytes.length, ...ends));
}

/**
 * The repetitions of MSH-18, read before the character set is known: names of character sets are ASCII.
 * Source: HL7 v2.5.1 §2.15.9.18.
 */
export function charsetNames(bytes: Uint8Array): readonly string[] {
  const header = headerBytes(bytes);
  const fieldSeparator = header[3];
  if (fieldSeparator === undefined) return [];
  const field = latin1(headerField(header, fieldSeparator, 18).subarray(0, limits.hl7CharsetNamesBytesMax)).trim();
  const repetitionSeparator = latin1(header.subarray(5, 6));
  return field.split(repetitionSeparator).map((name) => name.trim());
}

/** MSH-1 is the separator itself, so field 18 stands behind the 17th separator. */
function headerField(header: Uint8Array, separator: number, field: number): Uint8Array {
  let start = 0;
  for (let count = 1; count < field; count += 1) {
    const found = header.indexOf(separator, start);
    if (found === -1) return new Uint8Array(0);
    start = found + 1;
  }
  const end = header.indexOf(separator, start);
  return header.subarray(start, end === -1 ? header.length : end);
}

function isBlank(byte: number | undefined): boolean {
  return byte === 0x20 || (byte !== undefined && byte >= 0x09 && byte <= 0x0d);
}

/** For a few bytes only: each is an argument. */
function latin1(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}
