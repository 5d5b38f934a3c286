import { createHash } from "node:crypto";
import { open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { ok, type Result } from "#kernel";
import type { Lock } from "./age.ts";
import { type ArchiveSink, openSink } from "./archive-sink.ts";
import { type Manifest, manifestName } from "./manifest.ts";
import { tarBlockBytes, tarEntryBytesMax, tarHeader, tarPadding } from "./tar-header.ts";

export interface ArchiveOptions {
  readonly epochMs: number;
  /** Absent: it is not encrypted. */
  readonly lock?: Lock | undefined;
}

/** Writes a backup aside; it gets its name when it is whole and on disk. */
export class ArchiveWriter {
  readonly #path: string;
  readonly #sink: ArchiveSink;
  readonly #epochSeconds: number;
  readonly #sha256: Record<string, string> = {};

  private constructor(path: string, sink: ArchiveSink, epochSeconds: number) {
    this.#path = path;
    this.#sink = sink;
    this.#epochSeconds = epochSeconds;
  }

  /** Throws what the file system throws, such as EACCES. Problems: those of `openSink`. */
  static async create(path: string, { epochMs, lock }: ArchiveOptions): Promise<Result<ArchiveWriter>> {
    const sink = await openSink(unfinished(path), lock);
    return sink.ok ? ok(new ArchiveWriter(path, sink.value, epochMs / 1000)) : sink;
  }

  async add(name: string, content: Uint8Array): Promise<void> {
    this.#sha256[name] = createHash("sha256").update(content).digest("hex");
    await this.#append(name, content);
  }

  /** Content that comes in pieces, of a size that is known. Throws when it is of another. */
  async addPieces(name: string, sizeBytes: number, pieces: AsyncIterable<Uint8Array>): Promise<void> {
    const digest = createHash("sha256");
    let left = sizeBytes;
    await this.#begin(name, sizeBytes);
    for await (const piece of pieces) {
      left -= piece.length;
      digest.update(piece);
      await this.#sink.write(piece);
    }
    if (left !== 0) throw new RangeError(`${name} is not of the size it was said to be`);
    await this.#sink.write(new Uint8Array(tarPadding(sizeBytes)));
    this.#sha256[name] = digest.digest("hex");
  }

  /** Adds the manifest, syncs and renames. */
  async finish(): Promise<void> {
    const manifest: Manifest = { sha256: this.#sha256 };
    await this.#append(manifestName, Buffer.from(JSON.stringify(manifest)));
    await this.#sink.write(new Uint8Array(2 * tarBlockBytes));
    await this.#sink.finish();
    await rename(unfinished(this.#path), this.#path);
    const folder = await open(dirname(this.#path), "r");
    await folder.sync().finally(() => folder.close());
  }

  /** Leaves nothing behind. */
  async abandon(): Promise<void> {
    await this.#sink.abandon();
    await rm(unfinished(this.#path), { force: true });
  }

  async #append(name: string, content: Uint8Array): Promise<void> {
    await this.#begin(name, content.length);
    for (const part of [content, new Uint8Array(tarPadding(content.length))]) await this.#sink.write(part);
  }

  async #begin(name: string, sizeBytes: number): Promise<void> {
    if (sizeBytes > tarEntryBytesMax) throw new RangeError(`${name} is too large for a backup`);
    await this.#sink.write(tarHeader({ name, sizeBytes }, this.#epochSeconds));
  }
}

function unfinished(path: string): string {
  return `${path}.unfinished`;
}
