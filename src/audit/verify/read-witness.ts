import { fault, type Problem } from "#kernel";
import { type Checkpoint, openCheckpoint } from "../checkpoint/checkpoint.ts";
import type { KeptCheckpoints } from "../checkpoint/kept-checkpoints.ts";
import type { NoteVerifier } from "../checkpoint/note-key.ts";
import type { Witness } from "./witness-check.ts";

export interface ReadWitness {
  readonly witness: Witness;
  /** `checkpoint-forged`: a note that the key did not sign. */
  readonly problems: readonly Problem[];
}

/** The checkpoints of a place, each with its signature checked. */
export async function readWitness(kept: KeptCheckpoints, verifier: NoteVerifier): Promise<ReadWitness> {
  const checkpoints: Checkpoint[] = [];
  const problems: Problem[] = [];
  for (const [index, note] of (await kept.notes()).entries()) {
    const checkpoint = openCheckpoint(note, verifier);
    if (checkpoint !== undefined) checkpoints.push(checkpoint);
    else problems.push(forged(index + 1, kept.place));
  }
  return { witness: { kept, checkpoints }, problems };
}

function forged(number: number, place: string): Problem {
  return fault(
    "checkpoint-forged",
    `The checkpoint ${number} in ${place} was not signed with this key, or was changed.`,
    {
      where: place,
    },
  );
}
