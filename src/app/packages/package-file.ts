import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { basename } from "node:path";
import { pipeline } from "node:stream";
import { createGunzip } from "node:zlib";
import { failed, incorrect, limits, notFound, ok, type Problem, type Result, unavailable } from "#kernel";
import { type FhirPackage, packageDocuments, readPackage } from "#standards/fhir-profiles";

export interface PackageReading {
  readonly progress: (doneBytes: number, totalBytes: number) => void;
  /** What it may unpack to. */
  readonly bytesMax?: number;
}

/**
 * Reads a FHIR package as it is published: a tar archive, packed by gzip. Problems: not-found `no-such-path`; unavailable
 * `file-unreadable`; incorrect `package-not-packed`, `package-too-large`, `package-nameless`, `package-empty`, and those of
 * `readPackage`.
 */
export async function readPackageFile(path: string, reading: PackageReading): Promise<Result<FhirPackage>> {
  const { progress, bytesMax = limits.fhirPackageBytesMax } = reading;
  const found = await stat(path).catch(() => undefined);
  if (found?.isFile() !== true) return failed(notFound("no-such-path", `There is no file ${path}.`));
  const tar = await unpacked(path, { bytesMax, read: (doneBytes) => progress(doneBytes, found.size) });
  if (!tar.ok) return tar;
  const read = readPackage(tar.value);
  if (!read.ok) {
    const [first, ...others] = read.problems;
    return failed(placed(path, first), ...others.map((problem) => placed(path, problem)));
  }
  if (read.value.name === "" || read.value.version === "") return failed(nameless(path));
  return packageDocuments(read.value).length > 0 ? read : failed(empty(path));
}

/** The place within the archive, in words: a command tells no more than the message. */
function placed(path: string, { where, ...problem }: Problem): Problem {
  const place = where === undefined ? "" : `, ${where}`;
  return { ...problem, message: `${basename(path)}${place}: ${problem.message}` };
}

interface Unpacking {
  readonly bytesMax: number;
  /** Told how many bytes of the file have been read. */
  readonly read: (bytes: number) => void;
}

async function unpacked(path: string, { bytesMax, read }: Unpacking): Promise<Result<Uint8Array>> {
  const packed = createReadStream(path);
  let packedBytes = 0;
  packed.on("data", (chunk) => {
    packedBytes += chunk.length;
    read(packedBytes);
  });
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  try {
    // What goes wrong is met by whoever reads the last stream.
    for await (const chunk of pipeline(packed, createGunzip(), () => {})) {
      chunks.push(chunk as Uint8Array);
      bytes += (chunk as Uint8Array).length;
      if (bytes > bytesMax) return failed(tooLarge(path, bytesMax));
    }
    return ok(Buffer.concat(chunks));
  } catch (error) {
    return failed(unreadable(path, error as NodeJS.ErrnoException));
  } finally {
    packed.destroy();
  }
}

function unreadable(path: string, error: NodeJS.ErrnoException): Problem {
  const { code = "", message } = error;
  if (!code.startsWith("Z_"))
    return unavailable("file-unreadable", `${path} cannot be read (${code || message}).`, { cause: error });
  return incorrect(
    "package-not-packed",
    `${basename(path)} is no FHIR package, or not all of it: it cannot be unpacked (${message}). Get the .tgz again.`,
  );
}

const mebibyte = 1024 * 1024;

function tooLarge(path: string, bytesMax: number): Problem {
  const most = Math.floor(bytesMax / mebibyte);
  return incorrect("package-too-large", `${basename(path)} unpacks to more than ${most} MB: it is not taken.`);
}

function nameless(path: string): Problem {
  return incorrect(
    "package-nameless",
    `${basename(path)} is no FHIR package: its package.json has no name or version.`,
  );
}

function empty(path: string): Problem {
  const kinds = "profiles, value sets, code systems, concept maps, search parameters or naming systems";
  return incorrect("package-empty", `${basename(path)} has no ${kinds}: there is nothing to add.`);
}
