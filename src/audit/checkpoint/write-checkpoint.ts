import { type Clock, conflict, failed, ok, type Result } from "#kernel";
import type { AuditTreeStore } from "#record";
import { rangeRoot } from "../merkle/range-root.ts";
import { storeCompleteNodes } from "../merkle/store-nodes.ts";
import { type Checkpoint, openCheckpoint, signCheckpoint } from "./checkpoint.ts";
import type { KeptCheckpoints } from "./kept-checkpoints.ts";
import type { NoteSigner, NoteVerifier } from "./note-key.ts";

export interface CheckpointNeeds {
  readonly tree: AuditTreeStore;
  readonly kept: KeptCheckpoints;
  readonly signer: NoteSigner;
  readonly clock: Clock;
}

export interface WrittenCheckpoint {
  readonly checkpoint: Checkpoint;
  /** The note, where one was written: not when the log has not grown since the newest. */
  readonly note?: string;
}

/**
 * Signs what the log is now and keeps it, with the hashes of the entries that are new. Nothing is signed that does not
 * continue what was signed before. Problems: conflict `audit-cut-off`, `audit-rewritten`, `checkpoint-key-differs`.
 */
export async function writeCheckpoint(needs: CheckpointNeeds): Promise<Result<WrittenCheckpoint>> {
  const { tree, kept, signer, clock } = needs;
  const size = await tree.size();
  const newest = await newestKept(kept, signer);
  if (!newest.ok) return newest;
  if (newest.value !== undefined && newest.value.size > size) return failed(cutOff(newest.value, size));
  await storeCompleteNodes(tree, size);
  if (newest.value !== undefined && !(await holds(tree, newest.value))) return failed(rewritten(newest.value));
  if (newest.value?.size === size) return ok({ checkpoint: newest.value });
  await keepHashes({ tree, kept }, size);
  const root = await rangeRoot(tree, { from: 0, to: size });
  const checkpoint = { origin: signer.name, size, root, at: clock.now() };
  const note = signCheckpoint(checkpoint, signer);
  await kept.append(note);
  return ok({ checkpoint, note });
}

/** The newest that is kept, or undefined where none is. Problems: conflict `checkpoint-key-differs`. */
export async function newestKept(
  kept: Pick<KeptCheckpoints, "notes" | "place">,
  verifier: NoteVerifier,
): Promise<Result<Checkpoint | undefined>> {
  const note = (await kept.notes()).at(-1);
  if (note === undefined) return ok(undefined);
  const checkpoint = openCheckpoint(note, verifier);
  return checkpoint === undefined ? failed(otherKey(kept.place)) : ok(checkpoint);
}

async function holds(tree: AuditTreeStore, { size, root }: Checkpoint): Promise<boolean> {
  return Buffer.compare(await rangeRoot(tree, { from: 0, to: size }), root) === 0;
}

/** So many are held in memory at once, 2 MB of them. */
const hashesAtOnce = 65_536;

async function keepHashes({ tree, kept }: Pick<CheckpointNeeds, "tree" | "kept">, size: number): Promise<void> {
  for (let from = await kept.hashCount(); from < size; from += hashesAtOnce) {
    await kept.appendHashes(await tree.entryHashes(from, Math.min(hashesAtOnce, size - from)));
  }
}

function cutOff({ size }: Checkpoint, found: number) {
  return conflict(
    "audit-cut-off",
    `The audit log has ${found} entries, and a checkpoint was signed of ${size}: run corridor verify, and see docs/operate/audit.md.`,
  );
}

function rewritten({ size }: Checkpoint) {
  return conflict(
    "audit-rewritten",
    `The first ${size} entries of the audit log are not those that a checkpoint was signed of: run corridor verify, and see docs/operate/audit.md.`,
  );
}

function otherKey(place: string) {
  return conflict(
    "checkpoint-key-differs",
    `The newest checkpoint in ${place} was not signed with the key of this Corridor: put back the copy that was kept of audit.key, or move those checkpoints away.`,
  );
}
