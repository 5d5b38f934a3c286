import type { Context } from "#access";
import type { Arrival, ImageReceiver, Received } from "#imaging";
import { type HttpRequest, limits, type Result } from "#kernel";
import { readPart10, tags } from "#standards/dicom";
import type { StoredOutcome } from "./stored-outcome.ts";

/** A store request, and the study that its objects must belong to. */
export interface Storing {
  readonly request: HttpRequest;
  readonly context: Context;
  readonly study: string | undefined;
}

const beginningBytesMax = 8 * 1024;

/** An object of a store request on its way into the archive, piece by piece. */
export class StoredPart {
  readonly #receiver: Result<ImageReceiver>;
  #pieces: Uint8Array[] = [];
  #bytes = 0;
  #hasBegun = false;
  /** The first bytes, to name what was refused. */
  #beginning = new Uint8Array(0);

  private constructor(receiver: Result<ImageReceiver>) {
    this.#receiver = receiver;
  }

  static async open({ images }: Pick<Context, "images">, arrival: Arrival): Promise<StoredPart> {
    return new StoredPart(await images.receive(arrival));
  }

  async write(bytes: Uint8Array): Promise<void> {
    if (this.#beginning.length < beginningBytesMax) {
      const more = bytes.subarray(0, beginningBytesMax - this.#beginning.length);
      this.#beginning = new Uint8Array(Buffer.concat([this.#beginning, more]));
    }
    if (!this.#receiver.ok) return;
    this.#pieces.push(bytes);
    this.#bytes += bytes.length;
    // What comes first is copied until the header is known, and is little therefore.
    const enough = this.#hasBegun ? limits.storedPieceBytes : limits.storedFirstPieceBytes;
    if (this.#bytes >= enough) await this.#flush(this.#receiver.value);
  }

  async finish(): Promise<StoredOutcome> {
    if (!this.#receiver.ok) return this.#outcome(this.#receiver);
    await this.#flush(this.#receiver.value);
    return this.#outcome(await this.#receiver.value.finish());
  }

  async abandon(): Promise<void> {
    if (this.#receiver.ok) await this.#receiver.value.abandon();
  }

  async #flush(receiver: ImageReceiver): Promise<void> {
    const pieces = this.#pieces;
    this.#hasBegun = true;
    this.#pieces = [];
    this.#bytes = 0;
    if (pieces.length > 0) await receiver.write(pieces);
  }

  #outcome(result: Result<Received>): StoredOutcome {
    if (result.ok) return { sopClass: result.value.sopClass, instance: result.value.instance, result };
    const header = readPart10(this.#beginning, { until: tags.sopInstance + 1 }).file?.dataSet;
    return { sopClass: header?.text("SOPClassUID"), instance: header?.text("SOPInstanceUID"), result };
  }
}
