import { limits } from "#kernel";
import type { Blob, BlobHash } from "#record";

/** Messages that came in or were sent last, so that those for several destinations are read once or never. */
export class BodyCache {
  readonly #bodies = new Map<BlobHash, Uint8Array>();
  readonly #bytesMax: number;
  #bytes = 0;

  constructor(bytesMax: number = limits.deliveryBodiesBytesMax) {
    this.#bytesMax = bytesMax;
  }

  add({ hash, bytes }: Blob): void {
    if (bytes.length > this.#bytesMax / 4 || this.#bodies.has(hash)) return;
    this.#bodies.set(hash, bytes);
    this.#bytes += bytes.length;
    for (const [oldest, { length }] of this.#bodies) {
      if (this.#bytes <= this.#bytesMax) return;
      this.#bodies.delete(oldest);
      this.#bytes -= length;
    }
  }

  /** It is not needed any more. */
  delete(hash: BlobHash): void {
    this.#bytes -= this.#bodies.get(hash)?.length ?? 0;
    this.#bodies.delete(hash);
  }

  get(hash: BlobHash): Uint8Array | undefined {
    return this.#bodies.get(hash);
  }
}
