import { failed, incorrect, limits, ok, type Result } from "#kernel";

export interface TarFile {
  /** With slashes, as the archive has it. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

const blockBytes = 512;

/**
 * The plain files of a tar archive, in its order; links, folders and devices are passed over. Reads ustar, with pax and GNU
 * long names. Bounds: `limits.fhirPackageBytesMax`, `fhirPackageFileBytesMax`, `fhirPackageFilesMax`.
 * Problems: tar-damaged, tar-too-large. Source: POSIX.1-2017 pax, ustar interchange format.
 */
export function readTar(archive: Uint8Array): Result<readonly TarFile[]> {
  if (archive.length > limits.fhirPackageBytesMax) return tooLarge("The archive is larger than allowed.");
  const files: TarFile[] = [];
  let longName: string | undefined;
  for (let at = 0; at + blockBytes <= archive.length; ) {
    const header = archive.subarray(at, at + blockBytes);
    if (header.every((byte) => byte === 0)) break;
    const size = sizeOf(header);
    if (size === undefined || !isIntact(header) || at + blockBytes + size > archive.length)
      return failed(incorrect("tar-damaged", "The archive is damaged or no tar archive.", { where: `byte ${at}` }));
    if (size > limits.fhirPackageFileBytesMax) return tooLarge("A file in the archive is larger than allowed.");
    const bytes = archive.subarray(at + blockBytes, at + blockBytes + size);
    const kind = String.fromCharCode(header[156] ?? 0);
    if (kind === "L") longName = textOf(bytes);
    else if (kind === "x") longName = paxPath(bytes) ?? longName;
    else {
      if (kind === "0" || kind === "\0") files.push({ path: longName ?? nameOf(header), bytes });
      longName = undefined;
    }
    if (files.length > limits.fhirPackageFilesMax) return tooLarge("The archive has more files than allowed.");
    at += blockBytes + Math.ceil(size / blockBytes) * blockBytes;
  }
  return ok(files);
}

function tooLarge(message: string): Result<never> {
  return failed(incorrect("tar-too-large", message));
}

function textOf(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  return new TextDecoder().decode(end === -1 ? bytes : bytes.subarray(0, end));
}

function nameOf(header: Uint8Array): string {
  const name = textOf(header.subarray(0, 100));
  const isUstar = textOf(header.subarray(257, 262)) === "ustar";
  const prefix = isUstar ? textOf(header.subarray(345, 500)) : "";
  return prefix === "" ? name : `${prefix}/${name}`;
}

/** Octal digits; GNU writes large sizes in binary behind a set first bit, larger than anything allowed here. */
function sizeOf(header: Uint8Array): number | undefined {
  const text = textOf(header.subarray(124, 136)).trim();
  return /^[0-7]{1,12}$/.test(text) ? Number.parseInt(text, 8) : undefined;
}

/** The header's bytes add up to what it says, with its own sum counted as spaces. */
function isIntact(header: Uint8Array): boolean {
  const stated = Number.parseInt(textOf(header.subarray(148, 156)).trim(), 8);
  const sum = header.reduce((total, byte, index) => total + (index >= 148 && index < 156 ? 32 : byte), 0);
  return stated === sum;
}

/** Records read `27 path=package/long-name\n`. */
function paxPath(bytes: Uint8Array): string | undefined {
  return /(?:^|\n)\d+ path=([^\n]*)\n/.exec(new TextDecoder().decode(bytes))?.[1];
}
