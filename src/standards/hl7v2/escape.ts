import { incorrect, limits, type Problem, unsupported } from "#kernel";
import { windows1252 } from "./charset.ts";
import type { Delimiters, Encoding } from "./delimiters.ts";
import { type JisSet, jisSets, jisText } from "./escape-jis.ts";
import { addProblem } from "./problem-list.ts";

export interface UnescapedText {
  readonly text: string;
  /**
   * `escape-unknown`: an escape character that starts nothing known, kept as sent.
   * `escape-unsupported`: a local escape, or another character set, kept as sent.
   */
  readonly problems: readonly Problem[];
}

/**
 * The text that a value stands for. Formatting becomes line breaks and blanks, so that a report laid out in fixed
 * width stays so; highlighting goes. What is not known stays as sent, so a lone backslash in a text costs nothing.
 *
 * | escape                      | text                                                      |
 * |-----------------------------|-----------------------------------------------------------|
 * | `\F\ \S\ \T\ \R\ \E\ \P\`   | the delimiter that this message has                       |
 * | `\Xdd…\`                    | the bytes, in the character set of the message            |
 * | `\.br\ \.ce\`               | a new line                                                |
 * | `\.sp n\`                   | n new lines, 1 without n                                  |
 * | `\.in n\`                   | lines from here on start with n blanks                    |
 * | `\.ti n\`                   | this line starts with n more                              |
 * | `\.sk n\`                   | n blanks                                                  |
 * | `\H\ \N\ \.fi\ \.nf\`       | nothing                                                   |
 * | `\Cxxyy\ \Mxxyyzz\`         | what follows is in a Japanese set; other sets: as sent    |
 * | `\Z…\`                      | as sent                                                   |
 *
 * Source: HL7 v2.5.1 §2.7; v2.7 §2.7 for `\P\`.
 */
export function unescapeText(raw: string, encoding: Encoding, where?: string): UnescapedText {
  const { escape: mark } = encoding.delimiters;
  if (mark === "" || !raw.includes(mark)) return { text: raw, problems: [] };
  const draft: Draft = { encoding, where, text: "", indent: 0, jis: undefined, problems: [] };
  let at = 0;
  let open = raw.indexOf(mark);
  while (open !== -1) {
    write(draft, raw.slice(at, open));
    const close = raw.indexOf(mark, open + 1);
    const isSequence = close !== -1 && writeSequence(draft, raw.slice(open + 1, close));
    if (!isSequence) writeLoneEscape(draft);
    at = isSequence ? close + 1 : open + 1;
    open = raw.indexOf(mark, at);
  }
  write(draft, raw.slice(at));
  return { text: draft.text, problems: draft.problems };
}

/**
 * Text as the value of a field. Delimiters and control characters become escapes, a line end becomes `\.br\`. Without
 * an escape character, which a message need not declare, they become blanks.
 */
export function escapeText(text: string, delimiters: Delimiters): string {
  // Where the escape character is a dot, `.br` would end before it began.
  const newLine = delimiters.escape === "." ? "X0A" : ".br";
  const sequences = new Map([
    ["\r\n", newLine],
    ["\n", newLine],
    ["\r", newLine],
    ...letters.map(([letter, delimiter]) => [delimiters[delimiter], letter] as const),
  ]);
  sequences.delete("");
  const { escape: mark } = delimiters;
  return text.replace(/\r\n|[^A-Za-z0-9 ]/g, (part) => {
    const sequence = sequences.get(part) ?? (isControl(part) ? `X${hex(part.charCodeAt(0))}` : undefined);
    if (sequence === undefined) return part;
    return mark === "" ? " " : `${mark}${sequence}${mark}`;
  });
}

const letters: readonly (readonly [string, keyof Delimiters])[] = [
  ["F", "field"],
  ["S", "component"],
  ["T", "subcomponent"],
  ["R", "repetition"],
  ["E", "escape"],
  ["P", "truncation"],
];

/** A text while it is being made. */
interface Draft {
  readonly encoding: Encoding;
  readonly where: string | undefined;
  text: string;
  /** Blanks at the start of each new line. */
  indent: number;
  /** The set of JIS that `\M…\` has switched to. */
  jis: JisSet | undefined;
  readonly problems: Problem[];
}

