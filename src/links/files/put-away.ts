import { limits, type Problem, type Result } from "#kernel";
import { isInterchange, readNhsack } from "#standards/edifact";
import { readAck, readMessage } from "#standards/hl7v2";
import type { FileStore } from "./file-store.ts";
import type { TakenFile } from "./take-file.ts";

export interface PutAway {
  readonly folder: "taken" | "refused";
}

export interface FilePutAway {
  readonly name: string;
  readonly taken: TakenFile;
  /** For a name that is not free: `20261123T093000000Z`. */
  readonly stamp: string;
}

/**
 * Moves a file that is dealt with into `taken/`, or into `refused/` where it, or a message of it, was refused: beside it
 * `.reason.txt` says why. Its acknowledgements go into a file `.ack` first. A name that is not free gets the time.
 */
export async function putAway(store: FileStore, { name, taken, stamp }: FilePutAway): Promise<Result<PutAway>> {
  const reasons = reasonsOf(taken);
  const folder = reasons.length === 0 ? "taken" : "refused";
  const made = await store.ensureFolder(folder);
  if (!made.ok) return made;
  const found = await store.find(`${folder}/${name}`);
  if (!found.ok) return found;
  const target = `${folder}/${found.value === undefined ? name : stamped(name, stamp)}`;
  if (taken.is === "taken" && taken.answers.length > 0) {
    const written = await store.write(`${target}.ack`, Buffer.concat(taken.answers.map(endedLine)));
    if (!written.ok) return written;
  }
  if (reasons.length > 0) {
    const written = await store.write(`${target}.reason.txt`, Buffer.from(`${reasons.join("\n")}\n`, "utf8"));
    if (!written.ok) return written;
  }
  const moved = await store.rename(name, target);
  return moved.ok ? { ok: true, value: { folder } } : moved;
}

/** `results.hl7` becomes `results.20261123T093000000Z.hl7`. */
function stamped(name: string, stamp: string): string {
  const dot = name.lastIndexOf(".");
  return dot <= 0 ? `${name}.${stamp}` : `${name.slice(0, dot)}.${stamp}${name.slice(dot)}`;
}

/** Why a file is refused, a line each; none where it is not. */
function reasonsOf(taken: TakenFile): readonly string[] {
  if (taken.is === "refused") return ["No message of this file was taken.", ...taken.problems.map(problemLine)];
  const refused = taken.answers.flatMap(refusalLine);
  const further = refused.length - limits.messageFileReasonsMax;
  const listed = refused.slice(0, limits.messageFileReasonsMax);
  return further > 0 ? [...listed, `${further} further messages were refused.`] : listed;
}

function problemLine({ code, message, where }: Problem): string {
  return `${where === undefined ? "" : `${where}: `}${message} (${code})`;
}

function refusalLine(answer: Uint8Array): string[] {
  if (isInterchange(answer)) return nhsackLines(answer);
  const ack = readAck(readMessage(answer));
  if (!ack.ok || ack.value.code === "AA" || ack.value.code === "CA") return [];
  const { code, controlId, text, errors } = ack.value;
  const said = errors.map((error) => (error.where === undefined ? error.text : `${error.where}: ${error.text}`));
  const words = [...new Set([text, ...said])].filter((word) => word !== "").join("; ");
  return [`The message with control id ${controlId} was answered ${code}${words === "" ? "." : `: ${words}`}`];
}

function nhsackLines(answer: Uint8Array): string[] {
  const ack = readNhsack(answer);
  if (ack === undefined) return [];
  const whole = ack.status === "IRI" ? [`The interchange was refused: ${ack.reason ?? "no reason is given."}`] : [];
  const refused = ack.messages.filter(({ isAccepted }) => !isAccepted);
  return [...whole, ...refused.map(({ reference, reason = "" }) => `The message ${reference} was refused: ${reason}`)];
}

/** Acknowledgements follow each other like the messages of a file: each ends its last line. */
function endedLine(answer: Uint8Array): Uint8Array {
  return answer.at(-1) === 0x0d || answer.at(-1) === 0x0a ? answer : Buffer.concat([answer, Buffer.of(0x0d)]);
}
