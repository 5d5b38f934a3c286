import { incorrect, type Problem } from "#kernel";

/** A file as the one thing in it, piece by piece. Problems: `message-too-large`, `file-empty`. */
export class WholeFile {
  readonly problems: Problem[] = [];
  readonly #messageBytesMax: number;
  #pieces: Uint8Array[] = [];
  #length = 0;

  constructor({ messageBytesMax }: { readonly messageBytesMax: number }) {
    this.#messageBytesMax = messageBytesMax;
  }

  /** Nothing is complete before the end. */
  take(bytes: Uint8Array): readonly Uint8Array[] {
    this.#length += bytes.length;
    if (this.#length <= this.#messageBytesMax) this.#pieces.push(bytes.slice());
    else this.#pieces = [];
    return [];
  }

  end(): readonly Uint8Array[] {
    if (this.#length === 0) this.problems.push(incorrect("file-empty", "There is nothing in the file."));
    if (this.#length > this.#messageBytesMax) {
      const text = `What is in the file is larger than ${this.#messageBytesMax} bytes.`;
      this.problems.push(incorrect("message-too-large", text));
    }
    return this.problems.length > 0 ? [] : [Buffer.concat(this.#pieces)];
  }
}
