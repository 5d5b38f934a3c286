import { type Clock, type Log, limits, ok, type Result } from "#kernel";
import { type Blob, type CursorStore, type HealthRecord, type Position, parseBody, type Version } from "#record";
import { anyKey } from "../clauses.ts";
import { BodyCache } from "../deliveries/engine/body-cache.ts";
import type { ReadingContext } from "../deliveries/engine/delivery-reader.ts";
import { pause, Sleeper } from "../deliveries/engine/sleeper.ts";
import { toKeep } from "../messages/keep.ts";
import { type LinkMessage, linkMessageKind } from "../messages/link-message.ts";
import { bytesOf } from "../messages/outcome.ts";
import { type Ruled, receiveCommitted } from "../messages/receive.ts";
import { readSent } from "../messages/sent-message.ts";
import { readRaw } from "../retention/retired-day.ts";
import { AwaitedAnswers } from "./awaited-answers.ts";
import { MappingDelays, NotMapped } from "./mapping-delay.ts";
import { lineOf, MessageLines, type Taken } from "./message-lines.ts";
import { ParkedMessages } from "./parked-messages.ts";
import { Precedence } from "./precedence.ts";

/** What mapping one message takes. */
export interface MappingOne {
  readonly receiving: Ruled;
  /** Makes durable what was read for it. */
  witness(): Promise<Result<unknown>>;
  /** The acknowledgement that its sender gets, which may have to wait for destinations. */
  answer(acknowledgement: Uint8Array, frame: Uint8Array): Promise<Uint8Array>;
}

export interface MappingQueueNeeds {
  /** The record as the worker may read it: a view for each page. */
  open(): ReadingContext;
  /** The whole record, in which it is seen that messages wait which others have committed. */
  readonly feed: Pick<HealthRecord, "position" | "changed">;
  mappingOf(message: LinkMessage): MappingOne;
  /** Whether the messages of a link keep their order among all of them. */
  keepsWholeOrder(link: string): boolean;
  readonly cursors: Pick<CursorStore, "claim">;
  readonly clock: Clock;
  readonly log: Log;
}

interface Waiting {
  readonly id: string;
  readonly version: number;
  readonly message: LinkMessage;
}

const worker = "mapping of messages";
const claimPauseMs = 2_000;
const claimCheckMs = 5_000;
const retryMs = 1_000;
const answerLookMs = 1_000;
const stillWaitingKey = "state=received";

/**
 * Maps the messages that were committed as they came: those of one patient or order in the order in which they were
 * committed, others at the same time. What is left to do is in the record, so a crash loses nothing; that a message was mapped
 * and what became of it are one commit, so nothing is mapped twice. Of several processes on one database one maps.
 */
export class MappingQueue {
  readonly #needs: MappingQueueNeeds;
  readonly #lines = new MessageLines<Waiting>();
  readonly #frames = new BodyCache(limits.rawFramesBytesMax);
  readonly #answers = new AwaitedAnswers();
  readonly #sleeper = new Sleeper();
  readonly #parked: ParkedMessages;
  readonly #delays: MappingDelays;
  readonly #stop = new AbortController();
  readonly #underWay = new Set<Promise<void>>();
  readonly #precedence = new Precedence(() => performance.now());
  #asksAgain = false;
  #passed: Position = 0;
  #isUnread = true;
  #isClaimed = false;
  #claimedAtMs = 0;
  #ended: Promise<unknown> = Promise.resolve();

  constructor(needs: MappingQueueNeeds) {
    this.#needs = needs;
    this.#parked = new ParkedMessages(needs.log);
    this.#delays = new MappingDelays(needs);
  }

  /** Call it once, when the links are as they are set up: from then on messages are mapped. */
  start(): void {
    this.#ended = Promise.all([this.#run(), this.#watch(), this.#lookForAnswers()]);
  }

  /** While `keep` commits a message, its sender waits, and mapping stands back. */
  ahead<T>(keep: () => Promise<T>): Promise<T> {
    return this.#precedence.keeping(keep);
  }

