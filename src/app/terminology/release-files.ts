import { createReadStream } from "node:fs";
import { readdir, readFile, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { failed, incorrect, limits, notFound, ok, type Result } from "#kernel";
import type { Row, RowReader } from "#standards/terminology";

/** A file of a release. */
export interface ReleaseFile {
  readonly path: string;
  readonly name: string;
  readonly bytes: number;
}

/** Every file at or below a path. Problems: not-found `no-such-path`. */
export async function filesAt(path: string): Promise<Result<readonly ReleaseFile[]>> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) return failed(notFound("no-such-path", `There is no file or folder ${path}.`));
  if (!found.isDirectory()) return ok([{ path, name: basename(path), bytes: found.size }]);
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return ok(await Promise.all(files.sort().map(sized)));
}

async function sized(path: string): Promise<ReleaseFile> {
  return { path, name: basename(path), bytes: (await stat(path)).size };
}

/** The text of a file that is read as a whole. Problems: incorrect `file-too-large`. */
export async function wholeText({ path, name, bytes }: ReleaseFile): Promise<Result<string>> {
  if (bytes > limits.releaseFileBytesMax) {
    return failed(incorrect("file-too-large", `${name} is too large to be read as a whole.`));
  }
  return ok(await readFile(path, "utf8"));
}

export interface RowsReading {
  readonly file: ReleaseFile;
  readonly reader: RowReader;
  /** How to take the rows behind the first one. */
  readonly begin: (header: Row) => Result<(row: Row) => void>;
  /** Told how many bytes more have been read. */
  readonly read: (bytes: number) => void;
}

/** Hands over the rows of a file as they come. Problems: those of `begin`. */
export async function readRows({ file, reader, begin, read }: RowsReading): Promise<Result<undefined>> {
  let take: ((row: Row) => void) | undefined;
  const handOver = (rows: readonly Row[]): Result<undefined> => {
    for (const row of rows) {
      if (take !== undefined) {
        take(row);
        continue;
      }
      const begun = begin(row);
      if (!begun.ok) return failed({ ...begun.problems[0], message: `${file.name}: ${begun.problems[0].message}` });
      take = begun.value;
    }
    return ok(undefined);
  };
  for await (const chunk of createReadStream(file.path, { encoding: "utf8", highWaterMark: 1024 * 1024 })) {
    const text = chunk as string;
    const handed = handOver(reader.push(text));
    if (!handed.ok) return handed;
    read(text.length);
  }
  return handOver(reader.end());
}
