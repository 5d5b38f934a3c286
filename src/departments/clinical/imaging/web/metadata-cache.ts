import { limits } from "#kernel";

/** Metadata that were put together lately, as they are sent; the oldest go first. */
export class MetadataCache {
  readonly #kept = new Map<string, Uint8Array>();
  #bytes = 0;

  get(key: string): Uint8Array | undefined {
    const found = this.#kept.get(key);
    if (found !== undefined) {
      this.#kept.delete(key);
      this.#kept.set(key, found);
    }
    return found;
  }

  put(key: string, body: Uint8Array): void {
    if (body.length > limits.metadataCacheBytesMax / 4 || this.#kept.has(key)) return;
    this.#kept.set(key, body);
    this.#bytes += body.length;
    for (const [oldest, { length }] of this.#kept) {
      if (this.#bytes <= limits.metadataCacheBytesMax) break;
      this.#kept.delete(oldest);
      this.#bytes -= length;
    }
  }
}
