/**
 * Japanese text under ISO 2022 switches between character sets by escape sequences, and each byte of a set may look
 * like a delimiter. EUC-JP holds the same sets without switching, and every browser decodes it.
 *
 * | escape       | set                            | a character in EUC-JP        |
 * |--------------|--------------------------------|------------------------------|
 * | ESC ( B      | ISO IR6, ASCII                 | the byte                     |
 * | ESC ( J      | ISO IR14, JIS X 0201 Roman     | the byte                     |
 * | ESC ( I, ) I | ISO IR13, JIS X 0201 Katakana  | 8E, the byte with its top bit |
 * | ESC $ @, $ B | ISO IR87, JIS X 0208           | both bytes with the top bit  |
 * | ESC $ ( D    | ISO IR159, JIS X 0212          | 8F, both with the top bit    |
 *
 * A byte from A1 to DF outside these is katakana of the 8-bit ISO IR14. A line end goes back to ASCII.
 * Source: HL7 v2.5.1 §2.15.9.18 (MSH-18), ISO/IEC 2022, RFC 1468 and RFC 1554.
 */
export function eucFromIso2022(bytes: Uint8Array): Uint8Array {
  const euc = new Uint8Array(2 * bytes.length);
  let length = 0;
  let set: CharacterSet = "ascii";
  let at = 0;
  while (at < bytes.length) {
    const designation = designationAt(bytes, at);
    if (designation !== undefined) {
      set = designation.set;
      at += designation.sequence.length;
      continue;
    }
    if (bytes[at] === 0x0d || bytes[at] === 0x0a) set = "ascii";
    const character = eucCharacter(set, bytes.subarray(at, at + 2));
    euc.set(character.euc, length);
    length += character.euc.length;
    at += character.read;
  }
  return euc.subarray(0, length);
}

type CharacterSet = "ascii" | "katakana" | "jis-x-0208" | "jis-x-0212";

interface Designation {
  readonly sequence: readonly number[];
  readonly set: CharacterSet;
}

const designations: readonly Designation[] = [
  { sequence: escapeSequence("(B"), set: "ascii" },
  { sequence: escapeSequence("(J"), set: "ascii" },
  { sequence: escapeSequence("(I"), set: "katakana" },
  { sequence: escapeSequence(")I"), set: "katakana" },
  { sequence: escapeSequence("$@"), set: "jis-x-0208" },
  { sequence: escapeSequence("$B"), set: "jis-x-0208" },
  { sequence: escapeSequence("$(D"), set: "jis-x-0212" },
];

function escapeSequence(characters: string): number[] {
  return [0x1b, ...Array.from(characters, (character) => character.charCodeAt(0))];
}

function designationAt(bytes: Uint8Array, at: number): Designation | undefined {
  if (bytes[at] !== 0x1b) return undefined;
  return designations.find(({ sequence }) => sequence.every((byte, index) => bytes[at + index] === byte));
}

/** The character that starts here, and how many bytes it took. */
function eucCharacter(
  set: CharacterSet,
  bytes: Uint8Array,
): { readonly euc: readonly number[]; readonly read: number } {
  const [first = 0, second = 0] = bytes;
  if (first >= 0xa1 && first <= 0xdf) return { euc: [0x8e, first], read: 1 };
  if (!isPrintable(first) || set === "ascii") return { euc: [first], read: 1 };
  if (set === "katakana") return { euc: [0x8e, first | 0x80], read: 1 };
  // Half a character before a line end must not take the line end with it.
  if (!isPrintable(second)) return { euc: [first | 0x80], read: 1 };
  const pair = [first | 0x80, second | 0x80];
  return { euc: set === "jis-x-0212" ? [0x8f, ...pair] : pair, read: 2 };
}

function isPrintable(byte: number): boolean {
  return byte > 0x20 && byte < 0x7f;
}
