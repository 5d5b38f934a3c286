import { fault, type Problem } from "#kernel";
import { genesisHash, seal } from "../chain.ts";

/** One entry as it lies in the log. */
export interface LogEntry {
  readonly sequence: number;
  readonly at: number;
  readonly body: string;
  readonly hash: Uint8Array;
}

/** Seals each entry again behind the one before it. */
export class ChainCheck {
  sequence = 0;
  hash: Uint8Array = genesisHash;

  /** What is wrong with the next entry; undefined: nothing. */
  next({ sequence, at, body, hash }: LogEntry): Problem | undefined {
    const expected = this.sequence + 1;
    const before = this.hash;
    this.sequence = sequence;
    this.hash = hash;
    if (sequence !== expected) return missing(expected, sequence - 1);
    return isSame(seal(before, body), hash) && saysItsTime(body, at) ? undefined : changed(sequence);
  }
}

export function isSame(one: Uint8Array, another: Uint8Array): boolean {
  return Buffer.compare(one, another) === 0;
}

/** The time stands beside the body for searching, so it must be what the sealed body says, in front of all else. */
function saysItsTime(body: string, at: number): boolean {
  return body.startsWith(`{"at":${at},`);
}

function missing(from: number, to: number): Problem {
  const which = from === to ? `The audit entry ${from} is missing.` : `The audit entries ${from} to ${to} are missing.`;
  return fault("audit-missing", which, { where: `AuditEvent/${from}` });
}

function changed(sequence: number): Problem {
  const where = `AuditEvent/${sequence}`;
  return fault("audit-changed", `The audit entry ${sequence} is not what was sealed.`, { where });
}
