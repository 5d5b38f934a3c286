import { readInterchange } from "./interchange.ts";
import { readSeparators, type Separators } from "./separators.ts";

interface Span {
  readonly tag: string;
  /** Its first character, line ends before it left out, and the one behind its terminator. */
  readonly start: number;
  readonly end: number;
}

/**
 * Each message of an interchange in an interchange of its own: UNA and UNB as they came, the bytes of the message as they
 * came, and a UNZ for one. In the order of `readInterchange(bytes).messages`, and as many; none where UNB is missing.
 */
export function messageExcerpts(bytes: Uint8Array): readonly Uint8Array[] {
  // One character a byte: the separators are ASCII in every character set of EDIFACT.
  const text = new TextDecoder("iso-8859-1").decode(bytes);
  const begin = text.length - text.trimStart().length;
  const { separators, start } = readSeparators(text.slice(begin));
  const spans = spansOf(text, begin + start, separators);
  const unb = spans.find(({ tag }) => tag === "UNB");
  if (unb === undefined) return [];
  const head = bytes.subarray(begin, unb.end);
  const tail = trailer(bytes, separators);
  return messageSpans(spans).map(({ start: from, end }) => joined([head, bytes.subarray(from, end), tail]));
}

function trailer(bytes: Uint8Array, { element, terminator, component, release }: Separators): Uint8Array {
  const reference = readInterchange(bytes).header?.controlReference ?? "";
  const special = [element, terminator, component, release].filter((each) => each !== "");
  const released = [...reference].map((each) => (special.includes(each) ? `${release}${each}` : each)).join("");
  return Uint8Array.from(`UNZ${element}1${element}${released}${terminator}`, (each) => each.charCodeAt(0) & 0xff);
}

function spansOf(text: string, from: number, { release, terminator }: Separators): readonly Span[] {
  const spans: Span[] = [];
  let start = from;
  for (let at = from; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (release !== "" && character === release) at += 1;
    else if (character === terminator) {
      const blank = text.slice(start, at).search(/\S/);
      const first = blank === -1 ? start : start + blank;
      spans.push({ tag: text.slice(first, first + 3), start: first, end: at + 1 });
      start = at + 1;
    }
  }
  return spans;
}

/** From UNH to UNT; a message without its UNT ends where the next starts, or the interchange does, as it is read. */
function messageSpans(spans: readonly Span[]): readonly Pick<Span, "start" | "end">[] {
  const found: { start: number; end: number }[] = [];
  let isOpen = false;
  for (const { tag, start, end } of spans) {
    if (tag === "UNH") {
      found.push({ start, end });
      isOpen = true;
    }
    if (tag === "UNZ" || tag === "UNE") isOpen = false;
    const last = found.at(-1);
    if (isOpen && last !== undefined) last.end = end;
    if (tag === "UNT") isOpen = false;
  }
  return found;
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
