import { type Instant, instant, toIso } from "#kernel";
import type { NoteSigner, NoteVerifier } from "./note-key.ts";
import { openNote, signNote } from "./signed-note.ts";

/** What the log was at some time: so many entries, under this root. Whoever keeps one can prove a later change. */
export interface Checkpoint {
  /** The name of the log, which is the name of its key. */
  readonly origin: string;
  readonly size: number;
  /** 32 bytes. */
  readonly root: Uint8Array;
  readonly at: Instant;
}

/** The checkpoint as a signed note. Source: C2SP tlog-checkpoint v1.0.0; its time is an extension line. */
export function signCheckpoint({ origin, size, root, at }: Checkpoint, signer: NoteSigner): string {
  const lines = [origin, String(size), Buffer.from(root).toString("base64"), `time ${toIso(at)}`];
  return signNote(`${lines.join("\n")}\n`, signer);
}

/** The checkpoint of a note, or undefined where this key did not sign it or it is not a checkpoint. */
export function openCheckpoint(note: string, verifier: NoteVerifier): Checkpoint | undefined {
  const [origin = "", size = "", root = "", ...extensions] = (openNote(note, verifier) ?? "").split("\n");
  const time = extensions.find((line) => line.startsWith("time "))?.slice("time ".length) ?? "";
  const bytes = Buffer.from(root, "base64");
  const atMs = Date.parse(time);
  if (origin !== verifier.name || !/^(0|[1-9][0-9]{0,15})$/.test(size) || bytes.length !== 32) return undefined;
  return Number.isNaN(atMs) ? undefined : { origin, size: Number(size), root: bytes, at: instant(atMs) };
}
