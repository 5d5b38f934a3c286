import { createHash } from "node:crypto";
import { type Clock, failed, incorrect, type Log, ok, type Result, unavailable } from "#kernel";
import type { BlobHash, BlobWriter, FinishedBlob } from "#record";
import type { DataSet } from "#standards/dicom";
import type { NewInstance } from "../image-index.ts";
import { type Described, describe } from "./describe.ts";
import { type Header, headerOf, type Wire } from "./header.ts";
import type { IndexCommitter } from "./index-committer.ts";
import { fileBeginning } from "./meta-information.ts";
import { type SameUidNeeds, settleSameUid } from "./same-uid.ts";

/** What is known of an object before its bytes. */
export interface Arrival {
  readonly wire: Wire;
  /** The node or account that sends it. */
  readonly source: string;
  /** The study that it must belong to. */
  readonly study?: string;
  /** What the sender says that it is; one that says otherwise itself is refused. */
  readonly told?: { readonly sopClass?: string; readonly instance: string };
}

export interface Received {
  readonly study: string;
  readonly series: string;
  readonly instance: string;
  readonly sopClass: string;
  readonly patientId: string;
  /** Known: the same object was there already. */
  readonly is: "new" | "known";
}

/** An object being received, piece by piece. */
export interface ImageReceiver {
  /** The pieces may be changed once this has resolved; the next call waits for that. */
  write(pieces: readonly Uint8Array[]): Promise<void>;
  /**
   * Resolves when the object is on disk and indexed. Problems: `not-dicom`, `uid-missing`, `uid-invalid`, `uid-differs`,
   * `deflate-invalid`, conflict `instance-differs` (as the policy of duplicates says) and `series-elsewhere` (kept aside as a
   * twin); unavailable when the disk or the index is. Nothing but a twin is kept then.
   */
  finish(): Promise<Result<Received>>;
  abandon(): Promise<void>;
}

export interface ReceiverNeeds extends SameUidNeeds {
  readonly committer: IndexCommitter;
  readonly clock: Clock;
  readonly log: Log;
}

const firstLookBytes = 8 * 1024;

export function receiver(needs: ReceiverNeeds, arrival: Arrival): ImageReceiver {
  return new Receiving(needs, arrival);
}

class Receiving implements ImageReceiver {
  readonly #needs: ReceiverNeeds;
  readonly #arrival: Arrival;
  /** The bytes from the first one, until the header is known. */
  #early: Uint8Array[] = [];
  #earlyBytes = 0;
  #nextLookBytes = firstLookBytes;
  #header: Result<Header> | undefined;
  #described: Result<Described> | undefined;
  /** Where the data set begins in the file; known with the first byte that is written. */
  #beginningBytes = 0;
  /** Begun as soon as the object is too large to stand beside its row, so that there is a file by the time that there is a header. */
  #opening: Promise<BlobWriter> | undefined;
  #writer: BlobWriter | undefined;
  /** Of a small object all that came behind its header was known: its file, once it is at an end. */
  #small: Uint8Array[] = [];
  #cameBytes = 0;

  constructor(needs: ReceiverNeeds, arrival: Arrival) {
    this.#needs = needs;
    this.#arrival = arrival;
  }

