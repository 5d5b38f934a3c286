import { incorrect, type Problem, unsupported } from "#kernel";
import { ascii, type Charset, charsetNamed, utf8, utf16BigEndian, utf16LittleEndian, windows1252 } from "./charset.ts";
import { charsetNames } from "./header-bytes.ts";

export interface Decoding {
  readonly text: string;
  /** The set that was used, which is not always the one that MSH-18 names. */
  readonly charset: Charset;
  /** False when bytes that mean nothing in the set became U+FFFD. */
  readonly lossless: boolean;
  /** `charset-unlabelled`, `charset-unknown`, `charset-mismatch`, `charset-damaged`, `charset-switching`. */
  readonly problems: readonly Problem[];
}

/**
 * The text of a message by the character set it names in MSH-18. A wrong or missing name costs a problem, never text:
 * what cannot be what it says is read as UTF-8 when it is valid UTF-8, else as Windows-1252, which loses no byte.
 * Source: HL7 v2.5.1 §2.15.9.18, table 0211.
 */
export function decodeBytes(bytes: Uint8Array): Decoding {
  const marked = byteOrder(bytes);
  if (marked !== undefined) return { ...marked.decode(bytes), charset: marked, problems: [] };
  const names = charsetNames(bytes).filter((name) => name !== "");
  const [first] = names;
  if (first === undefined) return unlabelled(bytes);
  const charset = names.map(charsetNamed).find((named) => named?.switches) ?? charsetNamed(first);
  if (charset === undefined) {
    const message = "MSH-18 names a character set that is not known here.";
    return { ...guess(bytes), problems: [unsupported("charset-unknown", message, { where: "MSH-18" })] };
  }
  return labelled(bytes, charset, names);
}

function labelled(bytes: Uint8Array, charset: Charset, names: readonly string[]): Decoding {
  const decoded = charset.decode(bytes);
  const problems = charset.switches ? [] : switchingProblems(names);
  if (decoded.lossless) return { ...decoded, charset, problems };
  const isWrong = charset === ascii || (charset === utf8 && !hasForeignLetters(decoded.text));
  if (isWrong) {
    const message = `The bytes are not ${charset.name}, which MSH-18 names.`;
    return { ...guess(bytes), problems: [...problems, incorrect("charset-mismatch", message, { where: "MSH-18" })] };
  }
  const count = decoded.text.split("\uFFFD").length - 1;
  const message = `${count} characters are not readable as ${charset.name}, which MSH-18 names.`;
  return { ...decoded, charset, problems: [...problems, incorrect("charset-damaged", message, { where: "MSH-18" })] };
}

function unlabelled(bytes: Uint8Array): Decoding {
  const guessed = guess(bytes);
  if (guessed.charset === ascii) return { ...guessed, problems: [] };
  const message = `MSH-18 is empty, so only ASCII was expected; the text was read as ${guessed.charset.name}.`;
  return { ...guessed, problems: [incorrect("charset-unlabelled", message, { where: "MSH-18" })] };
}

function guess(bytes: Uint8Array): Omit<Decoding, "problems"> {
  const decoded = utf8.decode(bytes);
  if (!decoded.lossless) return { ...windows1252.decode(bytes), charset: windows1252 };
  return { ...decoded, charset: decoded.text.length === bytes.length ? ascii : utf8 };
}

/**
 * Text in UTF-8 that lost half a letter, say because a sender cut a field by bytes, still has whole ones.
 * Latin-1 taken for UTF-8 has none.
 */
function hasForeignLetters(text: string): boolean {
  return /[^\0-\x7f\uFFFD]/u.test(text);
}

/** A byte order mark, or the two first letters of a header in 16 bits, say more than MSH-18 can. */
function byteOrder(bytes: Uint8Array): Charset | undefined {
  const [first, second, third, fourth] = bytes;
  if (first === 0xfe && second === 0xff) return utf16BigEndian;
  if (first === 0xff && second === 0xfe) return utf16LittleEndian;
  if (first === 0 && second === 0x4d && third === 0 && fourth === 0x53) return utf16BigEndian;
  if (first === 0x4d && second === 0 && third === 0x53 && fourth === 0) return utf16LittleEndian;
  const isUtf8 = first === 0xef && second === 0xbb && third === 0xbf && utf8.decode(bytes).lossless;
  return isUtf8 ? utf8 : undefined;
}

/** Sets that switch by escape sequences are followed; a list of others is not. */
function switchingProblems(names: readonly string[]): Problem[] {
  if (names.length < 2) return [];
  const message = "Only the first character set of MSH-18 was used.";
  return [unsupported("charset-switching", message, { where: "MSH-18" })];
}
