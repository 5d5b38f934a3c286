import { createReadStream } from "node:fs";
import { pipeline } from "node:stream";
import { createGunzip } from "node:zlib";
import { failed, incorrect, limits, ok, type Result, unavailable } from "#kernel";
import type { ReleaseFile } from "../terminology/release-files.ts";

/** What a file holds, by its name; undefined for one that is not imported. */
export function formatOf(name: string): "json" | "ndjson" | undefined {
  const extension = /\.(json|ndjson|jsonl)(?:\.gz)?$/i.exec(name)?.[1]?.toLowerCase();
  if (extension === undefined) return undefined;
  return extension === "json" ? "json" : "ndjson";
}

const chunkBytes = 1024 * 1024;

/**
 * The text of a file, unpacked where its name ends in `.gz`, piece by piece. `read` is told how many bytes of the file were
 * read. Problems: `file-unreadable`, `not-gzip`, `not-utf-8`.
 */
export async function* textOf(file: ReleaseFile, read: (bytes: number) => void): AsyncGenerator<Result<string>> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  const raw = createReadStream(file.path, { highWaterMark: chunkBytes });
  raw.on("data", (chunk) => read(chunk.length));
  const isPacked = /\.gz$/i.test(file.name);
  // What goes wrong is met by whoever reads the last stream.
  const bytes = isPacked ? pipeline(raw, createGunzip({ chunkSize: chunkBytes }), () => {}) : raw;
  try {
    for await (const chunk of bytes) yield ok(decoder.decode(chunk as Uint8Array, { stream: true }));
    yield ok(decoder.decode());
  } catch (error) {
    yield failed(unreadable(file, error as NodeJS.ErrnoException));
  } finally {
    raw.destroy();
  }
}

function unreadable({ name }: ReleaseFile, error: NodeJS.ErrnoException) {
  const { code = "" } = error;
  if (code === "ERR_ENCODING_INVALID_ENCODED_DATA") return incorrect("not-utf-8", `${name} is not UTF-8.`);
  if (code.startsWith("Z_")) return incorrect("not-gzip", `${name} cannot be unpacked (${error.message}).`);
  return unavailable("file-unreadable", `${name} cannot be read (${code || error.message}).`, { cause: error });
}

/** The whole text of a file. Problems: those of `textOf`, `file-too-large`. */
export async function wholeTextOf(file: ReleaseFile, read: (bytes: number) => void): Promise<Result<string>> {
  const parts: string[] = [];
  let length = 0;
  for await (const part of textOf(file, read)) {
    if (!part.ok) return part;
    parts.push(part.value);
    length += part.value.length;
    if (length > limits.importFileBytesMax) return failed(tooLarge(file));
  }
  return ok(parts.join(""));
}

function tooLarge({ name }: ReleaseFile) {
  return incorrect("file-too-large", `${name} is too large to be read as a whole: bring it as NDJSON.`);
}

/** The lines of a file that are not empty, with their numbers. Problems: those of `textOf`, `line-too-long`. */
export async function* linesOf(
  file: ReleaseFile,
  read: (bytes: number) => void,
): AsyncGenerator<Result<readonly { readonly number: number; readonly text: string }[]>> {
  let number = 0;
  let rest = "";
  for await (const part of textOf(file, read)) {
    if (!part.ok) return yield part;
    const texts = (rest + part.value).split("\n");
    rest = texts.pop() ?? "";
    yield ok(texts.map((text) => ({ number: ++number, text })).filter(hasContent));
    if (rest.length > limits.importLineCharactersMax) return yield failed(lineTooLong(file, number + 1));
  }
  yield ok([{ number: number + 1, text: rest }].filter(hasContent));
}

function hasContent({ text }: { readonly text: string }): boolean {
  return text.trim() !== "";
}

function lineTooLong({ name }: ReleaseFile, line: number) {
  return incorrect("line-too-long", `Line ${line} of ${name} is too long for one resource.`);
}
