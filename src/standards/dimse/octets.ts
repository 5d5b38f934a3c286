import { joined as joinedParts } from "#standards/dicom";

/** Big endian numbers and texts of PDUs, read within bounds: what is not there is 0 or empty, and `isShort` says so. */
export class Octets {
  readonly bytes: Uint8Array;
  at: number;
  /** Something was read that is not there. */
  isShort = false;

  constructor(bytes: Uint8Array, at = 0) {
    this.bytes = bytes;
    this.at = at;
  }

  get left(): number {
    return Math.max(0, this.bytes.length - this.at);
  }

  byte(): number {
    const value = this.bytes[this.at];
    this.at += 1;
    if (value === undefined) this.isShort = true;
    return value ?? 0;
  }

  number16(): number {
    return this.byte() * 0x100 + this.byte();
  }

  number32(): number {
    return this.number16() * 0x1_0000 + this.number16();
  }

  skip(count: number): void {
    this.at += count;
  }

  /** A view of so many bytes, or of those that are left. */
  take(count: number): Uint8Array {
    if (count > this.left) this.isShort = true;
    const taken = this.bytes.subarray(this.at, this.at + count);
    this.at += taken.length;
    return taken;
  }

  text(count: number): string {
    return latin1(this.take(count));
  }

  /** Bytes behind a length of 16 bits. */
  counted(): Uint8Array {
    return this.take(this.number16());
  }
}

export function latin1(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}

/** The characters of ISO 8859-1; any other is a question mark. */
export function latin1Bytes(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return code > 0xff ? 0x3f : code;
  });
}

export function bytes16(value: number): Uint8Array {
  return Uint8Array.of((value >>> 8) & 0xff, value & 0xff);
}

export function bytes32(value: number): Uint8Array {
  return Uint8Array.of((value >>> 24) & 0xff, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff);
}

/** Bytes behind their length in 16 bits; cut off where that cannot say how many they are. */
export function counted(bytes: Uint8Array): Uint8Array {
  const cut = bytes.subarray(0, 0xffff);
  return joined(bytes16(cut.length), cut);
}

export function joined(...parts: readonly Uint8Array[]): Uint8Array {
  return joinedParts(parts);
}
