import type { DataElement, DataSet } from "#standards/dicom";
import type { Palette } from "./display.ts";
import { type TableDescriptor, tableDescriptor, tableEntries, words } from "./lookup-table.ts";

const colours = ["Red", "Green", "Blue"] as const;

/** The palette of a data set, segmented or not; undefined when one of its three parts is absent. Source: PS3.3 §C.7.6.3, §C.7.9. */
export function paletteOf(dataSet: DataSet, isSigned: boolean): Palette | undefined {
  const [red, green, blue] = colours.map((colour) => channel(dataSet, colour, isSigned));
  if (red === undefined || green === undefined || blue === undefined) return undefined;
  return { first: red.first, red: red.entries, green: green.entries, blue: blue.entries };
}

function channel(dataSet: DataSet, colour: string, isSigned: boolean) {
  const descriptor = tableDescriptor(dataSet, `${colour}PaletteColorLookupTableDescriptor`, isSigned);
  if (descriptor === undefined) return undefined;
  const plain = dataSet.get(`${colour}PaletteColorLookupTableData`);
  const segmented = dataSet.get(`Segmented${colour}PaletteColorLookupTableData`);
  const element = isFilled(plain) ? plain : segmented;
  if (!isFilled(element)) return undefined;
  const entries = element === plain ? tableEntries(element, descriptor) : unfolded(element, descriptor);
  return entries.length === 0 ? undefined : { first: descriptor.first, entries: toBytes(entries, descriptor) };
}

function isFilled(element: DataElement | undefined): element is DataElement {
  return element?.content.is === "bytes" && element.content.bytes.length > 0;
}

/** Of 16 bits the upper eight are shown. Makers that say 16 and mean 8 are known by their entries. */
function toBytes(entries: Uint16Array, { bits }: TableDescriptor): Uint8Array {
  const isWide = bits > 8 && entries.some((entry) => entry > 0xff);
  return Uint8Array.from(entries, (entry) => (isWide ? entry >> 8 : Math.min(entry, 0xff)));
}

/** Discrete, linear and indirect segments, in words of 16 bits or bytes. Source: PS3.3 §C.7.9.2. */
function unfolded(element: DataElement, descriptor: TableDescriptor): Uint16Array {
  if (element.content.is !== "bytes") return new Uint16Array(0);
  const { bytes, isLittleEndian } = element.content;
  const codes = descriptor.bits > 8 ? words(bytes, isLittleEndian) : Uint16Array.from(bytes);
  const made = { entries: new Uint16Array(descriptor.entries), count: 0 };
  for (let at = 0; at < codes.length && made.count < made.entries.length; )
    at = segment({ codes, at, isWide: descriptor.bits > 8 }, made);
  return made.entries.subarray(0, made.count);
}

interface Made {
  readonly entries: Uint16Array;
  count: number;
}

interface Place {
  readonly codes: Uint16Array;
  readonly at: number;
  readonly isWide: boolean;
}

/** Adds what one segment stands for; answers where the next one begins. One that makes no sense ends the table. */
function segment({ codes, at, isWide }: Place, made: Made): number {
  const [kind = -1, length = 0] = codes.subarray(at, at + 2);
  switch (kind) {
    case 0:
      put(made, codes.subarray(at + 2, at + 2 + length));
      return at + 2 + length;
    case 1:
      put(made, ramp(made.entries[made.count - 1] ?? 0, codes[at + 2] ?? 0, length));
      return at + 3;
    case 2: {
      const offset = isWide
        ? (codes[at + 2] ?? 0) + (codes[at + 3] ?? 0) * 0x1_0000
        : [2, 3, 4, 5].reduce((sum, step) => sum + (codes[at + step] ?? 0) * 256 ** (step - 2), 0);
      repeat({ codes, at: isWide ? offset / 2 : offset, isWide }, length, made);
      return at + (isWide ? 4 : 6);
    }
    default:
      return codes.length;
  }
}

/** Copies of segments are of the first two kinds alone, so that none leads to itself. */
function repeat(from: Place, segments: number, made: Made): void {
  let at = Math.trunc(from.at);
  for (let count = 0; count < segments && made.count < made.entries.length; count += 1) {
    if ((from.codes[at] ?? 2) > 1) return;
    at = segment({ ...from, at }, made);
  }
}

function ramp(from: number, to: number, length: number): Uint16Array {
  return Uint16Array.from({ length }, (_, step) => Math.round(from + ((to - from) * (step + 1)) / length));
}

function put(made: Made, entries: Uint16Array): void {
  const fitting = entries.subarray(0, made.entries.length - made.count);
  made.entries.set(fitting, made.count);
  made.count += fitting.length;
}
