/** Finds a text among bytes by leaps of nearly its length. Source: Horspool, Practical fast searching in strings (1980). */
export class Delimiter {
  readonly length: number;
  readonly #bytes: Uint8Array;
  /** How far to go on when the last byte looked at is this one. */
  readonly #leaps: Uint16Array;

  constructor(text: string) {
    this.#bytes = new TextEncoder().encode(text);
    this.length = this.#bytes.length;
    this.#leaps = new Uint16Array(256).fill(this.length);
    for (const [index, byte] of this.#bytes.subarray(0, -1).entries()) this.#leaps[byte] = this.length - 1 - index;
  }

  /** Where it first stands as a whole; -1 where it does not. */
  find(bytes: Uint8Array): number {
    const last = this.length - 1;
    for (let at = 0; at + last < bytes.length; at += this.#leaps[bytes[at + last] as number] as number) {
      let index = last;
      while (index >= 0 && bytes[at + index] === this.#bytes[index]) index -= 1;
      if (index < 0) return at;
    }
    return -1;
  }
}
