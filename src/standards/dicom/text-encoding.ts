import type { CharacterSets } from "./character-set.ts";

const utf8 = new TextEncoder();
const tables = new Map<string, ReadonlyMap<string, number>>();

/**
 * A text's bytes in the sets of a data set; undefined when they cannot hold it. Codings of several bytes besides UTF-8 take
 * ASCII alone: whoever writes other names there changes (0008,0005) to `ISO_IR 192` first.
 */
export function encodeText(text: string, sets: CharacterSets): Uint8Array | undefined {
  if (sets.is === "whole" && sets.label === "utf-8") return utf8.encode(text);
  const single = sets.is === "coded" && sets.g1?.bytesEach === 1 ? tableOf(sets.g1.label) : undefined;
  const bytes = new Uint8Array(text.length);
  let at = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    const byte = code < 0x80 ? code : single?.get(character);
    if (byte === undefined) return undefined;
    bytes[at] = byte;
    at += 1;
  }
  return bytes.subarray(0, at);
}

function tableOf(label: string): ReadonlyMap<string, number> {
  const known = tables.get(label);
  if (known !== undefined) return known;
  const decoder = new TextDecoder(label);
  const table = new Map<string, number>();
  for (let byte = 0xa0; byte < 0x100; byte += 1) table.set(decoder.decode(Uint8Array.of(byte)), byte);
  tables.set(label, table);
  return table;
}
