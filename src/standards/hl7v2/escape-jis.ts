import { eucFromIso2022 } from "./iso-2022.ts";

export type JisSet = "jis-x-0208" | "jis-x-0212";

/** `\M2442\` and the like name the bytes of the designation that follow ESC: 24 42 is `$B`. */
export const jisSets: ReadonlyMap<string, JisSet> = new Map([
  ["M2440", "jis-x-0208"],
  ["M2442", "jis-x-0208"],
  ["M242844", "jis-x-0212"],
]);

const designations: Readonly<Record<JisSet, string>> = { "jis-x-0208": "\x1b$B", "jis-x-0212": "\x1b$(D" };

const eucJp = new TextDecoder("euc-jp");

/** Seven-bit characters that stand for the bytes of a Japanese set. Text that cannot be that stays as it is. */
export function jisText(set: JisSet, sevenBit: string): string {
  if (/[^\0-\x7f]/.test(sevenBit)) return sevenBit;
  const bytes = new TextEncoder().encode(designations[set] + sevenBit);
  return eucJp.decode(eucFromIso2022(bytes));
}
