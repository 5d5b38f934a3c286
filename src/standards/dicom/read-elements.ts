import { limits } from "#kernel";
import type { CharacterSets } from "./character-set.ts";
import { DataSet, ownCharacterSets } from "./data-set.ts";
import type { Content, DataElement, Item } from "./element.ts";
import { type ElementHeader, headerAt, undefinedLength } from "./element-header.ts";
import type { Form, Source } from "./source.ts";
import { type Tag, tags } from "./tag.ts";

export interface Reading {
  readonly source: Source;
  readonly form: Form;
  /** Those of the data set around it. */
  readonly characterSets: CharacterSets;
}

export interface Extent {
  /** Where the bytes of this data set end at the latest. */
  readonly end: number;
  /** Whether an item delimiter ends it. */
  readonly isDelimited: boolean;
  /** The first tag that is not read any more. */
  readonly until?: Tag | undefined;
  /** The only group that is read. */
  readonly group?: number | undefined;
}

/**
 * The elements from here on, values as views of the bytes. Leaves `source.at` behind them. Problems: `value-truncated`,
 * `header-truncated`, `elements-too-many`, `delimiter-misplaced`, `delimiter-missing`, `tags-out-of-order`, and those of
 * headers and sequences. Source: PS3.5 §7.1, §7.5.
 */
export function readElements(reading: Reading, extent: Extent): readonly DataElement[] {
  const { source, form } = reading;
  const elements: DataElement[] = [];
  let sets: CharacterSets | undefined;
  let isSigned = false;
  let last = -1;
  while (source.at < extent.end && !source.isOver) {
    if (isStop(source, form, extent)) return elements;
    const header = headerAt(source, form, { end: extent.end, isSigned });
    if (header === undefined) return ended(source, elements, extent);
    const { tag } = header;
    if (tag === tags.itemEnd || tag === tags.sequenceEnd) return delimited(source, elements, { tag, extent });
    source.elementsLeft -= 1;
    if (source.elementsLeft < 0) return over(source, elements, tag);
    if (tag <= last) source.note("tags-out-of-order", "The tags do not rise.", tag);
    last = tag;
    if (tag > tags.characterSet) sets ??= ownCharacterSets(elements) ?? reading.characterSets;
    const content = readContent({ ...reading, characterSets: sets ?? reading.characterSets }, header, extent.end);
    if (content === undefined) return elements;
    elements.push({ tag, vr: header.vr, content });
    if (tag === tags.pixelRepresentation) isSigned = content.is === "bytes" && content.bytes.includes(1);
  }
  if (extent.isDelimited && !source.isOver) source.note("delimiter-missing", "The item has no end.");
  return elements;
}

/** Looks at the next tag alone: what comes behind it may be written in another way. */
function isStop(source: Source, form: Form, { end, until, group }: Extent): boolean {
  if ((until === undefined && group === undefined) || source.at + 8 > end) return false;
  const tag = source.tagAt(source.at, form);
  return (until !== undefined && tag >= until) || (group !== undefined && tag >>> 16 !== group);
}

function ended(source: Source, elements: readonly DataElement[], { end }: Extent): readonly DataElement[] {
  // Zeros behind the last element are padding of the medium.
  if (source.bytes.subarray(source.at, end).some((byte) => byte !== 0)) {
    source.note("header-truncated", "The bytes end, or make no sense, within the header of an element.");
    source.isOver = true;
  }
  return elements;
}

function delimited(
  source: Source,
  elements: readonly DataElement[],
  { tag, extent }: { tag: Tag; extent: Extent },
): readonly DataElement[] {
  if (extent.isDelimited && tag === tags.itemEnd) source.at += 8;
  // The end of the sequence ends its item too, and is read again by the sequence.
  else if (extent.isDelimited) source.note("delimiter-missing", "The item has no end before that of its sequence.");
  else {
    source.note("delimiter-misplaced", "A delimiter stands where nothing is open.", tag);
    source.isOver = true;
  }
  return elements;
}

function over(source: Source, elements: readonly DataElement[], tag: Tag): readonly DataElement[] {
  source.note("elements-too-many", `There are more than ${limits.dicomElementsMax} elements.`, tag);
  source.isOver = true;
  return elements;
}

