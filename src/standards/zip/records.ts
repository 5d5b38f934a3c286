/** The records of a zip archive. Source: PKWARE APPNOTE.TXT 6.3.10. */

/** A file of an archive, as its directory has it. */
export interface ZipEntry {
  /** In UTF-8. */
  readonly name: Uint8Array;
  readonly crc: number;
  readonly packedBytes: number;
  readonly plainBytes: number;
  readonly startAt: number;
  /** Whether its local header gave its sizes 64 bits. */
  readonly isWide: boolean;
}

export interface ZipTime {
  readonly time: number;
  readonly date: number;
}

/** Sizes follow the content, names are UTF-8. Source: 4.4.4. */
const flags = 0x0808;
const deflated = 8;
/** Of a reader of 32 bits, and of one of 64. Source: 4.4.3.2. */
const [narrowVersion, wideVersion] = [20, 45];
/** The first numbers that a narrow record has no room for; they say there that the number is among the wide ones. */
export const [elsewhere16, elsewhere32] = [0xffff, 0xffff_ffff];

/** Local time without a zone, as MS-DOS has it: `2026-11-23T10:15:00`. Source: 4.4.6. */
export function zipTime(at: string): ZipTime {
  const [year = 1980, month = 1, day = 1, hour = 0, minute = 0, second = 0] = at.split(/\D/).map(Number);
  return {
    time: (hour << 11) | (minute << 5) | (second >> 1),
    date: ((year - 1980) << 9) | (month << 5) | day,
  };
}

/** One that is wide has both sizes of 64 bits, so that those behind the content are too. Source: 4.3.7, 4.3.9.2, 4.5.3. */
export function localHeader(name: Uint8Array, { time, date }: ZipTime, isWide: boolean): Uint8Array {
  const extra = isWide ? wideNumbers(0, 0) : nothing;
  return record([
    [4, 0x04034b50],
    [2, isWide ? wideVersion : narrowVersion],
    [2, flags],
    [2, deflated],
    [2, time],
    [2, date],
    [4, 0],
    [4, isWide ? elsewhere32 : 0],
    [4, isWide ? elsewhere32 : 0],
    [2, name.length],
    [2, extra.length],
    name,
    extra,
  ]);
}

/** Source: 4.3.9. */
export function sizesBehind({ crc, packedBytes, plainBytes, isWide }: Omit<ZipEntry, "name" | "startAt">): Uint8Array {
  const size = isWide ? 8 : 4;
  return record([
    [4, 0x08074b50],
    [4, crc],
    [size, packedBytes],
    [size, plainBytes],
  ]);
}

/** Source: 4.3.12. */
export function centralEntry(entry: ZipEntry, { time, date }: ZipTime): Uint8Array {
  const { name, crc, packedBytes, plainBytes, startAt, isWide } = entry;
  const isFar = isWide || startAt >= elsewhere32;
  const wide = [...(isWide ? [plainBytes, packedBytes] : []), ...(isFar ? [startAt] : [])];
  const extra = wide.length === 0 ? nothing : wideNumbers(...wide);
  const version = isFar ? wideVersion : narrowVersion;
  return record([
    [4, 0x02014b50],
    [2, version],
    [2, version],
    [2, flags],
    [2, deflated],
    [2, time],
    [2, date],
    [4, crc],
    [4, isWide ? elsewhere32 : packedBytes],
    [4, isWide ? elsewhere32 : plainBytes],
    [2, name.length],
    [2, extra.length],
    [2, 0],
    [2, 0],
    [2, 0],
    [4, 0],
    [4, isFar ? elsewhere32 : startAt],
    name,
    extra,
  ]);
}

/** Source: 4.5.3. */
function wideNumbers(...numbers: readonly number[]): Uint8Array {
  return record([[2, 0x0001], [2, numbers.length * 8], ...numbers.map((number) => [8, number] as const)]);
}

export interface ZipExtent {
  readonly entries: number;
  readonly directoryAt: number;
  readonly endAt: number;
}

/** The narrow end, with the wide one and where that is before it where a number needs it. Source: 4.3.14, 4.3.15, 4.3.16. */
export function endOfArchive({ entries, directoryAt, endAt }: ZipExtent): Uint8Array {
  const sizeBytes = endAt - directoryAt;
  const isWide = entries >= elsewhere16 || directoryAt >= elsewhere32 || sizeBytes >= elsewhere32;
  const wide: readonly Field[] = [
    [4, 0x06064b50],
    [8, 44],
    [2, wideVersion],
    [2, wideVersion],
    [8, 0],
    [8, entries],
    [8, entries],
    [8, sizeBytes],
    [8, directoryAt],
    [4, 0x07064b50],
    [4, 0],
    [8, endAt],
    [4, 1],
  ];
  return record([
    ...(isWide ? wide : []),
    [4, 0x06054b50],
    [4, 0],
    [2, Math.min(entries, elsewhere16)],
    [2, Math.min(entries, elsewhere16)],
    [4, Math.min(sizeBytes, elsewhere32)],
    [4, Math.min(directoryAt, elsewhere32)],
    [2, 0],
  ]);
}

const nothing = new Uint8Array(0);

/** A number in so many bytes, the lowest first; or bytes as they are. */
type Field = readonly [bytes: 2 | 4 | 8, value: number] | Uint8Array;

function record(fields: readonly Field[]): Uint8Array {
  const bytes = new Uint8Array(fields.reduce((sum, field) => sum + lengthOf(field), 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const field of fields) {
    if (field instanceof Uint8Array) bytes.set(field, at);
    else if (field[0] === 2) view.setUint16(at, field[1], true);
    else if (field[0] === 4) view.setUint32(at, field[1], true);
    else view.setBigUint64(at, BigInt(field[1]), true);
    at += lengthOf(field);
  }
  return bytes;
}

function lengthOf(field: Field): number {
  return field instanceof Uint8Array ? field.length : field[0];
}
