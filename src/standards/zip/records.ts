/** The records of a zip archive whose sizes may need 64 bits: they are always told so. Source: PKWARE APPNOTE.TXT 6.3.10. */

export interface ZipEntry {
  readonly name: Buffer;
  readonly crc: number;
  readonly packedBytes: number;
  readonly plainBytes: number;
  readonly startAt: number;
}

export interface ZipTime {
  readonly time: number;
  readonly date: number;
}

/** Sizes follow the content, names are UTF-8. Source: 4.4.4. */
const flags = 0x0808;
const deflated = 8;
/** Of a reader of 64 bits. Source: 4.4.3.2. */
const version = 45;
/** What stands where the number is among the 64-bit ones. */
const [elsewhere16, elsewhere32] = [0xffff, 0xffff_ffff];

/** With both sizes of 64 bits, so that those behind the content are too. Source: 4.3.7, 4.3.9.2, 4.5.3. */
export function localHeader(name: Buffer, { time, date }: ZipTime): Uint8Array {
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50, 0);
  header.writeUInt16LE(version, 4);
  header.writeUInt16LE(flags, 6);
  header.writeUInt16LE(deflated, 8);
  header.writeUInt16LE(time, 10);
  header.writeUInt16LE(date, 12);
  header.writeUInt32LE(elsewhere32, 18);
  header.writeUInt32LE(elsewhere32, 22);
  header.writeUInt16LE(name.length, 26);
  header.writeUInt16LE(20, 28);
  return Buffer.concat([header, name, wideNumbers(0, 0)]);
}

/** Source: 4.3.9. */
export function sizesBehind({ crc, packedBytes, plainBytes }: Omit<ZipEntry, "name" | "startAt">): Uint8Array {
  const trailer = Buffer.alloc(24);
  trailer.writeUInt32LE(0x08074b50, 0);
  trailer.writeUInt32LE(crc, 4);
  trailer.writeBigUInt64LE(BigInt(packedBytes), 8);
  trailer.writeBigUInt64LE(BigInt(plainBytes), 16);
  return trailer;
}

/** Source: 4.3.12. */
export function centralEntry(entry: ZipEntry, { time, date }: ZipTime): Uint8Array {
  const { name, crc, packedBytes, plainBytes, startAt } = entry;
  const header = Buffer.alloc(46);
  header.writeUInt32LE(0x02014b50, 0);
  header.writeUInt16LE(version, 4);
  header.writeUInt16LE(version, 6);
  header.writeUInt16LE(flags, 8);
  header.writeUInt16LE(deflated, 10);
  header.writeUInt16LE(time, 12);
  header.writeUInt16LE(date, 14);
  header.writeUInt32LE(crc, 16);
  header.writeUInt32LE(elsewhere32, 20);
  header.writeUInt32LE(elsewhere32, 24);
  header.writeUInt16LE(name.length, 28);
  header.writeUInt16LE(28, 30);
  header.writeUInt32LE(elsewhere32, 42);
  return Buffer.concat([header, name, wideNumbers(plainBytes, packedBytes, startAt)]);
}

/** Source: 4.5.3. */
function wideNumbers(...numbers: readonly number[]): Uint8Array {
  const field = Buffer.alloc(4 + numbers.length * 8);
  field.writeUInt16LE(0x0001, 0);
  field.writeUInt16LE(numbers.length * 8, 2);
  for (const [index, number] of numbers.entries()) field.writeBigUInt64LE(BigInt(number), 4 + index * 8);
  return field;
}

export interface ZipExtent {
  readonly entries: number;
  readonly directoryAt: number;
  readonly endAt: number;
}

/** Both ends, the wide one, where it is, and the narrow one. Source: 4.3.14, 4.3.15, 4.3.16. */
export function endOfArchive({ entries, directoryAt, endAt }: ZipExtent): Uint8Array {
  const wide = Buffer.alloc(56);
  wide.writeUInt32LE(0x06064b50, 0);
  wide.writeBigUInt64LE(44n, 4);
  wide.writeUInt16LE(version, 12);
  wide.writeUInt16LE(version, 14);
  wide.writeBigUInt64LE(BigInt(entries), 24);
  wide.writeBigUInt64LE(BigInt(entries), 32);
  wide.writeBigUInt64LE(BigInt(endAt - directoryAt), 40);
  wide.writeBigUInt64LE(BigInt(directoryAt), 48);
  const locator = Buffer.alloc(20);
  locator.writeUInt32LE(0x07064b50, 0);
  locator.writeBigUInt64LE(BigInt(endAt), 8);
  locator.writeUInt32LE(1, 16);
  const narrow = Buffer.alloc(22);
  narrow.writeUInt32LE(0x06054b50, 0);
  narrow.writeUInt16LE(Math.min(entries, elsewhere16), 8);
  narrow.writeUInt16LE(Math.min(entries, elsewhere16), 10);
  narrow.writeUInt32LE(elsewhere32, 12);
  narrow.writeUInt32LE(elsewhere32, 16);
  return Buffer.concat([wide, locator, narrow]);
}
