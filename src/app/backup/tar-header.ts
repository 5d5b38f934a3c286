/** A tar archive is a list of entries: a header of 512 bytes, then the content, filled up to a multiple of 512. */
export const tarBlockBytes = 512;

export interface TarEntry {
  /** At most 100 bytes. */
  readonly name: string;
  readonly sizeBytes: number;
}

/** The largest size that eleven octal digits hold. */
export const tarEntryBytesMax = 8 ** 11 - 1;

/** Fields of a header with where they start and how long they are. Source: POSIX.1-2017 pax, ustar interchange format. */
const fields = {
  name: [0, 100],
  mode: [100, 8],
  uid: [108, 8],
  gid: [116, 8],
  size: [124, 12],
  mtime: [136, 12],
  checksum: [148, 8],
  typeflag: [156, 1],
  magic: [257, 6],
  version: [263, 2],
} as const;

/** The header of a plain file that only its owner may read. */
export function tarHeader({ name, sizeBytes }: TarEntry, epochSeconds: number): Uint8Array {
  const header = Buffer.alloc(tarBlockBytes);
  const put = (field: keyof typeof fields, text: string) =>
    header.write(text, fields[field][0], fields[field][1], "latin1");
  put("name", name);
  put("mode", octal(0o600, 7));
  put("uid", octal(0, 7));
  put("gid", octal(0, 7));
  put("size", octal(sizeBytes, 11));
  put("mtime", octal(epochSeconds, 11));
  put("typeflag", "0");
  put("magic", "ustar");
  put("version", "00");
  put("checksum", `${octal(checksum(header), 6)}\0 `);
  return header;
}

/** The entry a header announces; `end` for the block of zeros that ends an archive; undefined when it is no header. */
export function readTarHeader(header: Uint8Array): TarEntry | "end" | undefined {
  if (header.every((byte) => byte === 0)) return "end";
  const text = ([start, length]: readonly [number, number]) =>
    Buffer.from(header.subarray(start, start + length))
      .toString("latin1")
      .replace(/[\0 ]+$/, "");
  const sizeBytes = Number.parseInt(text(fields.size), 8);
  const isHeader = Number.parseInt(text(fields.checksum), 8) === checksum(header) && text(fields.magic) === "ustar";
  return isHeader && sizeBytes >= 0 ? { name: text(fields.name), sizeBytes } : undefined;
}

/** The sum of the header's bytes, its checksum field counted as blanks. */
function checksum(header: Uint8Array): number {
  const [start, length] = fields.checksum;
  return header.reduce((sum, byte, index) => sum + (index >= start && index < start + length ? 0x20 : byte), 0);
}

function octal(value: number, digits: number): string {
  return Math.floor(value).toString(8).padStart(digits, "0");
}

/** How many zeros fill a content up to a whole block. */
export function tarPadding(sizeBytes: number): number {
  return (tarBlockBytes - (sizeBytes % tarBlockBytes)) % tarBlockBytes;
}
