import type { Context } from "#access";
import { busy, failed, limits, ok, type Problem, type Result, toIso } from "#kernel";
import type { Blob } from "#record";
import { findKept, type Keeping, type Kept, keepAs, keptAsNew, toKeep } from "../messages/keep.ts";
import type { LinkMessage } from "../messages/link-message.ts";
import { readSent } from "../messages/sent-message.ts";

export interface RawIntakeNeeds {
  /** The record as a link may see it, for one commit. */
  contextFor(link: string, remoteAddress: string): Context;
  /** These are durable: whoever maps them may begin. */
  committed(blobs: readonly Blob[]): void;
}

export interface RawArrival {
  readonly frame: Uint8Array;
  readonly link: string;
  readonly connection: string;
  readonly remoteAddress: string;
}

/** A message that is durable. */
export interface Committed {
  readonly id: string;
  /** As it is: with its acknowledgement where it came before and was mapped since. */
  readonly message: Kept["message"];
}

interface Waiting {
  readonly keeping: Keeping;
  answer(result: Result<Committed>): void;
}

interface Batch {
  readonly link: string;
  readonly remoteAddress: string;
  waiting: Waiting[];
  underWay: number;
  isScheduled: boolean;
}

/** Commits of one sender's address under way at once: while one is on its way to the disk, the next gathers. */
const commitsMax = 2;

/**
 * Keeps messages as they come, before anything is made of them: bytes, header, numbers. Those that come together share a
 * commit and its place in the audit, so that a sender who wants to know no more than that has its answer soon.
 */
export class RawIntake {
  readonly #needs: RawIntakeNeeds;
  readonly #batches = new Map<string, Batch>();

  constructor(needs: RawIntakeNeeds) {
    this.#needs = needs;
  }

  /**
   * Settles when the message is durable. One that came before is not kept twice; the same control id with other content is
   * kept as a message of its own. Problems: those of the record; then nothing may be acknowledged.
   */
  keep({ frame, link, connection, remoteAddress }: RawArrival): Promise<Result<Committed>> {
    const batch = this.#batchOf(link, remoteAddress);
    const arrivedAt = toIso(this.#needs.contextFor(link, remoteAddress).clock.now());
    const keeping = toKeep({ frame, sent: readSent(frame), link, connection, arrivedAt });
    return new Promise((answer) => {
      batch.waiting.push({ keeping, answer });
      this.#schedule(batch);
    });
  }

  #batchOf(link: string, remoteAddress: string): Batch {
    const key = `${link} ${remoteAddress}`;
    const known = this.#batches.get(key);
    if (known !== undefined) return known;
    const batch: Batch = { link, remoteAddress, waiting: [], underWay: 0, isScheduled: false };
    this.#batches.set(key, batch);
    return batch;
  }

  #schedule(batch: Batch): void {
    if (batch.isScheduled || batch.underWay >= commitsMax) return;
    batch.isScheduled = true;
    setImmediate(() => {
      batch.isScheduled = false;
      void this.#flush(batch);
    });
  }

  async #flush(batch: Batch): Promise<void> {
    const some = batch.waiting.splice(0, limits.rawMessagesTogetherMax);
    if (some.length === 0) return;
    batch.underWay += 1;
    await this.#commit(batch, some);
    batch.underWay -= 1;
    if (batch.waiting.length > 0) this.#schedule(batch);
    else if (batch.underWay === 0) this.#batches.delete(`${batch.link} ${batch.remoteAddress}`);
  }

  /** One that came before must not keep back the others. */
  async #commit({ link, remoteAddress }: Batch, some: readonly Waiting[]): Promise<void> {
    const context = this.#needs.contextFor(link, remoteAddress);
    const written = await write(
      context,
      some.map(({ keeping }) => ({ kept: keptAsNew(keeping), blob: keeping.blob })),
    ).catch((cause: unknown) => failed(notKept(cause)));
    if (written.ok) {
      this.#needs.committed(some.map(({ keeping }) => keeping.blob));
      for (const { keeping, answer } of some) answer(ok({ id: keeping.id, message: keeping.message }));
    } else if (written.problems[0].category === "conflict") {
      for (const each of some) each.answer(await this.#commitAlone(context, each.keeping));
    } else for (const { answer } of some) answer(written);
  }

  async #commitAlone(context: Context, keeping: Keeping): Promise<Result<Committed>> {
    for (let attempt = 1; attempt <= limits.linkMessageAttemptsMax; attempt += 1) {
      const found = await findKept(context.record, keeping);
      if (!found.ok) return found;
      const { id, version, message } = found.value;
      if (version > 0) return ok({ id, message });
      const written = await write(context, [{ kept: found.value, blob: keeping.blob }]);
      if (written.ok) {
        this.#needs.committed([keeping.blob]);
        return ok({ id, message });
      }
      if (written.problems[0].category !== "conflict") return written;
    }
    return failed(busy("message-contended", "The message was kept by others at the same time, again and again."));
  }
}

interface ToWrite {
  readonly kept: Kept;
  readonly blob: Blob;
}

function write({ record }: Context, all: readonly ToWrite[]): Promise<Result<unknown>> {
  return record.transact({
    operations: all.map(({ kept }) => keepAs(kept, { ...kept.message, state: "received" } satisfies LinkMessage)),
    blobs: all.map(({ blob }) => blob),
  });
}

function notKept(cause: unknown): Problem {
  return { ...busy("message-not-kept", "The message could not be kept; send it again."), cause };
}
