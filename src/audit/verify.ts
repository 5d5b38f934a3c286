import { fault, type Problem } from "#kernel";
import type { AuditStore, SealedAuditEntry } from "#record";
import { genesisHash, seal } from "./chain.ts";

/** The newest entry of a log at some time. Kept elsewhere, it shows later that nothing before it was touched. */
export interface AuditHead {
  readonly sequence: number;
  /** 64 hex digits. */
  readonly hash: string;
}

export interface ChainReport {
  readonly head: AuditHead;
  /** What is wrong, each with the entry it is wrong at; at most `problemsMax`. */
  readonly problems: readonly Problem[];
}

export interface VerifyOptions {
  /** Heads that were noted earlier, in a backup or on paper; without one, a log cut off at its end looks whole. */
  readonly expected?: readonly AuditHead[];
  /** Called after each batch with how many entries were checked. */
  readonly progress?: (checked: number) => void;
}

const batchSize = 5_000;
const problemsMax = 100;

/**
 * Reads the whole log and seals it again. Problems: `audit-changed` (an entry, its time or its hash is not what was
 * sealed), `audit-missing` (a place in the sequence is empty), `audit-head-differs` (a head noted earlier is not found:
 * the log was cut off or rewritten).
 */
export async function verifyChain(store: AuditStore, options: VerifyOptions = {}): Promise<ChainReport> {
  const chain = new Chain(options.expected ?? []);
  let batch = await store.scan(0, batchSize);
  while (batch.length > 0) {
    for (const entry of batch) chain.add(entry);
    options.progress?.(chain.sequence);
    batch = await store.scan(chain.sequence, batchSize);
  }
  return chain.finish();
}

class Chain {
  sequence = 0;
  #hash: Uint8Array = genesisHash;
  readonly #expected: Map<number, string>;
  readonly #problems: Problem[] = [];

  constructor(expected: readonly AuditHead[]) {
    this.#expected = new Map(expected.map((head) => [head.sequence, head.hash]));
  }

  add(entry: SealedAuditEntry): void {
    if (entry.sequence !== this.sequence + 1) {
      const missing = `Audit entries ${this.sequence + 1} to ${entry.sequence - 1} are missing.`;
      this.#report("audit-missing", missing, this.sequence + 1);
    } else if (toHex(seal(this.#hash, entry.body)) !== entry.hash || !saysItsTime(entry)) {
      this.#report("audit-changed", `Audit entry ${entry.sequence} is not what was sealed.`, entry.sequence);
    }
    this.sequence = entry.sequence;
    this.#hash = Buffer.from(entry.hash, "hex");
    if (this.#expected.get(entry.sequence) === entry.hash) this.#expected.delete(entry.sequence);
  }

  finish(): ChainReport {
    for (const sequence of this.#expected.keys()) {
      const message = `The log no longer holds the entry ${sequence} that was noted: it was cut off or rewritten.`;
      this.#report("audit-head-differs", message, sequence);
    }
    return { head: { sequence: this.sequence, hash: toHex(this.#hash) }, problems: this.#problems };
  }

  #report(code: string, message: string, sequence: number): void {
    if (this.#problems.length < problemsMax)
      this.#problems.push(fault(code, message, { where: `AuditEvent/${sequence}` }));
  }
}

/** The time stands beside the body for searching, so it must be what the sealed body says, in front of all else. */
function saysItsTime({ body, at }: SealedAuditEntry): boolean {
  return body.startsWith(`{"at":${at},`);
}

function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}
