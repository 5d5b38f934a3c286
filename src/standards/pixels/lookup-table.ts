import type { DataElement, DataSet } from "#standards/dicom";
import type { LookupTable } from "./display.ts";

/** What a table says of itself: how many entries, for which value the first one is, and of how many bits. */
export interface TableDescriptor {
  readonly entries: number;
  readonly first: number;
  readonly bits: number;
}

/**
 * The descriptor under a keyword; undefined when it is absent or not of three values. The first value is read without a sign
 * whatever its VR, zero standing for 65,536; the second with that of the pixels. Source: PS3.3 §C.11.1.1, §C.7.6.3.1.5.
 */
export function tableDescriptor(dataSet: DataSet, keyword: string, isSigned: boolean): TableDescriptor | undefined {
  const values = dataSet.numbers(keyword);
  const [entries, first, bits] = values;
  if (entries === undefined || first === undefined || bits === undefined) return undefined;
  return { entries: entries & 0xffff || 65_536, first: isSigned ? (first << 16) >> 16 : first & 0xffff, bits };
}

/**
 * Words of 16 bits as they stand, whether the header calls them US, SS, OW or UN. Of 8 bits two may share a word.
 * Source: PS3.3 §C.7.6.3.1.6.
 */
export function tableEntries(element: DataElement, { entries, bits }: TableDescriptor): Uint16Array {
  const { content } = element;
  if (content.is !== "bytes") return new Uint16Array(0);
  const { bytes, isLittleEndian } = content;
  if (bits <= 8 && bytes.length < entries * 2) return Uint16Array.from(bytes.subarray(0, entries));
  return words(bytes, isLittleEndian).subarray(0, entries);
}

export function words(bytes: Uint8Array, isLittleEndian: boolean): Uint16Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const made = new Uint16Array(bytes.length >> 1);
  for (let at = 0; at < made.length; at += 1) made[at] = view.getUint16(at * 2, isLittleEndian);
  return made;
}

/** The tables in a Modality or VOI LUT sequence; items without entries are left out. */
export function lookupTables(items: readonly DataSet[], isSigned: boolean): readonly LookupTable[] {
  return items.flatMap((item) => {
    const descriptor = tableDescriptor(item, "LUTDescriptor", isSigned);
    const data = item.get("LUTData");
    if (descriptor === undefined || data === undefined) return [];
    const entries = tableEntries(data, descriptor);
    const explanation = item.text("LUTExplanation");
    if (entries.length === 0) return [];
    const bits = bitsOfEntries(entries, descriptor.bits);
    return [{ first: descriptor.first, entries, bits, ...(explanation === undefined ? {} : { explanation }) }];
  });
}

/** What the entries need, where they are larger than the descriptor says. */
function bitsOfEntries(entries: Uint16Array, told: number): number {
  let highest = 0;
  for (const entry of entries) highest = Math.max(highest, entry);
  return Math.max(Math.min(told, 16), 32 - Math.clz32(highest), 1);
}

/** The entry for a value; values outside take the first or the last. */
export function entryFor({ first, entries }: LookupTable, value: number): number {
  const at = Math.min(Math.max(Math.round(value) - first, 0), entries.length - 1);
  return entries[at] ?? 0;
}