function readContent(reading: Reading, header: ElementHeader, end: number): Content | undefined {
  const { source, form } = reading;
  const { tag, vr, length, valueAt } = header;
  source.at = valueAt;
  if (length === undefinedLength) {
    const isPixels = (vr === "OB" || vr === "OW") && tag === tags.pixelData;
    if (isPixels) return readFragments(source, { form, end, tag });
    // Nobody knew the VR, so that those who wrote it could not write VRs within. Source: PS3.5 §6.2.2.
    const inner = vr === "UN" && form.isExplicit ? { isExplicit: false, isLittleEndian: true } : form;
    return readSequence({ ...reading, form: inner }, { tag, end, isUndefinedLength: true });
  }
  const valueEnd = valueAt + length;
  if (vr === "SQ" && valueEnd <= end) {
    const sequence = readSequence(reading, { tag, end: valueEnd, isUndefinedLength: false });
    if (sequence !== undefined) return sequence;
  }
  if (valueEnd > end) {
    source.note("value-truncated", `The value has ${end - valueAt} of its ${length} bytes.`, tag);
    source.isOver = true;
  }
  source.at = Math.min(valueEnd, end);
  const bytes = source.bytes.subarray(valueAt, source.at);
  return { is: "bytes", bytes, isLittleEndian: form.isLittleEndian };
}

interface Sequence {
  readonly tag: Tag;
  readonly end: number;
  readonly isUndefinedLength: boolean;
}

/** Undefined where a sequence of known length holds no items, or is too deep: its bytes are kept as they are. */
function readSequence(reading: Reading, { tag, end, isUndefinedLength }: Sequence): Content | undefined {
  const { source, form } = reading;
  if (source.depth >= limits.dicomNestingMax) {
    source.note("nesting-too-deep", `Sequences are nested more than ${limits.dicomNestingMax} deep.`, tag);
    source.isOver ||= isUndefinedLength;
    return isUndefinedLength ? { is: "items", items: [], isUndefinedLength } : undefined;
  }
  const items: Item[] = [];
  source.enter(tag);
  let isSound = true;
  while (source.at < end && isSound && !source.isOver) {
    const next = source.at + 8 <= end ? source.tagAt(source.at, form) : undefined;
    if (next === tags.sequenceEnd && isUndefinedLength) break;
    isSound = next === tags.item;
    if (!isSound) continue;
    source.item(tag, items.length + 1);
    items.push(readItem(reading, end));
  }
  source.leave();
  if (!isSound) source.note("item-expected", "Something stands where an item was expected.", tag);
  if (!isUndefinedLength) return isSound ? { is: "items", items, isUndefinedLength } : undefined;
  if (isSound && source.at < end && !source.isOver) source.at += 8;
  else if (!source.isOver) {
    if (isSound) source.note("delimiter-missing", "The sequence has no end.", tag);
    source.isOver = true;
  }
  return { is: "items", items, isUndefinedLength };
}

function readItem(reading: Reading, end: number): Item {
  const { source, form, characterSets } = reading;
  const length = source.uint32At(source.at + 4, form);
  source.at += 8;
  const isUndefinedLength = length === undefinedLength;
  const itemEnd = isUndefinedLength ? end : source.at + length;
  if (itemEnd > end) source.note("value-truncated", "The item is longer than what is left.");
  const elements = readElements(reading, { end: Math.min(itemEnd, end), isDelimited: isUndefinedLength });
  return { dataSet: new DataSet(elements, characterSets), isUndefinedLength };
}

interface Pixels {
  readonly form: Form;
  readonly end: number;
  readonly tag: Tag;
}

/** Without a look at what is in them. */
function readFragments(source: Source, { form, end, tag }: Pixels): Content {
  const fragments: Uint8Array[] = [];
  while (source.at + 8 <= end) {
    const next = source.tagAt(source.at, form);
    const length = source.uint32At(source.at + 4, form);
    source.at += 8;
    if (next === tags.sequenceEnd) return { is: "fragments", fragments };
    if (next !== tags.item || source.at + length > end) {
      source.note("fragment-truncated", "A fragment is not whole, or something else stands in its place.", tag);
      source.isOver = true;
      return { is: "fragments", fragments };
    }
    fragments.push(source.bytes.subarray(source.at, source.at + length));
    source.at += length;
  }
  source.note("delimiter-missing", "The pixel data have no end.", tag);
  source.isOver = true;
  return { is: "fragments", fragments };
}
