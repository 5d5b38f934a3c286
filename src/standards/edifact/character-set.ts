/** Syntax identifiers of UNB-1.1 and the character sets behind them. Source: ISO 9735, code list 0001. */
const encodings: Readonly<Record<string, string>> = {
  UNOA: "iso-8859-1",
  UNOB: "iso-8859-1",
  UNOC: "iso-8859-1",
  UNOD: "iso-8859-2",
  UNOE: "iso-8859-5",
  UNOF: "iso-8859-7",
  UNOY: "utf-8",
};

const headBytes = 64;

/** The text of an interchange, by the character set that UNB names; an unknown one is read as UNOC, which health uses. */
export function decodeInterchange(bytes: Uint8Array): string {
  const head = new TextDecoder("iso-8859-1").decode(bytes.subarray(0, headBytes));
  const syntax = /UNB[^A-Za-z0-9](UNO[A-Z])/.exec(head)?.[1] ?? "UNOC";
  return new TextDecoder(encodings[syntax] ?? "iso-8859-1").decode(bytes);
}

/** Whether bytes begin as an interchange does, rather than as HL7 v2. */
export function isInterchange(bytes: Uint8Array): boolean {
  const head = new TextDecoder("iso-8859-1").decode(bytes.subarray(0, headBytes)).trimStart();
  return /^(?:UNA.{6}|UNB[^A-Za-z0-9\s])/.test(head);
}
