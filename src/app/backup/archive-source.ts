import { open } from "node:fs/promises";
import { ReadableStream } from "node:stream/web";
import { failed, incorrect, ok, type Result } from "#kernel";
import { ageHeader, decrypting, type Key } from "./age.ts";

/** The bytes of a backup, from its beginning, decrypted where it is encrypted. */
export interface ArchiveSource {
  /** At least as many bytes as are inside. */
  readonly bytesMax: number;
  /** So many, or undefined where it ends before or was changed. */
  read(length: number): Promise<Uint8Array | undefined>;
  close(): Promise<void>;
}

/** Problems: `backup-encrypted` without a key; those of `decrypting`. Throws what the file system throws. */
export async function openSource(path: string, key: Key | undefined): Promise<Result<ArchiveSource>> {
  const file = await open(path, "r");
  const { size } = await file.stat();
  const pieces = fileStream(file, size);
  const isEncrypted = (await beginningOf(path)) === ageHeader;
  const bytes = isEncrypted && key !== undefined ? await decrypting(pieces, key) : ok(pieces);
  const opened = isEncrypted && key === undefined ? failed(encrypted(path)) : bytes;
  if (!opened.ok) {
    await file.close();
    return opened;
  }
  return ok({ bytesMax: size, read: reading(opened.value), close: () => file.close() });
}

async function beginningOf(path: string): Promise<string> {
  const file = await open(path, "r");
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(ageHeader.length), 0, ageHeader.length, 0);
    return buffer.subarray(0, bytesRead).toString("latin1");
  } finally {
    await file.close();
  }
}

const pieceBytes = 64 * 1024;

/** Read as it is asked for, and no further. */
function fileStream(file: Awaited<ReturnType<typeof open>>, sizeBytes: number): ReadableStream<Uint8Array> {
  let at = 0;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const piece = Buffer.alloc(Math.min(pieceBytes, sizeBytes - at));
        const { bytesRead } = await file.read(piece, 0, piece.length, at);
        at += bytesRead;
        if (bytesRead === 0) controller.close();
        else controller.enqueue(new Uint8Array(piece.buffer, piece.byteOffset, bytesRead));
      },
    },
    { highWaterMark: 1 },
  );
}

function reading(bytes: ReadableStream<Uint8Array>): ArchiveSource["read"] {
  const reader = bytes.getReader();
  let left: Uint8Array = new Uint8Array(0);
  return async (length) => {
    const wanted = Buffer.alloc(length);
    let filled = 0;
    while (filled < length) {
      if (left.length === 0) {
        // What was changed on the way ends the stream with an error.
        const next = await reader.read().catch(() => ({ done: true, value: undefined }) as const);
        if (next.done) return undefined;
        left = next.value;
      }
      const taken = left.subarray(0, length - filled);
      wanted.set(taken, filled);
      filled += taken.length;
      left = left.subarray(taken.length);
    }
    return wanted;
  };
}

function encrypted(path: string) {
  return incorrect(
    "backup-encrypted",
    `The backup ${path} is encrypted: give the file of your key with --identity, or of the passphrase with --passphrase-file.`,
  );
}
