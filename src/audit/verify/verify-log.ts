import { fault, type Problem } from "#kernel";
import type { AuditStretch, AuditStretches } from "#record";
import { GrowingTree } from "../merkle/growing-tree.ts";
import { leafHash } from "../merkle/tree-hash.ts";
import { ChainCheck } from "./chain-check.ts";
import { type Witness, WitnessCheck } from "./witness-check.ts";

/** The newest entry of a log at some time. Kept elsewhere, it shows later that nothing before it was touched. */
export interface AuditHead {
  readonly sequence: number;
  /** 64 hex digits. */
  readonly hash: string;
}

export interface LogReport {
  readonly head: AuditHead;
  /** What is wrong, each with the entry it is wrong at; at most `problemsMax`. */
  readonly problems: readonly Problem[];
}

export interface VerifyOptions {
  /** Heads that were noted earlier, in a backup or on paper; without one or a witness, a log cut off looks whole. */
  readonly expected?: readonly AuditHead[];
  readonly witnesses?: readonly Witness[];
  /** Called after each stretch with how many entries were checked. */
  readonly progress?: (checked: number) => void;
}

const stretchEntries = 5_000;
const problemsMax = 100;
const hashBytes = 32;

/**
 * Reads the whole log, seals it again and compares it with what was kept of it elsewhere. Problems: `audit-changed` (an entry,
 * its time or its hash is not what was sealed), `audit-missing` (a place in the sequence is empty), `audit-head-differs` (a
 * head noted earlier is not found), and of witnesses `audit-rewritten`, `audit-cut-off`, `checkpoint-hashes-damaged`.
 */
export async function verifyLog(
  store: Pick<AuditStretches, "stretch">,
  options: VerifyOptions = {},
): Promise<LogReport> {
  const log = new LogCheck(options);
  let next = store.stretch(0, stretchEntries);
  for (;;) {
    const stretch = await next;
    const last = stretch.sequences.at(-1);
    if (last === undefined) return log.finish();
    // The database reads the next stretch while this one is checked.
    next = store.stretch(last, stretchEntries);
    next.catch(() => {}); // it is awaited in its turn
    await log.add(stretch);
    options.progress?.(last);
  }
}

class LogCheck {
  readonly #chain = new ChainCheck();
  readonly #tree = new GrowingTree();
  readonly #witnesses: readonly WitnessCheck[];
  readonly #expected: Map<number, string>;
  readonly #problems: Problem[] = [];

  constructor({ expected = [], witnesses = [] }: VerifyOptions) {
    this.#expected = new Map(expected.map((head) => [head.sequence, head.hash]));
    this.#witnesses = witnesses.map((witness) => new WitnessCheck(witness));
  }

  async add({ sequences, ats, bodies, hashes }: AuditStretch): Promise<void> {
    for (const [index, sequence] of sequences.entries()) {
      const hash = hashes.subarray(index * hashBytes, (index + 1) * hashBytes);
      const [at, body] = [ats[index] ?? 0, bodies[index] ?? ""];
      const problem = this.#chain.next({ sequence, at, body, hash });
      if (problem !== undefined) this.#report(problem);
      if (this.#expected.has(sequence)) this.#meet(sequence, hash);
      if (this.#witnesses.length > 0) this.#grow(sequence, hash);
    }
    await this.#compareHashes(sequences, hashes);
  }

  finish(): LogReport {
    const { sequence, hash } = this.#chain;
    const problems = [
      ...this.#problems,
      ...[...this.#expected.keys()].map(headDiffers),
      ...this.#witnesses.flatMap((witness) => witness.finish(sequence)),
    ];
    return { head: { sequence, hash: toHex(hash) }, problems };
  }

  #meet(sequence: number, hash: Uint8Array): void {
    if (this.#expected.get(sequence) === toHex(hash)) this.#expected.delete(sequence);
  }

  /** Behind a gap every place has moved, and what is missing has been reported. */
  #grow(sequence: number, hash: Uint8Array): void {
    if (this.#tree.size !== sequence - 1) return;
    this.#tree.append(leafHash(hash));
    for (const witness of this.#witnesses) {
      if (witness.speaksOf(sequence)) witness.compareRoot(sequence, this.#tree.root());
    }
  }

  async #compareHashes(sequences: readonly number[], hashes: Uint8Array): Promise<void> {
    const [first = 1] = sequences;
    if (sequences.at(-1) !== first + sequences.length - 1) return;
    for (const witness of this.#witnesses) await witness.compareHashes(first - 1, hashes);
  }

  #report(problem: Problem): void {
    if (this.#problems.length < problemsMax) this.#problems.push(problem);
  }
}

function headDiffers(sequence: number): Problem {
  const message = `The log no longer holds the entry ${sequence} that was noted: it was cut off or rewritten.`;
  return fault("audit-head-differs", message, { where: `AuditEvent/${sequence}` });
}

function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}
