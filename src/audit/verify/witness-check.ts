import { fault, type Problem, toIso } from "#kernel";
import type { Checkpoint } from "../checkpoint/checkpoint.ts";
import type { KeptCheckpoints } from "../checkpoint/kept-checkpoints.ts";
import { isSame } from "./chain-check.ts";

/** Checkpoints that were kept outside the database, whose signatures are right, and the hashes kept beside them. */
export interface Witness {
  readonly kept: Pick<KeptCheckpoints, "place" | "hashes">;
  /** Oldest first. */
  readonly checkpoints: readonly Checkpoint[];
}

/** Compares a log with what was kept of it elsewhere. */
export class WitnessCheck {
  readonly #witness: Witness;
  readonly #sized: ReadonlyMap<number, Checkpoint>;
  /** The first entry whose hash is not the one that was kept. */
  #differs: number | undefined;
  /** The newest checkpoint that the log agrees with, and the first that it does not. */
  #agreed = 0;
  #broken: Checkpoint | undefined;

  constructor(witness: Witness) {
    this.#witness = witness;
    this.#sized = new Map(witness.checkpoints.map((checkpoint) => [checkpoint.size, checkpoint]));
  }

  /** Whether a checkpoint speaks of a log of this size. */
  speaksOf(size: number): boolean {
    return this.#sized.has(size);
  }

  /** The hashes of the log from one place (counted from 0) on. */
  async compareHashes(from: number, hashes: Uint8Array): Promise<void> {
    if (this.#differs !== undefined) return;
    const kept = await this.#witness.kept.hashes(from, hashes.length / hashBytes);
    const at = firstDifference(kept, hashes.subarray(0, kept.length));
    if (at !== undefined) this.#differs = from + at + 1;
  }

  compareRoot(size: number, root: Uint8Array): void {
    const checkpoint = this.#sized.get(size);
    if (checkpoint === undefined || this.#broken !== undefined) return;
    if (isSame(checkpoint.root, root)) this.#agreed = size;
    else this.#broken = checkpoint;
  }

  /** `size`: of the log. */
  finish(size: number): readonly Problem[] {
    const newest = this.#witness.checkpoints.at(-1);
    const isShort = newest !== undefined && newest.size > size;
    const broken = this.#broken ?? (isShort && this.#isUnsigned() ? newest : undefined);
    return [
      ...(broken === undefined ? this.#damagedHashes() : [this.#rewritten(broken)]),
      ...(isShort ? [this.#cutOff(size, newest.size)] : []),
    ];
  }

  /** A hash differs behind the newest checkpoint that the log agrees with. */
  #isUnsigned(): boolean {
    return this.#differs !== undefined && this.#differs > this.#agreed;
  }

  #rewritten({ size, at }: Checkpoint): Problem {
    const signed = `the checkpoint of ${toIso(at)} in ${this.#witness.kept.place} speaks of`;
    const first = this.#isUnsigned() ? this.#differs : undefined;
    const message =
      first === undefined
        ? `One of the audit entries ${this.#agreed + 1} to ${size} is not the one that ${signed}.`
        : `The audit entry ${first} is not the one that ${signed}: it, and what stands behind it, was written anew.`;
    return fault("audit-rewritten", message, { where: `AuditEvent/${first ?? this.#agreed + 1}` });
  }

  /** The log agrees with what was signed, so that it is the hashes which are not what they were. */
  #damagedHashes(): readonly Problem[] {
    if (this.#differs === undefined || this.#isUnsigned()) return [];
    const { place } = this.#witness.kept;
    const message = `The hash of the audit entry ${this.#differs} that is kept in ${place} is not that of its checkpoints.`;
    return [fault("checkpoint-hashes-damaged", message, { where: place })];
  }

  #cutOff(size: number, newest: number): Problem {
    const message = `The audit entries ${size + 1} to ${newest} are missing: a checkpoint in ${this.#witness.kept.place} speaks of them.`;
    return fault("audit-cut-off", message, { where: `AuditEvent/${size + 1}` });
  }
}

const hashBytes = 32;

/** The first hash that is not the same in both, counted from 0. */
function firstDifference(kept: Uint8Array, found: Uint8Array): number | undefined {
  if (isSame(kept, found)) return undefined;
  const byte = kept.findIndex((value, index) => value !== found[index]);
  return Math.floor(byte / hashBytes);
}
