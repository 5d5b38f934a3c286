import { type FileHandle, open } from "node:fs/promises";
import { TransformStream, type WritableStreamDefaultWriter } from "node:stream/web";
import { ok, type Result } from "#kernel";
import { encrypting, type Lock } from "./age.ts";

/** Where the bytes of a backup go. Slower than they come, it lets the writer wait. */
export interface ArchiveSink {
  write(bytes: Uint8Array): Promise<void>;
  /** Everything is on disk. */
  finish(): Promise<void>;
  /** Lets go of the file, whatever is in it. */
  abandon(): Promise<void>;
}

/** The file is for its owner alone: it holds everything. Problems: those of `encrypting`. */
export async function openSink(path: string, lock: Lock | undefined): Promise<Result<ArchiveSink>> {
  if (lock === undefined) return ok(plainSink(await open(path, "w", 0o600)));
  // Bytes that are written and not yet encrypted: none beyond what is at hand.
  const pipe = new TransformStream<Uint8Array, Uint8Array>();
  const sealed = await encrypting(pipe.readable, lock);
  if (!sealed.ok) return sealed;
  const file = await open(path, "w", 0o600);
  const written = writeAll(file, sealed.value);
  // Seen by whoever writes next, and by `finish`.
  written.catch(() => {});
  return ok(sealedSink({ file, into: pipe.writable.getWriter(), written }));
}

function plainSink(file: FileHandle): ArchiveSink {
  return {
    write: (bytes) => file.writeFile(bytes),
    async finish() {
      await file.sync();
      await file.close();
    },
    abandon: () => file.close().catch(() => {}),
  };
}

interface Sealing {
  readonly file: FileHandle;
  readonly into: WritableStreamDefaultWriter<Uint8Array>;
  /** Settles when all that comes out is written. */
  readonly written: Promise<void>;
}

/** How much is handed on at once. */
const pieceBytes = 64 * 1024;

function sealedSink({ file, into, written }: Sealing): ArchiveSink {
  const failure = written.then(() => new Promise<never>(() => {}));
  failure.catch(() => {});
  return {
    async write(bytes) {
      for (let at = 0; at < bytes.length; at += pieceBytes) {
        await Promise.race([into.write(bytes.subarray(at, at + pieceBytes)), failure]);
      }
    },
    async finish() {
      await Promise.race([into.close(), failure]);
      await written;
      await file.sync();
      await file.close();
    },
    async abandon() {
      await into.abort().catch(() => {});
      await written.catch(() => {});
      await file.close().catch(() => {});
    },
  };
}

async function writeAll(file: FileHandle, bytes: AsyncIterable<Uint8Array>): Promise<void> {
  for await (const piece of bytes) await file.writeFile(piece);
}
