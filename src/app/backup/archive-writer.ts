import { createHash } from "node:crypto";
import { type FileHandle, open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { type Manifest, manifestName } from "./manifest.ts";
import { tarBlockBytes, tarEntryBytesMax, tarHeader, tarPadding } from "./tar-header.ts";

/** Writes a backup aside; it gets its name when it is whole and on disk. */
export class ArchiveWriter {
  readonly #path: string;
  readonly #file: FileHandle;
  readonly #epochSeconds: number;
  readonly #sha256: Record<string, string> = {};

  private constructor(path: string, file: FileHandle, epochSeconds: number) {
    this.#path = path;
    this.#file = file;
    this.#epochSeconds = epochSeconds;
  }

  /** Throws what the file system throws, such as EACCES. The file is for its owner alone: it holds everything. */
  static async create(path: string, epochMs: number): Promise<ArchiveWriter> {
    return new ArchiveWriter(path, await open(unfinished(path), "w", 0o600), epochMs / 1000);
  }

  async add(name: string, content: Uint8Array): Promise<void> {
    this.#sha256[name] = createHash("sha256").update(content).digest("hex");
    await this.#append(name, content);
  }

  /** Adds the manifest, syncs and renames. */
  async finish(): Promise<void> {
    const manifest: Manifest = { sha256: this.#sha256 };
    await this.#append(manifestName, Buffer.from(JSON.stringify(manifest)));
    await this.#file.write(new Uint8Array(2 * tarBlockBytes));
    await this.#file.sync();
    await this.#file.close();
    await rename(unfinished(this.#path), this.#path);
    const folder = await open(dirname(this.#path), "r");
    await folder.sync().finally(() => folder.close());
  }

  /** Leaves nothing behind. */
  async abandon(): Promise<void> {
    await this.#file.close().catch(() => {});
    await rm(unfinished(this.#path), { force: true });
  }

  async #append(name: string, content: Uint8Array): Promise<void> {
    if (content.length > tarEntryBytesMax) throw new RangeError(`${name} is too large for a backup`);
    const parts = [
      tarHeader({ name, sizeBytes: content.length }, this.#epochSeconds),
      content,
      new Uint8Array(tarPadding(content.length)),
    ];
    for (const part of parts) await this.#file.writeFile(part);
  }
}

function unfinished(path: string): string {
  return `${path}.unfinished`;
}
