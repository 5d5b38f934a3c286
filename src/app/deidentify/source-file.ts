import { open, readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { failed, incorrect, limits, ok, type Result, unavailable } from "#kernel";
import type { ReleaseFile } from "../terminology/release-files.ts";

export type SourceFormat = "ndjson" | "json" | "xml" | "hl7v2" | "dicom";

const headBytes = 1_024;
const unpack = promisify(gunzip);

/** What a file holds, by what it begins with, and by its name where that does not tell; undefined where nothing does. */
export async function sourceFormatOf(file: ReleaseFile): Promise<SourceFormat | undefined> {
  const head = file.name.endsWith(".gz")
    ? await wholeBytes(file).then((bytes) => (bytes.ok ? bytes.value.subarray(0, headBytes) : undefined))
    : await headOf(file.path);
  if (head === undefined) return undefined;
  if (head.subarray(128, 132).toString("latin1") === "DICM" || /\.(?:dcm|dicom)$/i.test(file.name)) return "dicom";
  const text = head.toString("utf8").replace(/^[\uFEFF\s\v]+/, "");
  if (/^(?:MSH|FHS|BHS)[^A-Za-z0-9\s]/.test(text)) return "hl7v2";
  if (text.startsWith("<")) return "xml";
  if (!text.startsWith("{")) return undefined;
  return /\.(?:ndjson|jsonl)(?:\.gz)?$/i.test(file.name) ? "ndjson" : "json";
}

async function headOf(path: string): Promise<Buffer> {
  const file = await open(path);
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(headBytes), 0, headBytes, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** All of a file, unpacked. Problems: `file-too-large`, `not-gzip`, `file-unreadable`. */
export async function wholeBytes(file: ReleaseFile): Promise<Result<Buffer>> {
  const tooLarge = incorrect("file-too-large", "It is too large to be read as a whole: bring resources as NDJSON.");
  if (file.bytes > limits.deidentifiedFileBytesMax) return failed(tooLarge);
  try {
    const bytes = await readFile(file.path);
    if (!file.name.endsWith(".gz")) return ok(bytes);
    return ok(await unpack(bytes, { maxOutputLength: limits.deidentifiedFileBytesMax }));
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    if (code === "ERR_BUFFER_TOO_LARGE") return failed(tooLarge);
    if (code.startsWith("Z_")) return failed(incorrect("not-gzip", "It cannot be unpacked."));
    return failed(unavailable("file-unreadable", `It cannot be read (${code}).`, { cause: error }));
  }
}
