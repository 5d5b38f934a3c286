import { incorrect, limits, type Problem } from "#kernel";
import { type Tag, tagText } from "./tag.ts";

/** How the elements at some place are written: items of a UN sequence differ from what surrounds them. */
export interface Form {
  readonly isExplicit: boolean;
  readonly isLittleEndian: boolean;
}

/** Bytes being read, and what was wrong with them. */
export class Source {
  readonly bytes: Uint8Array;
  readonly problems: Problem[] = [];
  /** Where reading ends for want of bytes or by a bound, so that everything above it ends too. */
  isOver = false;
  at: number;
  elementsLeft: number = limits.dicomElementsMax;
  readonly #view: DataView;
  /** `(0040,A730)[2]` for each sequence that is open. */
  readonly #path: string[] = [];

  constructor(bytes: Uint8Array, at = 0) {
    this.bytes = bytes;
    this.at = at;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get depth(): number {
    return this.#path.length;
  }

  tagAt(at: number, { isLittleEndian }: Form): Tag {
    const group = this.#view.getUint16(at, isLittleEndian);
    return ((group << 16) | this.#view.getUint16(at + 2, isLittleEndian)) >>> 0;
  }

  uint16At(at: number, { isLittleEndian }: Form): number {
    return this.#view.getUint16(at, isLittleEndian);
  }

  uint32At(at: number, { isLittleEndian }: Form): number {
    return this.#view.getUint32(at, isLittleEndian);
  }

  enter(tag: Tag): void {
    this.#path.push(tagText(tag));
  }

  leave(): void {
    this.#path.pop();
  }

  /** Names the item that is being read, counted from 1. */
  item(tag: Tag, number: number): void {
    this.#path[this.#path.length - 1] = `${tagText(tag)}[${number}]`;
  }

  note(code: string, message: string, tag?: Tag): void {
    if (this.problems.length >= limits.dicomProblemsMax) return;
    const where = [...this.#path, ...(tag === undefined ? [] : [tagText(tag)])].join(".");
    this.problems.push(incorrect(code, message, where === "" ? {} : { where }));
  }
}
