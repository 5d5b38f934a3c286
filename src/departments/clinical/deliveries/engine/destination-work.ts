import { type Clock, fault, type Log, limits, type Problem, type Result, type Sender, type SendOutcome } from "#kernel";
import type { Position, Version } from "#record";
import type { DestinationSettings } from "../../configuration/link-settings.ts";
import type { Delivery } from "../delivery.ts";
import { afterTry } from "./attempt.ts";
import type { BodyCache } from "./body-cache.ts";
import type { DeliveryReader } from "./delivery-reader.ts";
import { DestinationHealth } from "./destination-health.ts";
import { type Entry, entryOf } from "./entry.ts";
import { Lanes } from "./lanes.ts";
import type { MergedLanes } from "./merged-lanes.ts";
import type { OutcomeWriter } from "./outcome-writer.ts";
import { pause, Sleeper } from "./sleeper.ts";

export interface DestinationNeeds {
  readonly settings: DestinationSettings;
  readonly sender: Sender;
  readonly reader: DeliveryReader;
  readonly writer: OutcomeWriter;
  readonly bodies: BodyCache;
  readonly merged: Pick<MergedLanes, "laneOf" | "reach">;
  readonly clock: Clock;
  readonly log: Log;
  /** True for the one process that delivers to this destination. */
  claim(): Promise<boolean>;
  /** Whether a person has paused it. Problems: those of the record. */
  readPaused(): Promise<Result<boolean>>;
  /** A delivery is delivered, parked or waits for its next try, and recorded as such. */
  recorded(delivery: Delivery): void;
  escalate(alert: DeliveryAlert): void;
}

/** What a person must be told. */
export interface DeliveryAlert {
  readonly destination: string;
  readonly is: "parked" | "not-reached" | "paused";
  readonly text: string;
  /** The delivery that was parked. */
  readonly delivery?: string;
}

export interface DestinationState {
  /** This process delivers to it. */
  readonly isClaimed: boolean;
  readonly isPaused: boolean;
  readonly isFailing: boolean;
  readonly problem?: Problem;
  readonly underWay: number;
  readonly parkedLanes: number;
  readonly waitingLanes: number;
}

/** What ends the work without anything lost: it begins again from the record. */
class BeginAgain extends Error {}

const claimPauseMs = 2_000;
const failurePauseMs = 1_000;
/** How often a claim is asked for again: it is lost with the connection to the database. */
const claimCheckMs = 5_000;

/**
 * Delivers to one destination: lane by lane in order, one under way in each, and nothing behind a delivery whose outcome is
 * not recorded. It holds `limits.deliveryWindowMax` deliveries, however many wait.
 */
export class DestinationWork {
  readonly #needs: DestinationNeeds;
  readonly #lanes: Lanes;
  readonly #health: DestinationHealth;
  readonly #sleeper = new Sleeper();
  readonly #stop = new AbortController();
  readonly #underWay = new Set<Promise<void>>();
  readonly #controlIds = new Set<string>();
  readonly #ahead = new Map<string, Promise<Result<Uint8Array>>>();
  readonly #ended: Promise<void>;
  #passed: Position = 0;
  #isUnread = true;
  #isClaimed = false;
  #isPaused = false;
  #isBroken = false;
  /** What waits is known, and may be sent. */
  #isOpen = false;
  #claimedAtMs = 0;
  #readAtMs = 0;

  constructor(needs: DestinationNeeds) {
    this.#needs = needs;
    this.#lanes = new Lanes((place) => needs.merged.laneOf(place));
    this.#health = new DestinationHealth(needs.settings.retry);
    this.#ended = this.#run();
  }

  /** Something new waits for it. */
  wake(): void {
    this.#isUnread = true;
    this.#sleeper.call();
  }

  /** A person has had it tried again, or let go. */
  decided(version: Version): void {
    const entry = entryOf(version);
    if (entry.delivery.state === "queued") this.#lanes.addFirst(entry);
    else this.#lanes.settled(entry);
    this.#sleeper.call();
  }

  /** Patients were joined or parted. */
  regroup(): void {
    this.#lanes.regroup();
    this.#sleeper.call();
  }

  setPaused(isPaused: boolean): void {
    this.#isPaused = isPaused;
    this.#sleeper.call();
  }

  state(): DestinationState {
    const { problem } = this.#health;
    return {
      isClaimed: this.#isClaimed,
      isPaused: this.#isPaused,
      isFailing: this.#health.isFailing,
      ...(problem === undefined ? {} : { problem }),
      underWay: this.#underWay.size,
      parkedLanes: this.#lanes.parked,
      waitingLanes: this.#lanes.waiting,
    };
  }

