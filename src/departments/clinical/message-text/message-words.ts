import { limits } from "#kernel";
import { decodeInterchange } from "#standards/edifact";
import { normaliseText } from "#standards/fhir";
import { charsetNamed, windows1252 } from "#standards/hl7v2";
import type { LinkMessage } from "../messages/link-message.ts";

/**
 * The words of a message as received, each once: letters and digits between anything else, without capitals and accents, of
 * two characters at least. What stands together for longer than a sentence without a blank is no text (a PDF in base64) and
 * has no words; of a very long message only the first `limits.messageTextBytesMax` are looked at.
 */
export function messageWords(bytes: Uint8Array, message: Pick<LinkMessage, "raw" | "format">): ReadonlySet<string> {
  const head = bytes.subarray(0, limits.messageTextBytesMax);
  if (message.format === "edifact") return wordsBetween(decodeInterchange(head), /[\s+:'?]+/);
  if (message.format === "fhir") return wordsBetween(new TextDecoder().decode(head), /[\s"{}[\],\\]+/);
  const { text } = (charsetNamed(message.raw.charset) ?? windows1252).decode(head);
  return wordsBetween(text, /[\s|^~&\\]+/);
}

/** What somebody looks for: each is a word or how one begins; all must be there. Empty where nothing can be looked for. */
export function askedWords(text: string): readonly string[] {
  return [...wordsBetween(text, /\s+/)];
}

function wordsBetween(text: string, separators: RegExp): ReadonlySet<string> {
  const readable = text.split(separators).filter((part) => part.length <= limits.messageTextUnbrokenMax);
  const joined = readable.join(" ");
  const words = isAscii.test(joined)
    ? joined.toLowerCase().split(/[^a-z0-9]+/)
    : normaliseText(joined).split(/[^\p{L}\p{N}]+/u);
  return new Set(words.filter((word) => word.length >= 2));
}

/** Most messages are, and need not be taken apart by all of Unicode's rules. */
const isAscii = /^[\t-~]*$/;

export function hasEach(words: ReadonlySet<string>, asked: readonly string[]): boolean {
  return asked.every((beginning) => words.has(beginning) || [...words].some((word) => word.startsWith(beginning)));
}
