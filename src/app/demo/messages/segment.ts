import { escapeText, usualDelimiters } from "#standards/hl7v2";

/** Fields by their number, as they are on the wire. */
export type Fields = Readonly<Record<number, string | undefined>>;

/** `segment("OBX", { 1: "1", 5: "4.1" })` gives `OBX|1||||4.1`. */
export function segment(name: string, fields: Fields): string {
  const last = Math.max(0, ...Object.keys(fields).map(Number));
  const first = name === "MSH" ? 2 : 1;
  const texts = Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => fields[at + first] ?? "");
  return [name, ...texts].join("|");
}

/** A text with its delimiters escaped. */
export function plain(text: string): string {
  return escapeText(text, usualDelimiters);
}

/** NTE for each line of a remark. */
export function notes(...lines: readonly string[]): readonly string[] {
  return lines.map((line, at) => segment("NTE", { 1: String(at + 1), 2: "L", 3: plain(line) }));
}