  /** Settles when nothing is under way any more. What was sent and not answered is sent again under the same control id. */
  async stop(): Promise<void> {
    this.#stop.abort();
    this.#sleeper.call();
    await this.#ended;
    await this.#needs.sender.close();
  }

  async #run(): Promise<void> {
    const { signal } = this.#stop;
    const { log, settings } = this.#needs;
    while (!signal.aborted) {
      this.#isClaimed = await this.#needs.claim().catch(() => false);
      if (!this.#isClaimed) {
        await pause(claimPauseMs, signal);
        continue;
      }
      this.#claimedAtMs = this.#needs.clock.now();
      try {
        await this.#restore();
        this.#isOpen = true;
        while (!signal.aborted) await this.#step();
      } catch (error) {
        log.warn("delivering begins again", { destination: settings.name, error: error as Error });
      }
      this.#isOpen = false;
      await Promise.all(this.#underWay);
      if (!signal.aborted) await pause(failurePauseMs, signal);
    }
  }

  /** What was tried or parked stands before what is fresh. */
  async #restore(): Promise<void> {
    const { reader, readPaused } = this.#needs;
    this.#lanes.clear();
    this.#ahead.clear();
    this.#passed = 0;
    this.#isUnread = true;
    this.#isBroken = false;
    this.#isPaused = given(await readPaused());
    for (const stage of ["parked", "tried"] as const) {
      for (const entry of given(await reader.standing(stage))) this.#lanes.addFirst(entry);
    }
  }

  async #step(): Promise<void> {
    if (this.#isBroken) throw new BeginAgain("an outcome could not be recorded");
    await this.#keepClaim();
    await this.#read();
    const retryMs = this.#lanes.due(this.#needs.clock.now());
    this.#startAll();
    if (this.#canRead() && this.#isUnread) return;
    await this.#sleeper.sleep(this.#restMs(retryMs), this.#stop.signal);
  }

  async #keepClaim(): Promise<void> {
    const now = this.#needs.clock.now();
    if (Math.abs(now - this.#claimedAtMs) < claimCheckMs) return;
    if (!(await this.#needs.claim().catch(() => false))) throw new BeginAgain("another process delivers now");
    this.#claimedAtMs = now;
  }

  #canRead(): boolean {
    return this.#lanes.held <= limits.deliveryWindowMax - limits.deliveryPageMax;
  }

  async #read(): Promise<void> {
    const { reader, merged } = this.#needs;
    for (const { key, queuedIn } of this.#lanes.emptied()) {
      this.#lanes.beginRefill(key);
      const passed = this.#passed;
      const isOfLane = ({ delivery }: Entry) => merged.laneOf(delivery) === key;
      const { entries, isAll } = given(await reader.freshOfLanes(queuedIn, isOfLane));
      this.#lanes.refill(key, { entries, isAll, passed });
    }
    if (!this.#isUnread || !this.#canRead()) return;
    await this.#gather();
    this.#isUnread = false;
    const { entries, isAll } = given(await reader.fresh(this.#passed));
    // What came behind a merge must find the lanes of both patients joined.
    await merged.reach(entries.at(-1)?.position ?? this.#passed);
    for (const entry of entries) this.#lanes.add(entry);
    this.#passed = entries.at(-1)?.position ?? this.#passed;
    if (!isAll) this.#isUnread = true;
  }

  /** New ones that come one by one are read together. */
  async #gather(): Promise<void> {
    const now = this.#needs.clock.now();
    const sinceMs = now - this.#readAtMs;
    if (this.#lanes.ready === 0 && sinceMs < limits.deliveryGatherMs) {
      await pause(limits.deliveryGatherMs - sinceMs, this.#stop.signal);
    }
    this.#readAtMs = this.#needs.clock.now();
  }

  #startAll(): void {
    if (this.#isPaused || this.#needs.clock.now() < this.#health.pausedUntilMs) return;
    const atOnce = this.#health.isFailing ? 1 : this.#needs.settings.lanesMax;
    while (this.#underWay.size < atOnce && !this.#stop.signal.aborted) {
      const entry = this.#lanes.take(({ delivery }) => !this.#controlIds.has(delivery.controlId));
      if (entry === undefined) return;
      this.#start(entry);
    }
  }

  #start(entry: Entry): void {
    this.#controlIds.add(entry.delivery.controlId);
    const work = this.#deliver(entry)
      .catch((error: unknown) => {
        this.#needs.log.error("a delivery failed", { delivery: entry.id, error: error as Error });
        this.#isBroken = true;
      })
      .finally(() => {
        this.#controlIds.delete(entry.delivery.controlId);
        this.#underWay.delete(work);
        // Not only in the next step, which may be reading.
        if (this.#isOpen && !this.#isBroken) this.#startAll();
        this.#sleeper.call();
      });
    this.#underWay.add(work);
  }

  async #deliver(entry: Entry): Promise<void> {
    const { clock, settings } = this.#needs;
    const body = await this.#body(entry);
    if (!body.ok) throw new BeginAgain(body.problems[0].code);
    const next = this.#lanes.behind(entry);
    if (next !== undefined) this.#readAhead(next);
    const outcome = await this.#send(entry, body.value);
    // Told to stop, it may have arrived: it is sent again.
    if (this.#stop.signal.aborted && outcome.is !== "accepted" && outcome.is !== "refused") return;
    if (this.#health.note(outcome, clock.now())) this.#tellNotReached(outcome);
    const after = afterTry(entry.delivery, outcome, { retry: settings.retry, now: clock.now() });
    if (after === undefined) this.#lanes.putBack(entry);
    else await this.#record(entry, after);
  }

  async #send({ id, delivery }: Entry, body: Uint8Array): Promise<SendOutcome> {
    const { controlId, contentType } = delivery;
    try {
      return await this.#needs.sender.send({ body, contentType, controlId }, this.#stop.signal);
    } catch (cause) {
      this.#needs.log.error("a sender threw", { delivery: id, error: cause as Error });
      return { is: "unanswered", problem: fault("sender-threw", "Sending failed inside Corridor.", { cause }) };
    }
  }

  /** Its lane goes on when what became of it is durable, and not before. */
  async #record(entry: Entry, after: Delivery): Promise<void> {
    const { writer, recorded, escalate, settings, log } = this.#needs;
    const written = await writer.write(entry, after);
    if (!written.ok) {
      log.warn("an outcome could not be recorded", { delivery: entry.id, code: written.problems[0].code });
      this.#isBroken = true;
      return;
    }
    if (after.state === "delivered") this.#lanes.settled(entry);
    else this.#lanes.failed(entryOf(written.value));
    if (after.state === "parked") {
      log.warn("a delivery was parked", { destination: settings.name, delivery: entry.id });
      escalate({
        destination: settings.name,
        is: "parked",
        delivery: entry.id,
        text: after.lastProblem?.message ?? "",
      });
      this.#pauseWhenTooMany();
    }
    recorded(after);
  }

  #pauseWhenTooMany(): void {
    if (this.#isPaused || this.#lanes.parked < limits.deliveryLanesParkedMax) return;
    this.#isPaused = true;
    const { settings, escalate } = this.#needs;
    escalate({ destination: settings.name, is: "paused", text: "It is paused: it has refused very many messages." });
  }

  #tellNotReached(outcome: SendOutcome): void {
    const text = outcome.is === "accepted" ? "" : outcome.problem.message;
    this.#needs.log.warn("a destination takes nothing", { destination: this.#needs.settings.name });
    this.#needs.escalate({ destination: this.#needs.settings.name, is: "not-reached", text });
  }

  async #body(entry: Entry): Promise<Result<Uint8Array>> {
    const { bodies, reader } = this.#needs;
    const { body: hash } = entry.delivery;
    const known = bodies.get(hash);
    if (known !== undefined) return { ok: true, value: known };
    const read = await (this.#ahead.get(entry.id) ?? reader.body(entry));
    this.#ahead.delete(entry.id);
    if (read.ok) bodies.add({ hash, bytes: read.value });
    return read;
  }

  /** While the one before is under way. */
  #readAhead(entry: Entry): void {
    const { bodies, reader } = this.#needs;
    if (bodies.get(entry.delivery.body) !== undefined || this.#ahead.has(entry.id)) return;
    if (this.#ahead.size >= this.#needs.settings.lanesMax) return;
    this.#ahead.set(entry.id, reader.body(entry));
  }

  #restMs(retryMs: number | undefined): number | undefined {
    const now = this.#needs.clock.now();
    const times = [
      this.#claimedAtMs + claimCheckMs,
      ...(retryMs === undefined ? [] : [retryMs]),
      ...(this.#health.pausedUntilMs > now ? [this.#health.pausedUntilMs] : []),
    ];
    return Math.max(0, Math.min(...times) - now);
  }
}

function given<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new BeginAgain(result.problems[0].code);
}