function write(draft: Draft, text: string): void {
  draft.text += draft.jis === undefined ? text : jisText(draft.jis, text);
}

/** Whether the body between two escape characters is a sequence; if so it has been written. */
function writeSequence(draft: Draft, body: string): boolean {
  const delimiter = body.length === 1 ? letters.find(([letter]) => letter === body) : undefined;
  if (delimiter !== undefined) {
    // A message that declares no truncation character means the usual one.
    draft.text += draft.encoding.delimiters[delimiter[1]] || "#";
    return true;
  }
  switch (body.charAt(0)) {
    case "H":
    case "N":
      return body.length === 1;
    case "X":
      return writeHex(draft, body.slice(1));
    case ".":
      return writeFormatting(draft, body.slice(1));
    case "C":
    case "M":
      return switchSet(draft, body);
    case "Z":
      keepUnsupported(draft, body);
      return true;
    default:
      return false;
  }
}

function writeHex(draft: Draft, digits: string): boolean {
  if (!/^(?:[0-9A-Fa-f]{2})+$/.test(digits)) return false;
  const bytes = new Uint8Array(digits.length / 2);
  for (let at = 0; at < bytes.length; at += 1) bytes[at] = Number.parseInt(digits.slice(2 * at, 2 * at + 2), 16);
  const decoded = draft.encoding.charset.decode(bytes);
  draft.text += decoded.lossless ? decoded.text : windows1252.decode(bytes).text;
  return true;
}

/** `\.in+4\`, `\.sp 3\`, `\.br\`. */
function writeFormatting(draft: Draft, command: string): boolean {
  const match = /^([a-z]{2}) ?([+-]?)(\d{0,4})$/i.exec(command);
  const count = Number(match?.[3] || "1");
  if (match === null || count > limits.hl7FormattingCountMax) return false;
  const isAtLineStart = draft.text === "" || draft.text.endsWith("\n");
  switch (match[1]?.toLowerCase()) {
    case "br":
    case "ce":
      newLines(draft, 1);
      return true;
    case "sp":
      newLines(draft, count);
      return true;
    case "sk":
      draft.text += " ".repeat(count);
      return true;
    case "in":
      draft.indent = match[2] === "-" ? 0 : count;
      if (isAtLineStart) draft.text += " ".repeat(draft.indent);
      return true;
    case "ti":
      if (match[2] !== "-") draft.text += " ".repeat(count);
      return true;
    case "fi":
    case "nf":
      return true;
    default:
      return false;
  }
}

function newLines(draft: Draft, count: number): void {
  draft.text += "\n".repeat(count) + " ".repeat(draft.indent);
}

/** Source: HL7 v2.5.1 §2.7.2; the bytes are those of ISO 2022 designations. */
function switchSet(draft: Draft, body: string): boolean {
  if (!/^(?:C[0-9A-F]{4}|M[0-9A-F]{4}(?:[0-9A-F]{2})?)$/.test(body)) return false;
  const isReturn = body === "C2842" || body === "C284A";
  if (isReturn || jisSets.has(body)) draft.jis = jisSets.get(body);
  else keepUnsupported(draft, body);
  return true;
}

function keepUnsupported(draft: Draft, body: string): void {
  const { escape: mark } = draft.encoding.delimiters;
  draft.text += `${mark}${body}${mark}`;
  const message = "A local escape, or one to another character set, was kept as sent.";
  addProblem(draft.problems, unsupported("escape-unsupported", message, positioned(draft)));
}

function writeLoneEscape(draft: Draft): void {
  draft.text += draft.encoding.delimiters.escape;
  const message = "An escape character that starts no known escape was kept as sent.";
  addProblem(draft.problems, incorrect("escape-unknown", message, positioned(draft)));
}

function positioned({ where }: Draft): Pick<Problem, "where"> {
  return where === undefined ? {} : { where };
}

function isControl(character: string): boolean {
  return character < " " || character === "\x7f";
}

function hex(code: number): string {
  return code.toString(16).toUpperCase().padStart(2, "0");
}