  /** These have just been committed here. */
  committed(blobs: readonly Blob[]): void {
    for (const blob of blobs) this.#frames.add(blob);
    this.#isUnread = true;
    if (this.#lines.size < limits.mappingAtOnceMax) this.#sleeper.call();
  }

  /** The application's acknowledgement of a committed message; undefined when it takes longer than its sender can be waited for. */
  answerTo(id: string): Promise<Uint8Array | undefined> {
    return this.#answers.expect(id, limits.applicationAnswerMsMax);
  }

  /** Settles when nothing is under way any more; the rest is mapped after the next start. */
  async close(): Promise<void> {
    this.#stop.abort();
    this.#sleeper.call();
    await this.#ended;
    this.#answers.close();
  }

  async #run(): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted) {
      this.#isClaimed = await this.#needs.cursors.claim(worker).catch(() => false);
      if (!this.#isClaimed) {
        await pause(claimPauseMs, signal);
        continue;
      }
      this.#claimedAtMs = this.#needs.clock.now();
      this.#lines.clear();
      this.#parked.clear();
      this.#delays.clear();
      this.#passed = 0;
      this.#isUnread = true;
      try {
        while (!signal.aborted) await this.#step();
      } catch (error) {
        this.#needs.log.warn("mapping begins again", { error: error as Error });
        // Another process may map what was read here: nothing more of it begins.
        this.#lines.clear();
      }
      await Promise.all(this.#underWay);
      if (!signal.aborted) await pause(retryMs, signal);
    }
  }

  async #step(): Promise<void> {
    await this.#keepClaim();
    if (this.#mayRead()) await this.#read();
    this.#startAll();
    if (!this.#mayRead()) await this.#sleeper.sleep(claimCheckMs, this.#stop.signal);
  }

  /** What waits behind a parked message must not keep the others in the record. */
  #mayRead(): boolean {
    const windowMax = this.#parked.size === 0 ? limits.mappingWindowMax : limits.mappingWindowParkedMax;
    const isShort = this.#lines.ready < limits.mappingReadyMin;
    return this.#isUnread && isShort && this.#lines.size <= windowMax - limits.mappingPageMax;
  }

  async #keepClaim(): Promise<void> {
    const now = this.#needs.clock.now();
    if (Math.abs(now - this.#claimedAtMs) < claimCheckMs) return;
    if (!(await this.#needs.cursors.claim(worker).catch(() => false))) throw new Error("another process maps now");
    this.#claimedAtMs = now;
  }

  async #read(): Promise<void> {
    // Those that come one by one are read together.
    if (this.#lines.size > 0) await pause(limits.mappingGatherMs, this.#stop.signal);
    this.#isUnread = false;
    const { context, witness } = this.#needs.open();
    const page = await context.record.search({
      kind: linkMessageKind,
      all: [anyKey(stillWaitingKey)],
      sort: { by: "updated", descending: false },
      limit: limits.mappingPageMax,
      after: { position: this.#passed },
    });
    if (!page.ok) throw new Error(page.problems[0].code);
    const { versions, next } = page.value;
    const witnessed = versions.length === 0 ? ok(undefined) : await witness();
    if (!witnessed.ok) throw new Error(witnessed.problems[0].code);
    for (const version of versions) this.#add(version);
    this.#passed = versions.at(-1)?.position ?? this.#passed;
    if (next !== undefined) this.#isUnread = true;
  }

  #add(version: Version): void {
    const message = parseBody<LinkMessage>(version);
    const waiting = { id: version.id, version: version.version, message };
    this.#lines.add(waiting, lineOf(message, this.#needs.keepsWholeOrder(message.link)));
  }

  #startAll(): void {
    while (this.#lines.ready > 0 && this.#underWay.size < limits.mappingAtOnceMax && !this.#stop.signal.aborted) {
      if (!this.#precedence.takeTurn(this.#underWay.size)) {
        this.#startLater();
        return;
      }
      const next = this.#lines.take();
      if (next !== undefined) this.#start(next);
    }
  }

  #startLater(): void {
    if (this.#asksAgain) return;
    this.#asksAgain = true;
    setTimeout(() => {
      this.#asksAgain = false;
      this.#startAll();
    }, limits.intakeQuietMs);
  }

  #start(next: Taken<Waiting>): void {
    const work: Promise<void> = this.#mapOne(next.item)
      .then(() => {
        this.#parked.delete(next.item.id);
        this.#delays.delete(next.item.id);
        next.done();
      })
      .catch((error: unknown) => this.#park(next, error))
      .finally(() => {
        this.#underWay.delete(work);
        this.#startAll();
        this.#sleeper.call();
      });
    this.#underWay.add(work);
  }

  /** It is tried again later. Meanwhile what must not overtake it waits, and everything else goes on. */
  async #park(next: Taken<Waiting>, error: unknown): Promise<void> {
    const { id, message } = next.item;
    await this.#delays.note(id, message, error);
    const pauseMs = this.#parked.add(id, message.link, error);
    void pause(pauseMs, this.#stop.signal).then(() => {
      next.again();
      this.#sleeper.call();
    });
  }

