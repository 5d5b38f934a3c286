import { type CharacterSets, type CodedSet, codedSets } from "./character-set.ts";

export interface DecodedText {
  readonly text: string;
  /** False when bytes that mean nothing in the set were read as if they were Windows-1252, or became U+FFFD. */
  readonly isExact: boolean;
}

type Decoder = InstanceType<typeof TextDecoder>;

const decoders = new Map<string, Decoder>();

/** Decoders keep no state between whole texts. */
function decoderOf(label: string, fatal: boolean): Decoder {
  const key = `${label} ${fatal}`;
  const known = decoders.get(key);
  if (known !== undefined) return known;
  const made = new TextDecoder(label, { fatal, ignoreBOM: true });
  decoders.set(key, made);
  return made;
}

const ESC = 0x1b;
const caret = 0x5e;
const equals = 0x3d;
const backslash = 0x5c;

/** Behind these a text is in its first sets again. Source: PS3.5 §6.1.2.5.3. */
function resets(byte: number, vr: string): boolean {
  if (byte === 0x0a || byte === 0x0c || byte === 0x0d || byte === 0x09 || byte === backslash) return true;
  return vr === "PN" && (byte === caret || byte === equals);
}

/** The text of a value in the sets of its data set. `vr` decides what switches back. */
export function decodeText(bytes: Uint8Array, sets: CharacterSets, vr: string): DecodedText {
  if (isAscii(bytes)) return { text: asciiText(bytes), isExact: true };
  if (sets.is === "whole") return decodeWhole(bytes, sets.label);
  if (!sets.switches && sets.g1 !== undefined && sets.g1.bytesEach === 1) return decodeWhole(bytes, sets.g1.label);
  if (!sets.switches && sets.g1 === undefined && !bytes.includes(ESC)) return decodeUndeclared(bytes);
  return decodeSwitching(bytes, sets, vr);
}

function isAscii(bytes: Uint8Array): boolean {
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] as number;
    if (byte >= 0x80 || byte === ESC) return false;
  }
  return true;
}

/** Most values are of a few bytes, for which calling a decoder takes longer than they do. */
const fewBytes = 64;

function asciiText(bytes: Uint8Array): string {
  if (bytes.length > fewBytes) return decoderOf("windows-1252", false).decode(bytes);
  return String.fromCharCode.apply(undefined, bytes as unknown as number[]);
}

function decodeWhole(bytes: Uint8Array, label: string): DecodedText {
  try {
    return { text: decoderOf(label, true).decode(bytes), isExact: true };
  } catch {
    return { text: decoderOf(label, false).decode(bytes), isExact: false };
  }
}

/** Bytes above 7F where no set was named: UTF-8 where it is that, else Western Europe, as most senders mean it. */
function decodeUndeclared(bytes: Uint8Array): DecodedText {
  const utf8 = decodeWhole(bytes, "utf-8");
  return { text: utf8.isExact ? utf8.text : decoderOf("windows-1252", false).decode(bytes), isExact: false };
}

type Coded = CharacterSets & { readonly is: "coded" };

/** Pieces that one decoder reads, gathered while the set stays. */
class Gathered {
  readonly bytes: number[] = [];
  text = "";
  isExact = true;
  #label = "";

  add(label: string, ...bytes: readonly number[]): void {
    if (label !== this.#label) this.flush();
    this.#label = label;
    this.bytes.push(...bytes);
  }

  flush(): void {
    if (this.bytes.length === 0) return;
    const decoded = decodeWhole(Uint8Array.from(this.bytes), this.#label);
    this.text += decoded.text;
    this.isExact &&= decoded.isExact;
    this.bytes.length = 0;
  }
}

/** Source: PS3.5 §6.1.2.5 (code extension by ISO/IEC 2022). */
function decodeSwitching(bytes: Uint8Array, sets: Coded, vr: string): DecodedText {
  const out = new Gathered();
  let { g0, g1 }: { g0: CodedSet; g1: CodedSet | undefined } = sets;
  let at = 0;
  while (at < bytes.length) {
    const byte = bytes[at] as number;
    const designated = byte === ESC ? designationAt(bytes, at + 1) : undefined;
    if (designated !== undefined) {
      if (designated.half === "G0") g0 = designated;
      else g1 = designated;
      at += 1 + designated.escape.length;
      continue;
    }
    if (g0.bytesEach === 1 && resets(byte, vr)) {
      ({ g0, g1 } = sets);
      out.add("windows-1252", byte);
      at += 1;
      continue;
    }
    at += addCharacter(out, bytes.subarray(at, at + 2), byte < 0x80 ? g0 : g1);
  }
  out.flush();
  return { text: out.text, isExact: out.isExact };
}

/** How many bytes the character had. */
function addCharacter(out: Gathered, [first = 0, second]: Uint8Array, set: CodedSet | undefined): number {
  if (set === undefined) {
    out.add("windows-1252", first);
    out.isExact = false;
    return 1;
  }
  // A control character stands for itself in every set.
  if (set.bytesEach === 1 || first < 0x21 || second === undefined) {
    out.add(set.label, first);
    return 1;
  }
  out.add(set.label, ...(set.lead === undefined ? [] : [set.lead]), first | 0x80, second | 0x80);
  return 2;
}

function designationAt(bytes: Uint8Array, at: number): CodedSet | undefined {
  const found = codedSets.find(({ escape: wanted }) =>
    Array.from(wanted).every((character, index) => bytes[at + index] === character.charCodeAt(0)),
  );
  // JIS X 0208 of 1978 has the same characters for all that names need.
  return found ?? (bytes[at] === 0x24 && bytes[at + 1] === 0x40 ? codedSets.find(({ ir }) => ir === 87) : undefined);
}
