import { incorrect, type Problem } from "#kernel";
import { eucFromIso2022 } from "./iso-2022.ts";

/** A character set of HL7 table 0211. */
export interface Charset {
  /** As MSH-18 has it: `8859/1`, `UNICODE UTF-8`. */
  readonly name: string;
  /** Set when escape sequences switch between several sets within the text. */
  readonly switches?: true;
  decode(bytes: Uint8Array): CharsetText;
  /** `character-not-in-charset` when the set has no byte for a character; it becomes `?`. */
  encode(text: string): CharsetBytes;
}

export interface CharsetText {
  readonly text: string;
  /** False when bytes that mean nothing in this set became U+FFFD. */
  readonly lossless: boolean;
}

export interface CharsetBytes {
  readonly bytes: Uint8Array;
  readonly problems: readonly Problem[];
}

export const ascii: Charset = {
  name: "ASCII",
  decode(bytes) {
    const { text, lossless } = utf8.decode(bytes);
    return { text, lossless: lossless && text.length === bytes.length };
  },
  encode: encodeWith("ASCII", asciiByte),
};

const utf8Encoder = new TextEncoder();

export const utf8: Charset = {
  name: "UNICODE UTF-8",
  decode: decodeAs("utf-8"),
  encode: (text) => ({ bytes: utf8Encoder.encode(text), problems: [] }),
};

/** Every byte has a character here, and every character its own byte, so nothing is lost by it. */
export const windows1252: Charset = singleByte("WINDOWS-1252", "windows-1252");

export const utf16BigEndian: Charset = utf16("utf-16be", false);
export const utf16LittleEndian: Charset = utf16("utf-16le", true);

/**
 * HL7 table 0211, in its order. The Web's decoders read `8859/1` as Windows-1252 and `8859/9` as Windows-1254: the
 * bytes 80 to 9F are then quotation marks and the euro sign, which is what senders mean by them, and never lost.
 * Absent because no decoder exists: CNS 11643-1992, UNICODE UTF-32, JAS2020.
 */
const table0211: readonly Charset[] = [
  ascii,
  singleByte("8859/1", "windows-1252"),
  ...[2, 3, 4, 5, 6, 7, 8].map((part) => singleByte(`8859/${part}`, `iso-8859-${part}`)),
  singleByte("8859/9", "windows-1254"),
  ...[10, 13, 14, 15].map((part) => singleByte(`8859/${part}`, `iso-8859-${part}`)),
  iso2022("ISO IR14"),
  iso2022("ISO IR87"),
  iso2022("ISO IR159"),
  multiByte("GB 18030-2000", "gb18030"),
  multiByte("KS X 1001", "euc-kr"),
  multiByte("BIG-5", "big5"),
  utf8,
  utf16BigEndian,
];

/** What senders write instead, letters and digits only. `UNICODE` alone is from 2.3 and in practice UTF-8. */
const aliases: Readonly<Record<string, Charset>> = {
  UNICODE: utf8,
  UTF8: utf8,
  ISOIR6: ascii,
  USASCII: ascii,
  WINDOWS1252: windows1252,
  CP1252: windows1252,
  ISOIR100: windows1252,
  LATIN1: windows1252,
  JISX0202: iso2022("JIS X 0202"),
  GB18030: multiByte("GB 18030-2000", "gb18030"),
  SHIFTJIS: multiByte("SHIFT_JIS", "shift_jis"),
  SJIS: multiByte("SHIFT_JIS", "shift_jis"),
  EUCJP: multiByte("EUC-JP", "euc-jp"),
};

const charsets: ReadonlyMap<string, Charset> = new Map([
  ...Object.entries(aliases),
  ...table0211.map((charset) => [plainName(charset.name), charset] as const),
]);

/** The set that a value of MSH-18 names, spelt as in table 0211 or nearly so; undefined when it is not known. */
export function charsetNamed(name: string): Charset | undefined {
  return charsets.get(plainName(name));
}

function plainName(name: string): string {
  const plain = name.toUpperCase().replace(/[^A-Z0-9]/g, "");
  return plain.replace(/^ISO8859/, "8859");
}

function singleByte(name: string, label: string): Charset {
  let byteOf: ReadonlyMap<string, number> | undefined;
  return {
    name,
    decode: decodeAs(label),
    encode: encodeWith(name, (character) => {
      byteOf ??= bytesByCharacter(label);
      return byteOf.get(character);
    }),
  };
}

/** Decoding is the Web's; encoding, which acknowledgements need, does ASCII only. */
function multiByte(name: string, label: string): Charset {
  return { name, decode: decodeAs(label), encode: encodeWith(name, asciiByte) };
}

function iso2022(name: string): Charset {
  const decode = decodeAs("euc-jp");
  const encode = encodeWith(name, asciiByte);
  return { name, switches: true, decode: (bytes) => decode(eucFromIso2022(bytes)), encode };
}

function utf16(label: string, littleEndian: boolean): Charset {
  return {
    name: "UNICODE UTF-16",
    decode: decodeAs(label),
    encode(text) {
      const view = new DataView(new ArrayBuffer(2 * text.length));
      for (let at = 0; at < text.length; at += 1) view.setUint16(2 * at, text.charCodeAt(at), littleEndian);
      return { bytes: new Uint8Array(view.buffer), problems: [] };
    },
  };
}

/** A byte order mark stays in the text, so that writing gives the same bytes. Decoders are made when first needed. */
function decodeAs(label: string): Charset["decode"] {
  let strict: InstanceType<typeof TextDecoder> | undefined;
  return (bytes) => {
    strict ??= new TextDecoder(label, { fatal: true, ignoreBOM: true });
    try {
      return { text: strict.decode(bytes), lossless: true };
    } catch {
      return { text: new TextDecoder(label, { ignoreBOM: true }).decode(bytes), lossless: false };
    }
  };
}

function encodeWith(name: string, byteOf: (character: string) => number | undefined): Charset["encode"] {
  return (text) => {
    const bytes = new Uint8Array(text.length);
    let length = 0;
    let missing = 0;
    for (const character of text) {
      const byte = byteOf(character);
      if (byte === undefined) missing += 1;
      bytes[length] = byte ?? 0x3f;
      length += 1;
    }
    const message = `${missing} characters cannot be written in ${name} and became question marks.`;
    return {
      bytes: bytes.subarray(0, length),
      problems: missing === 0 ? [] : [incorrect("character-not-in-charset", message, { where: "MSH-18" })],
    };
  };
}

function asciiByte(character: string): number | undefined {
  const code = character.codePointAt(0);
  return code !== undefined && code < 0x80 ? code : undefined;
}

function bytesByCharacter(label: string): ReadonlyMap<string, number> {
  const decoder = new TextDecoder(label);
  const bytes = Array.from({ length: 256 }, (_, byte) => byte);
  return new Map(bytes.map((byte) => [decoder.decode(Uint8Array.of(byte)), byte]));
}
