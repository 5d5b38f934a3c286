/** Fields of a segment by their number; those not given are empty. The text goes in as it is, delimiters included. */
export type Fields = Readonly<Record<number, string>>;

/** `segment("OBX", { 1: "1", 5: "4.1" })` gives `OBX|1||||4.1`. */
export function segment(name: string, fields: Fields): string {
  const last = Math.max(0, ...Object.keys(fields).map(Number));
  const first = name === "MSH" ? 2 : 1;
  const texts = Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => fields[at + first] ?? "");
  return [name, ...texts].join("|");
}

/** One message: segments ended by carriage returns. */
export function message(...segments: readonly string[]): string {
  return segments.map((text) => `${text}\r`).join("");
}
