import { promisify } from "node:util";
import { zstdCompress, zstdDecompress } from "node:zlib";

const compress = promisify(zstdCompress);
const decompress = promisify(zstdDecompress);

/** Rows are put together to parts of about this size before they are compressed. */
const partBytes = 8 * 1024 * 1024;

/** The rows of a table in compressed parts. `onRows` is told how many rows each chunk holds: a line is a row. */
export async function* compressedParts(
  rows: AsyncIterable<Uint8Array>,
  onRows: (count: number) => void,
): AsyncGenerator<Uint8Array> {
  let waiting: Uint8Array[] = [];
  let waitingBytes = 0;
  for await (const chunk of rows) {
    onRows(countLines(chunk));
    waiting.push(chunk);
    waitingBytes += chunk.length;
    if (waitingBytes < partBytes) continue;
    yield await compress(Buffer.concat(waiting));
    waiting = [];
    waitingBytes = 0;
  }
  if (waitingBytes > 0) yield await compress(Buffer.concat(waiting));
}

export async function decompressedPart(part: Uint8Array): Promise<Uint8Array> {
  return decompress(part);
}

/** In the text format of COPY a line break within a value is written as `\n`, so each real one ends a row. */
export function countLines(chunk: Uint8Array): number {
  let count = 0;
  for (let at = chunk.indexOf(0x0a); at >= 0; at = chunk.indexOf(0x0a, at + 1)) count += 1;
  return count;
}
