import { limits } from "#kernel";
import type { BlobHash, Version } from "#record";

/**
 * The documents that this view handed out last, within `limits.pageSizeMax` and `limits.shownCharsMax`. A blob has no
 * patient and no policy of its own: it may be read by whoever was just shown a document that names it.
 */
export class Shown {
  readonly #versions: Version[] = [];
  #chars = 0;

  add(version: Version): void {
    this.#versions.push(version);
    this.#chars += version.body.length;
    while (this.#isFull()) this.#chars -= this.#versions.shift()?.body.length ?? 0;
  }

  addAll(versions: readonly Version[]): void {
    for (const version of versions) this.add(version);
  }

  naming(hash: BlobHash): Version | undefined {
    return this.#versions.findLast((version) => version.body.includes(hash));
  }

  /** The newest one stays, however large. */
  #isFull(): boolean {
    const { length } = this.#versions;
    return length > limits.pageSizeMax || (this.#chars > limits.shownCharsMax && length > 1);
  }
}
