import { type Instant, toIso } from "#kernel";
import { deflated } from "#record";
import { ZipArchive } from "#standards/zip";
import type { ExportSink } from "./export-order.ts";

/** Takes the next bytes of a file. */
export type Write = (bytes: Uint8Array) => Promise<void>;

/** Fast rather than small: pictures give half of what they can at once. */
const packer = deflated(1);

/** A zip archive written as it comes to be. */
export class ZipSink implements ExportSink {
  readonly #write: Write;
  readonly #archive: ZipArchive;

  /** Files are dated by this moment, in UTC. */
  constructor(write: Write, at: Instant) {
    this.#write = write;
    this.#archive = new ZipArchive({ at: toIso(at), isWide: true, packer });
  }

  async add(name: string, content: AsyncIterable<Uint8Array>): Promise<void> {
    for await (const bytes of this.#archive.add(name, content)) await this.#write(bytes);
  }

  /** Without it what was written is no archive. */
  async finish(): Promise<void> {
    for (const bytes of this.#archive.end()) await this.#write(bytes);
  }
}