  async write(pieces: readonly Uint8Array[]): Promise<void> {
    if (this.#writer !== undefined) return this.#writer.write(pieces);
    if (this.#described?.ok === false) return;
    for (const { length } of pieces) this.#cameBytes += length;
    this.#openIfLarge();
    if (this.#header !== undefined) return this.#pass(pieces);
    const [first] = pieces;
    if (this.#earlyBytes === 0 && first !== undefined && first.length >= firstLookBytes) {
      await this.#look(first, { behind: pieces.slice(1), isEnd: false });
      if (this.#header !== undefined) return;
    }
    // What is held has to outlive the caller's buffers, and `slice` of a Buffer would be a view of them.
    for (const piece of pieces) {
      this.#early.push(new Uint8Array(piece));
      this.#earlyBytes += piece.length;
    }
    if (this.#earlyBytes < this.#nextLookBytes) return;
    this.#nextLookBytes = this.#earlyBytes * 2;
    await this.#lookAtEarly(false);
  }

  async finish(): Promise<Result<Received>> {
    if (this.#header === undefined) await this.#lookAtEarly(true);
    const described = this.#described;
    if (described === undefined) return failed(incorrect("not-dicom", "The object has no data set."));
    if (!described.ok) {
      await this.abandon();
      return described;
    }
    if (this.#writer !== undefined) return this.#keep(this.#writer, described.value);
    if (this.#opening === undefined) return this.#keepSmall(described.value);
    await this.abandon();
    return this.#notKept(new Error("no file could be begun"));
  }

  async abandon(): Promise<void> {
    this.#early = [];
    this.#small = [];
    const writer = await this.#opening?.catch(() => undefined);
    await writer?.abandon();
  }

  async #lookAtEarly(isEnd: boolean): Promise<void> {
    const bytes =
      this.#early.length === 1 ? (this.#early[0] as Uint8Array) : Buffer.concat(this.#early, this.#earlyBytes);
    await this.#look(bytes, { behind: [], isEnd });
    this.#early = this.#header === undefined ? [bytes] : [];
  }

  /** As soon as the header is known, what is there goes to the disk, and everything behind it past us. */
  async #look(
    bytes: Uint8Array,
    { behind, isEnd }: { readonly behind: readonly Uint8Array[]; readonly isEnd: boolean },
  ): Promise<void> {
    this.#header = headerOf(bytes, this.#arrival.wire, isEnd);
    if (this.#header === undefined) return;
    this.#described = this.#header.ok ? this.#describe(this.#header.value) : this.#header;
    if (!this.#header.ok || !this.#described.ok) return;
    const beginning = this.#beginningOf(this.#header.value, this.#described.value);
    this.#beginningBytes = beginning.length;
    this.#cameBytes += beginning.length;
    this.#openIfLarge();
    await this.#pass(beginning.length === 0 ? [bytes, ...behind] : [beginning, bytes, ...behind]);
  }

  #openIfLarge(): void {
    if (this.#opening !== undefined || this.#cameBytes <= (this.#needs.blobs.smallBytesMax ?? -1)) return;
    this.#opening = this.#needs.blobs.begin();
    // Whoever writes first is told.
    this.#opening.catch(() => {});
  }

  /** To the disk; what is small so far is held. */
  async #pass(pieces: readonly Uint8Array[]): Promise<void> {
    if (this.#opening === undefined) {
      for (const piece of pieces) this.#small.push(new Uint8Array(piece));
      return;
    }
    this.#writer = await this.#opening;
    await this.#writer.write([...this.#small.splice(0), ...pieces]);
  }

  /** A data set becomes a file; a file stays as it came. */
  #beginningOf({ transferSyntax }: Header, { sopClass, uid }: Described): Uint8Array {
    if (this.#arrival.wire.is === "file") return new Uint8Array();
    return fileBeginning({ sopClass, instance: uid, transferSyntax });
  }

  #describe({ dataSet, pixels }: Header): Result<Described> {
    const described = describe(withoutMeta(dataSet), pixels);
    const { told, study } = this.#arrival;
    if (!described.ok) return described;
    const { uid, sopClass } = described.value;
    if (study !== undefined && study !== described.value.study.uid)
      return failed(uidDiffers("(0020,000D)", "Study Instance UID", { told: study, is: described.value.study.uid }));
    if (told === undefined) return described;
    if (told.instance !== uid)
      return failed(uidDiffers("(0008,0018)", "SOP Instance UID", { told: told.instance, is: uid }));
    if (told.sopClass !== undefined && told.sopClass !== sopClass)
      return failed(uidDiffers("(0008,0016)", "SOP Class UID", { told: told.sopClass, is: sopClass }));
    return described;
  }

  async #keep(writer: BlobWriter, described: Described): Promise<Result<Received>> {
    let finished: FinishedBlob | undefined;
    try {
      const { durable, ...closed } = await writer.close();
      finished = closed;
      return await this.#index(this.#objectOf(described, finished), { finished, durable });
    } catch (error) {
      // A finished one stays unsettled: at the next start it is known whether it was indexed.
      if (finished === undefined) await writer.abandon();
      return this.#notKept(error);
    }
  }

  /** Its bytes are written, and become durable, with its row. */
  async #keepSmall(described: Described): Promise<Result<Received>> {
    const bytes = Buffer.concat(this.#small.splice(0));
    const hash = createHash("sha256").update(bytes).digest("hex") as BlobHash;
    const finished = { hash, sizeBytes: bytes.length, isKnown: false, settle: async () => {} };
    try {
      const object = { ...this.#objectOf(described, finished), bytes };
      return await this.#index(object, { finished, durable: Promise.resolve() });
    } catch (error) {
      return this.#notKept(error);
    }
  }

  async #index(
    object: NewInstance,
    { finished, durable }: { readonly finished: FinishedBlob; readonly durable: Promise<void> },
  ): Promise<Result<Received>> {
    const fate = await this.#needs.committer.add(object, durable);
    if (fate.is === "new") {
      // It is durable and indexed: the sender need not wait for the mark to go. What is left of it, the next start takes away.
      void finished.settle().catch((error: unknown) => this.#warn("a mark of an image could not be taken away", error));
      return ok(receivedOf(object, "new"));
    }
    const kept = fate.is === "known" ? fate.blob : undefined;
    const settled = await settleSameUid(this.#needs, { object, finished, kept });
    return settled.ok ? ok(receivedOf(object, settled.value)) : settled;
  }

  #notKept(error: unknown): Result<never> {
    this.#warn("an image could not be kept", error);
    return failed(
      unavailable("image-store-unavailable", "The object could not be kept. Send it again.", { cause: error }),
    );
  }

  #objectOf(described: Described, { hash, sizeBytes }: FinishedBlob): NewInstance {
    const header = this.#header?.ok === true ? this.#header.value : undefined;
    const at = this.#beginningBytes;
    return {
      ...described,
      transferSyntax: header?.transferSyntax ?? "",
      blob: hash,
      sizeBytes,
      dataSetAt: at + (header?.dataSetAt ?? 0),
      pixelsAt: header?.pixelsAt === undefined ? undefined : at + header.pixelsAt,
      source: this.#arrival.source,
      at: this.#needs.clock.now(),
    };
  }

  #warn(event: string, error: unknown): void {
    this.#needs.log.error(event, { error: error instanceof Error ? error : new Error(String(error)) });
  }
}

function uidDiffers(where: string, name: string, { told, is }: { readonly told: string; readonly is: string }) {
  return incorrect("uid-differs", `The ${name} was announced as ${told}, and the object says ${is}.`, { where });
}

/** Commands and file information within a data set would be taken for its own. */
function withoutMeta(dataSet: DataSet): DataSet {
  return dataSet.replacedBy(dataSet.elements.filter(({ tag }) => tag >>> 16 > 2));
}

function receivedOf({ uid, study, series, sopClass }: NewInstance, is: Received["is"]): Received {
  return { study: study.uid, series: series.uid, instance: uid, sopClass, patientId: study.patientId, is };
}
