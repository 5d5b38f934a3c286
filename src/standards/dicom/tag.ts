/** A tag as one number of 32 bits: group, then element. Data sets are in its order. Source: PS3.5 §7.1. */
export type Tag = number;

export function tagOf(group: number, element: number): Tag {
  return ((group << 16) | element) >>> 0;
}

export function groupOf(tag: Tag): number {
  return tag >>> 16;
}

export function elementOf(tag: Tag): number {
  return tag & 0xffff;
}

/** `0020000D`, as DICOM JSON has it. */
export function tagKey(tag: Tag): string {
  return tag.toString(16).toUpperCase().padStart(8, "0");
}

/** `(0020,000D)` */
export function tagText(tag: Tag): string {
  const key = tagKey(tag);
  return `(${key.slice(0, 4)},${key.slice(4)})`;
}

/** Reads `(0020,000D)`, `0020,000d` and `0020000D`; undefined for anything else. */
export function parseTag(text: string): Tag | undefined {
  const match = /^\(?([0-9A-Fa-f]{4}),?([0-9A-Fa-f]{4})\)?$/.exec(text.trim());
  return match === null ? undefined : Number.parseInt(`${match[1]}${match[2]}`, 16);
}

/** Of an odd group. Source: PS3.5 §7.8. */
export function isPrivate(tag: Tag): boolean {
  return (tag & 0x10000) !== 0;
}

/** (gggg,0010) to (gggg,00FF) of an odd group: who reserved a block of it. Source: PS3.5 §7.8.1. */
export function isPrivateCreator(tag: Tag): boolean {
  const element = elementOf(tag);
  return isPrivate(tag) && element >= 0x10 && element <= 0xff;
}

/** The tag that names the creator of a private element; undefined for one outside any block. */
export function creatorOf(tag: Tag): Tag | undefined {
  const block = elementOf(tag) >>> 8;
  return isPrivate(tag) && block >= 0x10 ? tagOf(groupOf(tag), block) : undefined;
}

export function isGroupLength(tag: Tag): boolean {
  return elementOf(tag) === 0;
}

/** The tags that the codec itself looks at. */
export const tags = {
  metaLength: 0x0002_0000,
  transferSyntax: 0x0002_0010,
  characterSet: 0x0008_0005,
  sopClass: 0x0008_0016,
  sopInstance: 0x0008_0018,
  pixelRepresentation: 0x0028_0103,
  dataSetTrailingPadding: 0xfffc_fffc,
  floatPixelData: 0x7fe0_0008,
  doubleFloatPixelData: 0x7fe0_0009,
  pixelData: 0x7fe0_0010,
  item: 0xfffe_e000,
  itemEnd: 0xfffe_e00d,
  sequenceEnd: 0xfffe_e0dd,
} as const;
