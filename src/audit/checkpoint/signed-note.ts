import type { NoteSigner, NoteVerifier } from "./note-key.ts";

const signatureLine = /^\u2014 ([^ +]+) ([A-Za-z0-9+/]+={0,2})$/;

/** A text that ends in a newline, with its signature below an empty line. Source: C2SP signed-note v1.0.0. */
export function signNote(text: string, signer: NoteSigner): string {
  const signature = Buffer.concat([signer.keyId, signer.sign(text)]).toString("base64");
  return `${text}\n\u2014 ${signer.name} ${signature}\n`;
}

/** The text of a note that this key signed, else undefined. Signatures of other keys are passed over, as the format says. */
export function openNote(note: string, verifier: NoteVerifier): string | undefined {
  const end = note.lastIndexOf("\n\n");
  if (end === -1) return undefined;
  const text = note.slice(0, end + 1);
  const lines = note.slice(end + 2).split("\n");
  if (lines.pop() !== "") return undefined;
  const isSigned = lines.some((line) => {
    const [, name, base64 = ""] = signatureLine.exec(line) ?? [];
    const bytes = Buffer.from(base64, "base64");
    const isOurs = name === verifier.name && bytes.subarray(0, 4).equals(verifier.keyId);
    return isOurs && verifier.check(text, bytes.subarray(4));
  });
  return isSigned ? text : undefined;
}

/** The notes of a text that holds one behind the other, each with its signatures and an empty line behind them. */
export function partNotes(text: string): readonly string[] {
  const notes: string[] = [];
  let note = "";
  let isSigned = false;
  for (const line of text.split("\n")) {
    if (isSigned && line === "") {
      notes.push(note);
      [note, isSigned] = ["", false];
    } else if (note !== "" || line !== "") {
      note += `${line}\n`;
      isSigned ||= line.startsWith("\u2014 ");
    }
  }
  return note === "" ? notes : [...notes, note];
}