  async #mapOne(waiting: Waiting): Promise<void> {
    const { id, message } = waiting;
    const { receiving, witness, answer } = this.#needs.mappingOf(message);
    const frame = await this.#frame(waiting, receiving);
    const mapped = await receiveCommitted({ ...waiting, isImpostor: isImpostor(waiting, frame) }, frame, receiving);
    const witnessed = await witness();
    if (!witnessed.ok) throw new NotMapped(witnessed.problems[0]);
    if (!mapped.ok) throw new NotMapped(mapped.problems[0]);
    this.#frames.delete(message.raw.hash);
    const { acknowledgement } = mapped.value;
    if (acknowledgement === undefined || !this.#answers.isAwaited(id)) return;
    // It may wait for destinations: the next message does not.
    answer(bytesOf(acknowledgement, readSent(frame)), frame).then(
      (bytes) => this.#answers.tell(id, bytes),
      (error: unknown) =>
        this.#needs.log.warn("an application acknowledgement failed", { message: id, error: error as Error }),
    );
  }

  async #frame({ id, message }: Waiting, { context: { record } }: Ruled): Promise<Uint8Array> {
    const known = this.#frames.get(message.raw.hash);
    if (known !== undefined) return known;
    const shown = await record.read(linkMessageKind, id);
    const bytes = shown.ok ? await readRaw(record, message) : shown;
    if (!bytes.ok) throw new NotMapped(bytes.problems[0]);
    return bytes.value;
  }

  /** Sees what other processes commit. */
  async #watch(): Promise<void> {
    const { feed } = this.#needs;
    const { signal } = this.#stop;
    while (!signal.aborted) {
      const position = await feed.position().catch(() => 0);
      await pause(limits.feedPollMs, signal);
      await feed.changed(position, signal).catch(() => undefined);
      this.#isUnread = true;
      this.#sleeper.call();
    }
  }

  /** Another process may have mapped what a sender of this one waits for. */
  async #lookForAnswers(): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted) {
      await pause(answerLookMs, signal);
      const ids = this.#isClaimed ? [] : this.#answers.some(limits.mappingPageMax);
      if (ids.length === 0) continue;
      const { context, witness } = this.#needs.open();
      const read = await context.record.readMany(ids.map((id) => ({ kind: linkMessageKind, id })));
      if (!read.ok || !(await witness()).ok) continue;
      for (const version of read.value) {
        const { acknowledgement } = parseBody<LinkMessage>(version);
        if (acknowledgement !== undefined) this.#answers.tell(version.id, Buffer.from(acknowledgement.text));
      }
    }
  }
}

/** Another message came before it under the same control id, and has the id that follows from that. */
function isImpostor({ id, message: { link, connection, arrivedAt } }: Waiting, frame: Uint8Array): boolean {
  return toKeep({ frame, sent: readSent(frame), link, connection, arrivedAt }).id !== id;
}
