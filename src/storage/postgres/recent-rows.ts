import { limits } from "#kernel";
import { type Kind, keyText, type Position, type VersionRow } from "#record";

/** Versions that were sent to be committed together. */
export interface Sent {
  readonly last: Position;
  readonly rows: readonly VersionRow[];
}

/**
 * What this process has sent to be written: all that is not confirmed, and some of what is, so that what was read a moment
 * ago can be brought up to date without reading it again.
 */
export class RecentRows {
  #sent: Sent[] = [];
  #count = 0;
  readonly #newest = new Map<string, VersionRow>();
  #forgotten: Position = 0;

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

  /** Forgets the oldest beyond `limits.recentVersionsMax`, as far as they are confirmed. */
  prune(confirmed: Position): void {
    for (let oldest = this.#sent[0]; oldest !== undefined; oldest = this.#sent[0]) {
      if (this.#count <= limits.recentVersionsMax || oldest.last > confirmed) return;
      this.#sent.shift();
      this.#count -= oldest.rows.length;
      this.#forgotten = oldest.last;
      for (const row of oldest.rows) {
        if (this.#newest.get(keyText(row)) === row) this.#newest.delete(keyText(row));
      }
    }
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
