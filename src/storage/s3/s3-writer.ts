import { createHash, randomUUID } from "node:crypto";
import { limits } from "#kernel";
import type { BlobHash, BlobWriter, ClosedBlob, FinishedBlob } from "#record";
import type { S3Client } from "./s3-client.ts";
import type { S3Notes } from "./s3-notes.ts";
import { removeObject, sizeOf, writeObject } from "./s3-objects.ts";
import { copyWhole, type PartedUpload, startUpload } from "./s3-parts.ts";

export interface WriterPlaces {
  readonly client: S3Client;
  readonly notes: S3Notes;
  /** Where what is unfinished stands, ending in a slash. */
  readonly aside: string;
  /** Names there that this process writes to. */
  readonly open: Set<string>;
  readonly nameOf: (hash: BlobHash) => string;
}

/** What has come of a part so far. */
interface Filling {
  readonly pieces: Uint8Array[];
  sizeBytes: number;
}

/**
 * Content of one part at most goes to its name at once, when its hash is known. Longer content goes aside in parts while it
 * comes, and is copied to its name within the storage.
 */
export class S3Writer implements BlobWriter {
  readonly #places: WriterPlaces;
  readonly #name: string;
  readonly #digest = createHash("sha256");
  readonly #sending = new Set<Promise<void>>();
  #filling: Filling = { pieces: [], sizeBytes: 0 };
  #sizeBytes = 0;
  #partsSent = 0;
  #upload: PartedUpload | undefined;
  #failure: unknown;

  constructor(places: WriterPlaces) {
    this.#places = places;
    this.#name = `${places.aside}${randomUUID()}.part`;
    places.open.add(this.#name);
  }

  async write(pieces: readonly Uint8Array[]): Promise<void> {
    for (const piece of pieces) {
      this.#digest.update(piece);
      this.#sizeBytes += piece.length;
    }
    // One copy: the caller may change its pieces while a part waits to be full.
    let rest: Uint8Array = Buffer.concat(pieces);
    while (this.#filling.sizeBytes + rest.length > limits.s3PartBytes) {
      const fits = limits.s3PartBytes - this.#filling.sizeBytes;
      this.#add(rest.subarray(0, fits));
      rest = rest.subarray(fits);
      await this.#sendPart();
    }
    this.#add(rest);
  }

  #add(piece: Uint8Array): void {
    if (piece.length === 0) return;
    this.#filling.pieces.push(piece);
    this.#filling.sizeBytes += piece.length;
  }

  /** Waits for room, not for this part. */
  async #sendPart(): Promise<void> {
    const { pieces } = this.#filling;
    this.#filling = { pieces: [], sizeBytes: 0 };
    this.#upload ??= await startUpload(this.#places.client, this.#name);
    while (this.#sending.size >= limits.s3PartsAtOnceMax) await Promise.race(this.#sending);
    if (this.#failure !== undefined) throw this.#failure;
    this.#partsSent += 1;
    const sending = this.#upload.send(this.#partsSent, { body: pieces }).catch((error: unknown) => {
      this.#failure ??= error;
    });
    this.#sending.add(sending);
    void sending.finally(() => this.#sending.delete(sending));
  }

  async finish(): Promise<FinishedBlob> {
    const { client, notes, nameOf } = this.#places;
    const hash = this.#digest.digest("hex") as BlobHash;
    const to = nameOf(hash);
    await this.#completeUpload();
    const [there, note] = await Promise.all([sizeOf(client, to), notes.announce(hash)]);
    const isKnown = there === this.#sizeBytes;
    if (isKnown) await note.settle();
    else if (this.#upload === undefined) {
      await writeObject(client, to, { body: this.#filling.pieces, sha256: hash });
    } else await copyWhole(client, { from: this.#name, to, sizeBytes: this.#sizeBytes });
    await this.#dropAside();
    this.#filling = { pieces: [], sizeBytes: 0 };
    return { hash, sizeBytes: this.#sizeBytes, isKnown, settle: () => note.settle() };
  }

  async close(): Promise<ClosedBlob> {
    return { ...(await this.finish()), durable: Promise.resolve() };
  }

  async #completeUpload(): Promise<void> {
    if (this.#upload === undefined) return;
    if (this.#filling.sizeBytes > 0) await this.#sendPart();
    await Promise.all(this.#sending);
    if (this.#failure !== undefined) throw this.#failure;
    await this.#upload.complete(this.#sizeBytes);
  }

  async #dropAside(): Promise<void> {
    if (this.#upload !== undefined) await removeObject(this.#places.client, this.#name);
    this.#places.open.delete(this.#name);
  }

  /** A note of what was on its way to its name stays: whether it got there is found out at the next start. */
  async abandon(): Promise<void> {
    this.#filling = { pieces: [], sizeBytes: 0 };
    await Promise.all(this.#sending);
    await this.#upload?.abort();
    await this.#dropAside();
  }
}
