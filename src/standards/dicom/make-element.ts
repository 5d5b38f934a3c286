import { type CharacterSets, unicodeCharacterSets } from "./character-set.ts";
import type { DataSet } from "./data-set.ts";
import { attributeOf, tagNamed } from "./dictionary.ts";
import type { DataElement } from "./element.ts";
import { parseTag, type Tag } from "./tag.ts";
import { encodeText } from "./text-encoding.ts";
import { vrNamed } from "./vr.ts";

export interface MakeOptions {
  /** Otherwise the dictionary's; needed for private elements and where the dictionary knows several. */
  readonly vr?: string;
  /** Those of the data set it goes into; UTF-8 when absent. */
  readonly characterSets?: CharacterSets;
}

export type MadeFrom = readonly (string | number)[] | Uint8Array | readonly DataSet[];

/**
 * An element from a tag, keyword or `(gggg,eeee)` and its values, little endian and padded to an even length. Undefined for an
 * unknown keyword, and where the character set cannot hold a text.
 */
export function makeElement(which: Tag | string, values: MadeFrom, options: MakeOptions = {}): DataElement | undefined {
  const tag = typeof which === "number" ? which : (parseTag(which) ?? tagNamed(which));
  if (tag === undefined) return undefined;
  const vr = options.vr ?? attributeOf(tag)?.vr.split("/").at(-1) ?? "UN";
  if (values instanceof Uint8Array) return { tag, vr, content: bytesContent(values, vr) };
  const row = vrNamed(vr);
  if (row.content === "sequence") {
    const items = (values as readonly DataSet[]).map((dataSet) => ({ dataSet, isUndefinedLength: false }));
    return { tag, vr, content: { is: "items", items, isUndefinedLength: false } };
  }
  const plain = values as readonly (string | number)[];
  if (row.content === "number" || row.content === "tag")
    return { tag, vr, content: bytesContent(numberBytes(plain, vr), vr) };
  const bytes = encodeText(
    plain.join("\\"),
    row.content === "text" ? (options.characterSets ?? unicodeCharacterSets) : unicodeCharacterSets,
  );
  return bytes === undefined ? undefined : { tag, vr, content: bytesContent(bytes, vr) };
}

function bytesContent(bytes: Uint8Array, vr: string): DataElement["content"] {
  const even = new Uint8Array(bytes.length + (bytes.length % 2));
  even.fill(vrNamed(vr).padding);
  even.set(bytes);
  return { is: "bytes", bytes: even, isLittleEndian: true };
}

function numberBytes(values: readonly (string | number)[], vr: string): Uint8Array {
  const unitBytes = vr === "AT" ? 4 : vrNamed(vr).unitBytes;
  const bytes = new Uint8Array(values.length * unitBytes);
  const view = new DataView(bytes.buffer);
  for (const [index, value] of values.entries()) setNumber(view, { at: index * unitBytes, vr, value: Number(value) });
  return bytes;
}

function setNumber(view: DataView, { at, vr, value }: { at: number; vr: string; value: number }): void {
  switch (vr) {
    case "AT":
      view.setUint16(at, value >>> 16, true);
      view.setUint16(at + 2, value & 0xffff, true);
      return;
    case "US":
    case "SS":
      view.setUint16(at, value, true);
      return;
    case "FL":
      view.setFloat32(at, value, true);
      return;
    case "FD":
      view.setFloat64(at, value, true);
      return;
    case "SV":
    case "UV":
      view.setBigInt64(at, BigInt(Math.trunc(value)), true);
      return;
    default:
      view.setUint32(at, value, true);
  }
}
