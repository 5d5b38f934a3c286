/** A coded character set that a data set may name, or switch to within a text. */
export interface CodedSet {
  /** The registration number of ISO-IR: 100 for ISO 8859-1. */
  readonly ir: number;
  /** The decoder of the Web that holds it. */
  readonly label: string;
  /** The half of the code table it takes: G0 is bytes below 80, G1 those above. */
  readonly half: "G0" | "G1";
  readonly bytesEach: 1 | 2;
  /** What switches to it, behind ESC. */
  readonly escape: string;
  /** What goes before its two bytes in the decoder's own coding. */
  readonly lead?: number;
}

/** Source: PS3.3 Tables C.12-2 to C.12-4 (Specific Character Set), in their order. */
export const codedSets: readonly CodedSet[] = [
  { ir: 6, label: "windows-1252", half: "G0", bytesEach: 1, escape: "(B" },
  { ir: 100, label: "windows-1252", half: "G1", bytesEach: 1, escape: "-A" },
  { ir: 101, label: "iso-8859-2", half: "G1", bytesEach: 1, escape: "-B" },
  { ir: 109, label: "iso-8859-3", half: "G1", bytesEach: 1, escape: "-C" },
  { ir: 110, label: "iso-8859-4", half: "G1", bytesEach: 1, escape: "-D" },
  { ir: 144, label: "iso-8859-5", half: "G1", bytesEach: 1, escape: "-L" },
  { ir: 127, label: "iso-8859-6", half: "G1", bytesEach: 1, escape: "-G" },
  { ir: 126, label: "iso-8859-7", half: "G1", bytesEach: 1, escape: "-F" },
  { ir: 138, label: "iso-8859-8", half: "G1", bytesEach: 1, escape: "-H" },
  { ir: 148, label: "windows-1254", half: "G1", bytesEach: 1, escape: "-M" },
  { ir: 203, label: "iso-8859-15", half: "G1", bytesEach: 1, escape: "-b" },
  { ir: 13, label: "shift_jis", half: "G1", bytesEach: 1, escape: ")I" },
  { ir: 14, label: "windows-1252", half: "G0", bytesEach: 1, escape: "(J" },
  { ir: 166, label: "windows-874", half: "G1", bytesEach: 1, escape: "-T" },
  { ir: 87, label: "euc-jp", half: "G0", bytesEach: 2, escape: "$B" },
  { ir: 159, label: "euc-jp", half: "G0", bytesEach: 2, escape: "$(D", lead: 0x8f },
  { ir: 149, label: "euc-kr", half: "G1", bytesEach: 2, escape: "$)C" },
  { ir: 58, label: "gb18030", half: "G1", bytesEach: 2, escape: "$)A" },
];

const byIr: ReadonlyMap<number, CodedSet> = new Map(codedSets.map((set) => [set.ir, set]));

/** The character sets of a data set: one coding for everything, or sets to switch between. */
export type CharacterSets =
  | { readonly is: "whole"; readonly label: "utf-8" | "gb18030" | "gbk" }
  | { readonly is: "coded"; readonly g0: CodedSet; readonly g1: CodedSet | undefined; readonly switches: boolean };

const ascii = byIr.get(6) as CodedSet;

/** What holds where nothing is said. Source: PS3.5 §6.1.2.1. */
export const defaultCharacterSets: CharacterSets = { is: "coded", g0: ascii, g1: undefined, switches: false };

export const unicodeCharacterSets: CharacterSets = { is: "whole", label: "utf-8" };

/**
 * The sets that the values of (0008,0005) name, misspelt ones (`ISO-IR 100`, `ISO 2022 100`) included; undefined where a value
 * is not known. The first is what each text begins in, the others what it may switch to. Source: PS3.3 §C.12.1.1.2.
 */
export function characterSetsOf(values: readonly string[]): CharacterSets | undefined {
  const names = values.map((value) => value.trim().toUpperCase());
  const [first = ""] = names;
  if (/(?:^|\D)192$|^UTF.?8$/.test(first)) return unicodeCharacterSets;
  if (first === "GB18030") return { is: "whole", label: "gb18030" };
  if (first === "GBK") return { is: "whole", label: "gbk" };
  const sets = names.map((name) => (name === "" ? ascii : byIr.get(Number(/(\d+)$/.exec(name)?.[1]))));
  if (sets.includes(undefined)) return undefined;
  const [initial = ascii] = sets;
  const switches = names.length > 1 || first.includes("2022");
  // JIS X 0201 is two sets: katakana above, and Roman below.
  if (initial.ir === 13) return { is: "coded", g0: byIr.get(14) ?? ascii, g1: initial, switches };
  if (initial.half === "G1") return { is: "coded", g0: ascii, g1: initial, switches };
  // A text begins in ASCII even where its only set is one that must be switched to.
  return { is: "coded", g0: initial.bytesEach === 1 ? initial : ascii, g1: undefined, switches };
}
