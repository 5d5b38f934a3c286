import { limits } from "#kernel";
import { type Kind, keyText, type Position, type VersionRow } from "#record";

/** Versions that were sent to be committed together. */
export interface Sent {
  readonly last: Position;
  readonly rows: readonly VersionRow[];
}

/** Somebody has read, or is reading, what stood at this position, and will write. */
export interface Hold {
  readonly since: Position;
}

/**
 * What this process has sent to be written: all that is not confirmed, and of the rest what was written since somebody read
 * who has not written yet, so that what was read can be brought up to date without reading it again.
 */
export class RecentRows {
  #sent: Sent[] = [];
  #count = 0;
  readonly #newest = new Map<string, VersionRow>();
  #forgotten: Position = 0;
  readonly #holds = new Set<Hold>();

  /** Remembers what is sent from now on, until it is released or `limits.recentVersionsMax` are remembered. */
  hold(since: Position): Hold {
    const hold = { since };
    this.#holds.add(hold);
    return hold;
  }

  release(hold: Hold): void {
    this.#holds.delete(hold);
  }

  /** They come in the order of their positions. */
  add(sent: Sent): void {
    this.#sent.push(sent);
    this.#count += sent.rows.length;
    for (const row of sent.rows) this.#newest.set(keyText(row), row);
  }

  /** They never came to be. */
  remove(sent: Sent): void {
    this.#sent = this.#sent.filter((other) => other !== sent);
    this.#count = 0;
    this.#newest.clear();
    const left = this.#sent;
    this.#sent = [];
    for (const other of left) this.add(other);
  }

  /** Forgets, of what is confirmed, all that nobody holds but the newest `limits.recentVersionsKept`. */
  prune(confirmed: Position): void {
    const held = this.#oldestHeld();
    for (let oldest = this.#sent[0]; oldest !== undefined && oldest.last <= confirmed; oldest = this.#sent[0]) {
      const mostKept = oldest.last > held ? limits.recentVersionsMax : limits.recentVersionsKept;
      if (this.#count <= mostKept) return;
      this.#forgetOldest(oldest);
    }
  }

  #forgetOldest(oldest: Sent): void {
    this.#sent.shift();
    this.#count -= oldest.rows.length;
    this.#forgotten = oldest.last;
    for (const row of oldest.rows) {
      if (this.#newest.get(keyText(row)) === row) this.#newest.delete(keyText(row));
    }
  }

  /** Holds that are of no use any more, because too much was written since, are let go. */
  #oldestHeld(): Position {
    let oldest = Number.POSITIVE_INFINITY;
    for (const hold of this.#holds) {
      if (hold.since < this.#forgotten) this.#holds.delete(hold);
      else oldest = Math.min(oldest, hold.since);
    }
    return oldest;
  }

  /** Whether all that was sent after this position is still known. */
  reaches(since: Position): boolean {
    return since >= this.#forgotten;
  }

  /** The newest version sent, if it came after the position. */
  newest(key: string, since: Position): VersionRow | undefined {
    const row = this.#newest.get(key);
    return row !== undefined && row.position > since ? row : undefined;
  }

  /** The newest versions sent of documents of a kind, deletions included, that came after the position. */
  ofKind(kind: Kind, since: Position): readonly VersionRow[] {
    const rows: VersionRow[] = [];
    for (const row of this.#newest.values()) if (row.kind === kind && row.position > since) rows.push(row);
    return rows;
  }
}
