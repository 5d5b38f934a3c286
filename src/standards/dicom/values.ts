import type { CharacterSets } from "./character-set.ts";
import type { DataElement } from "./element.ts";
import { type Tag, tagOf } from "./tag.ts";
import { decodeText } from "./text-decoding.ts";
import { vrNamed } from "./vr.ts";

export interface Texts {
  readonly values: readonly string[];
  /** False when bytes meant nothing in the character set. */
  readonly isExact: boolean;
}

export interface Numbers {
  readonly values: readonly number[];
  /** Values of IS and DS that are no numbers, and bytes that are no whole number. */
  readonly unreadable: number;
}

const noTexts: Texts = { values: [], isExact: true };

/**
 * The values of a text, without the blanks and NULs that pad them; leading blanks stay in texts of paragraphs. None for an
 * empty value, and for what is no text. An empty one among several is `""`.
 */
export function textsOf({ vr, content }: DataElement, sets: CharacterSets): Texts {
  const { content: made, isMultiple } = vrNamed(vr);
  if (content.is !== "bytes" || (made !== "text" && made !== "ascii") || content.bytes.length === 0) return noTexts;
  const { text, isExact } = decodeText(content.bytes, sets, vr);
  if (!isMultiple) return { values: [text.replace(/[ \0]+$/, "")], isExact };
  const values = text.split("\\").map((value) => trimmed(value, vr));
  return values.length === 1 && values[0] === "" ? { values: [], isExact } : { values, isExact };
}

function trimmed(value: string, vr: string): string {
  return vr === "PN" || vr === "UC" ? value.replace(/[ \0]+$/, "") : value.replace(/^ +|[ \0]+$/g, "");
}

/** The values of numbers, of IS and DS among them. Those of 64 bits lose what JavaScript's numbers cannot hold. */
export function numbersOf({ vr, content }: DataElement): Numbers {
  if (content.is !== "bytes") return { values: [], unreadable: 0 };
  const { bytes, isLittleEndian } = content;
  if (vr === "IS" || vr === "DS") return writtenNumbers(bytes);
  const { content: made, unitBytes } = vrNamed(vr);
  if (made !== "number") return { values: [], unreadable: 0 };
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const values: number[] = [];
  for (let at = 0; at + unitBytes <= bytes.length; at += unitBytes)
    values.push(numberAt(view, { at, vr, isLittleEndian }));
  return { values, unreadable: bytes.length % unitBytes === 0 ? 0 : 1 };
}

function writtenNumbers(bytes: Uint8Array): Numbers {
  const texts = String.fromCharCode(...bytes.subarray(0, 65_536)).split("\\");
  const written = texts.map((text) => text.replace(/^ +|[ \0]+$/g, "")).filter((text) => text !== "");
  const values = written.filter((text) => /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(text)).map(Number);
  return { values, unreadable: written.length - values.length };
}

interface NumberPlace {
  readonly at: number;
  readonly vr: string;
  readonly isLittleEndian: boolean;
}

function numberAt(view: DataView, { at, vr, isLittleEndian }: NumberPlace): number {
  switch (vr) {
    case "US":
      return view.getUint16(at, isLittleEndian);
    case "SS":
      return view.getInt16(at, isLittleEndian);
    case "UL":
      return view.getUint32(at, isLittleEndian);
    case "SL":
      return view.getInt32(at, isLittleEndian);
    case "FL":
      return view.getFloat32(at, isLittleEndian);
    case "FD":
      return view.getFloat64(at, isLittleEndian);
    case "SV":
      return Number(view.getBigInt64(at, isLittleEndian));
    default:
      return Number(view.getBigUint64(at, isLittleEndian));
  }
}

/** The tags that an AT names. */
export function tagsOf({ content }: DataElement): readonly Tag[] {
  if (content.is !== "bytes") return [];
  const { bytes, isLittleEndian } = content;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const found: Tag[] = [];
  for (let at = 0; at + 4 <= bytes.length; at += 4)
    found.push(tagOf(view.getUint16(at, isLittleEndian), view.getUint16(at + 2, isLittleEndian)));
  return found;
}
