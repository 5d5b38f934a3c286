import { limits } from "#kernel";
import type { BlobHash, Version } from "#record";

/**
 * The documents that this view has handed out, the last `limits.pageSizeMax` of them. A blob has no patient and no
 * policy of its own: it may be read by whoever was just shown a document that names it.
 */
export class Shown {
  readonly #versions: Version[] = [];
  #next = 0;

  add(version: Version): void {
    this.#versions[this.#next] = version;
    this.#next = (this.#next + 1) % limits.pageSizeMax;
  }

  addAll(versions: readonly Version[]): void {
    for (const version of versions) this.add(version);
  }

  naming(hash: BlobHash): Version | undefined {
    return this.#versions.find((version) => version.body.includes(hash));
  }
}
