import { busy, failed, type Log, limits, ok, type Result } from "#kernel";
import type { HealthRecord, Position, Version } from "#record";
import { type LivePace, LiveStream, type Sees } from "./live-stream.ts";
import { isWatched, kindsOf, type Topic, topicOf } from "./topic.ts";

/** The part of the record that the hub follows. */
export type LiveFeed = Pick<HealthRecord, "changes" | "changed" | "position" | "readVersion">;

export interface LiveHubNeeds {
  readonly feed: LiveFeed;
  readonly log: Log;
  readonly streamsMax?: number;
  readonly pace?: LivePace;
}

export interface Listener {
  /** What the listener has seen; left out: it starts from now. */
  readonly after?: Position | undefined;
  /** Aborted when it goes away. */
  readonly signal: AbortSignal;
  readonly sees: Sees;
}

const defaultPace: LivePace = {
  heartbeatMs: limits.liveHeartbeatMs,
  eventIntervalMs: limits.liveEventIntervalMs,
  lifeMs: limits.liveStreamLifeMs,
  idsMax: limits.liveEventIdsMax,
};

/** How long to leave a record alone that does not answer. */
const retryMs = 1_000;

/**
 * Tells open screens what changes in the record. One reader of the feed serves all streams of a process, and rests
 * while there is none. It tells kinds and ids of what each listener may see, never content: what a screen
 * then fetches is narrowed to its reader.
 */
export class LiveHub {
  readonly #feed: LiveFeed;
  readonly #log: Log;
  readonly #pace: LivePace;
  readonly #streamsMax: number;
  readonly #streams = new Map<Topic, Set<LiveStream>>();
  #open = 0;
  #position: Position = 0;
  #reading: AbortController | undefined;
  #started: Promise<void> | undefined;

  constructor({ feed, log, pace = defaultPace, streamsMax = limits.liveStreamsMax }: LiveHubNeeds) {
    this.#feed = feed;
    this.#log = log;
    this.#pace = pace;
    this.#streamsMax = streamsMax;
  }

  get openStreams(): number {
    return this.#open;
  }

  /**
   * The text of a stream about a topic. It counts as open from when it is first read until it ends. Problems: busy `live-streams-full`.
   */
  open(topic: Topic, listener: Listener): Result<AsyncIterable<string>> {
    if (this.#open >= this.#streamsMax) {
      return failed(busy("live-streams-full", `All ${this.#streamsMax} live streams are in use; try again later.`));
    }
    return ok(this.#text(topic, listener));
  }

  /** Something that is not in the record changed under a topic: the state of a link. */
  touch(topic: Topic): void {
    for (const stream of this.#streams.get(topic) ?? []) stream.tell("Link", undefined);
  }

  /** Ends every stream and the reading. */
  close(): void {
    this.#stop();
    for (const streams of this.#streams.values()) for (const stream of streams) stream.end();
  }

  async *#text(topic: Topic, { after, signal, sees }: Listener): AsyncGenerator<string> {
    this.#open += 1;
    const stream = new LiveStream({ pace: this.#pace, sees });
    const streams = this.#streams.get(topic) ?? new Set();
    this.#streams.set(topic, streams.add(stream));
    try {
      await this.#start();
      stream.advance(this.#position);
      await this.#catchUp(topic, { stream, after });
      yield* stream.text(signal);
    } catch (cause) {
      this.#log.warn("live-stream-broken", cause instanceof Error ? { cause } : {});
    } finally {
      this.#leave(stream, topic);
    }
  }

  #leave(stream: LiveStream, topic: Topic): void {
    const streams = this.#streams.get(topic);
    streams?.delete(stream);
    if (streams?.size === 0) this.#streams.delete(topic);
    this.#open -= 1;
    if (this.#open === 0) this.#stop();
  }

  /** Settles when the hub knows its position; the first caller starts the reading. */
  #start(): Promise<void> {
    this.#started ??= this.#begin();
    return this.#started;
  }

  async #begin(): Promise<void> {
    const reading = new AbortController();
    this.#reading = reading;
    try {
      this.#position = await this.#feed.position();
      if (!reading.signal.aborted) void this.#read(reading.signal);
    } catch (cause) {
      this.#stop();
      throw cause;
    }
  }

  #stop(): void {
    this.#reading?.abort();
    this.#reading = undefined;
    this.#started = undefined;
  }

  /** What the stream missed between `after` and the hub's own position. */
  async #catchUp(
    topic: Topic,
    { stream, after }: { readonly stream: LiveStream; readonly after: Position | undefined },
  ): Promise<void> {
    const until = this.#position;
    if (after === undefined || after >= until) return;
    const missed = until - after;
    const changes = missed > limits.liveCatchUpChangesMax ? undefined : await this.#feed.changes(after, missed);
    if (changes === undefined || !changes.ok) {
      for (const kind of kindsOf(topic)) stream.tell(kind, undefined);
      return;
    }
    for (const version of changes.value) {
      if (isWatched(version.kind) && (await this.#topicOf(version)) === topic) stream.tell(version.kind, version.id);
    }
  }

  async #read(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        await this.#readOnce(signal);
      } catch (cause) {
        if (signal.aborted) return;
        this.#log.warn("live-feed-unavailable", cause instanceof Error ? { cause } : {});
        await new Promise((resolve) => setTimeout(resolve, retryMs).unref());
      }
    }
  }

  async #readOnce(signal: AbortSignal): Promise<void> {
    await this.#feed.changed(this.#position, signal);
    if (signal.aborted) return;
    const changes = await this.#feed.changes(this.#position, limits.feedBatchMax);
    if (!changes.ok) throw new Error(changes.problems[0].code);
    if (!signal.aborted) await this.#deliver(changes.value);
  }

  async #deliver(versions: readonly Version[]): Promise<void> {
    const last = versions.at(-1);
    if (last === undefined) return;
    const told: (readonly [Topic, Version])[] = [];
    for (const version of versions) {
      const topic = isWatched(version.kind) ? await this.#topicOf(version) : undefined;
      if (topic !== undefined && this.#streams.has(topic)) told.push([topic, version]);
    }
    this.#position = last.position;
    for (const streams of this.#streams.values()) for (const stream of streams) stream.advance(last.position);
    for (const [topic, { kind, id }] of told) {
      for (const stream of this.#streams.get(topic) ?? []) stream.tell(kind, id);
    }
  }

  /** A deletion belongs where its document belonged before. */
  async #topicOf(version: Version): Promise<Topic | undefined> {
    if (version.action !== "delete" || version.kind === "Patient") return topicOf(version);
    const before = await this.#feed.readVersion(version.kind, version.id, version.version - 1);
    return before.ok ? topicOf(before.value) : undefined;
  }
}
