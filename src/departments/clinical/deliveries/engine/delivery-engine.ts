import type { Clock, Log, Sender } from "#kernel";
import { limits, ok, type Result } from "#kernel";
import { type Blob, type CursorStore, parseBody } from "#record";
import { anyKey } from "../../clauses.ts";
import type { DestinationSettings } from "../../configuration/link-settings.ts";
import { deliveryKind } from "../delivery.ts";
import { messageKey } from "../delivery-kind.ts";
import { AwaitedMessages, type AwaitedOutcome } from "./awaited-messages.ts";
import { BodyCache } from "./body-cache.ts";
import { type DeliveryFeed, DeliveryFollower } from "./delivery-follower.ts";
import { DeliveryReader, type ReadingContext } from "./delivery-reader.ts";
import { type DestinationSwitch, destinationSwitchKind } from "./destination-switch.ts";
import { type DeliveryAlert, type DestinationState, DestinationWork } from "./destination-work.ts";
import { entryOf } from "./entry.ts";
import { MergedLanes } from "./merged-lanes.ts";
import { OutcomeWriter } from "./outcome-writer.ts";

export interface DeliveryEngineNeeds {
  readonly destinations: readonly DestinationSettings[];
  /** Opens what takes messages to a destination; closed when the destination goes or changes. */
  senderFor(settings: DestinationSettings): Sender;
  /** The record as the worker that delivers may see it: a view for each page that is read. */
  open(): ReadingContext;
  /** The whole record, in which changes are noticed. */
  readonly feed: DeliveryFeed;
  readonly cursors: Pick<CursorStore, "claim">;
  readonly clock: Clock;
  readonly log: Log;
  escalate(alert: DeliveryAlert): void;
}

interface Running {
  readonly settings: DestinationSettings;
  readonly sender: Sender;
  readonly work: DestinationWork;
}

/** A destination as it is set up, and as this process sees it. */
export interface DestinationNow extends DestinationState {
  readonly settings: DestinationSettings;
  readonly sender: ReturnType<Sender["status"]>;
}

/**
 * Takes what is queued to its destinations, each by itself, so that a slow one keeps none back. Of several processes on one
 * database one delivers to each. A process that is killed may have sent one delivery a lane whose outcome it did not record:
 * that one is sent again under the same control id, and nothing else is.
 */
export class DeliveryEngine {
  readonly #needs: DeliveryEngineNeeds;
  readonly #running = new Map<string, Running>();
  readonly #bodies = new BodyCache();
  readonly #awaited = new AwaitedMessages();
  readonly #merged: MergedLanes;
  readonly #writer: OutcomeWriter;
  readonly #follower: DeliveryFollower;
  readonly #stop = new AbortController();
  readonly #following: Promise<void>;

  constructor(needs: DeliveryEngineNeeds) {
    this.#needs = needs;
    this.#writer = new OutcomeWriter(needs.open().context.record);
    const regroup = () => {
      for (const { work } of this.#running.values()) work.regroup();
    };
    this.#merged = new MergedLanes({ feed: needs.feed, changed: regroup });
    this.#follower = new DeliveryFollower({
      ...needs,
      reached: (position) => this.#merged.reach(position),
      queued: (destination) => this.#running.get(destination)?.work.wake(),
      decided: (destination, version) => this.#running.get(destination)?.work.decided(version),
      paused: (destination, isPaused) => this.#running.get(destination)?.work.setPaused(isPaused),
      seen: (version) => this.#awaited.recorded(entryOf(version).delivery),
    });
    for (const settings of needs.destinations) this.#start(settings);
    this.#following = this.#follower.run(this.#stop.signal);
  }

  /** These were committed here; the bodies are remembered, as they will be sent soon. */
  queued(destinations: readonly string[], bodies: readonly Blob[]): void {
    for (const body of bodies) this.#bodies.add(body);
    for (const destination of destinations) this.#running.get(destination)?.work.wake();
  }

  /** Somebody has decided on a delivery, or switched a destination, and it is committed. */
  decided(): void {
    this.#follower.wake();
  }

  /** For whoever answers the sender of a message later: see `AwaitedMessages.expect`. Ask before the message is committed. */
  expect(message: string, destinations: readonly string[], withinMs: number): Promise<AwaitedOutcome> {
    return this.#awaited.expect(message, destinations, Math.min(withinMs, limits.deliveryWaitMsMax));
  }

  /** The same for a message that came before: what has become of its deliveries until now counts too. */
  expectRest(message: string, destinations: readonly string[], withinMs: number): Promise<AwaitedOutcome> {
    const outcome = this.expect(message, destinations, withinMs);
    this.#tellSoFar(message).catch((error: unknown) => {
      this.#needs.log.warn("deliveries of a message are not known", { message, error: error as Error });
    });
    return outcome;
  }

  /** Other destinations from now on. Those that stay as they are go on undisturbed. */
  async apply(destinations: readonly DestinationSettings[]): Promise<void> {
    const wanted = new Map(destinations.map((settings) => [settings.name, settings]));
    const over = [...this.#running].filter(([name, { settings }]) => !isSame(settings, wanted.get(name)));
    await Promise.all(
      over.map(async ([name, { work }]) => {
        await work.stop();
        this.#running.delete(name);
      }),
    );
    for (const settings of destinations) if (!this.#running.has(settings.name)) this.#start(settings);
  }

  destinations(): readonly DestinationNow[] {
    return [...this.#running.values()].map(({ settings, sender, work }) => ({
      ...work.state(),
      settings,
      sender: sender.status(),
    }));
  }

  /** Settles when nothing is under way any more; the rest is delivered after the next start. */
  async close(): Promise<void> {
    this.#stop.abort();
    await Promise.all([this.#following, ...[...this.#running.values()].map(({ work }) => work.stop())]);
  }

  async #tellSoFar(message: string): Promise<void> {
    const { context, witness } = this.#needs.open();
    const all = [anyKey(messageKey(message))];
    const sort = { by: "updated", descending: false } as const;
    const page = await context.record.search({ kind: deliveryKind, all, sort, limit: limits.deliveryPageMax });
    const told = page.ok ? await witness() : page;
    if (!told.ok) throw new Error(told.problems[0].code);
    if (page.ok) for (const version of page.value.versions) this.#awaited.recorded(entryOf(version).delivery);
  }

  #start(settings: DestinationSettings): void {
    const { name } = settings;
    const sender = this.#needs.senderFor(settings);
    const work = new DestinationWork({
      ...this.#needs,
      settings,
      sender,
      reader: new DeliveryReader(name, this.#needs.open),
      writer: this.#writer,
      bodies: this.#bodies,
      merged: this.#merged,
      claim: () => this.#needs.cursors.claim(`deliveries to ${name}`),
      readPaused: () => this.#readPaused(name),
      recorded: (delivery) => this.#awaited.recorded(delivery),
    });
    this.#running.set(name, { settings, sender, work });
  }

  async #readPaused(name: string): Promise<Result<boolean>> {
    const read = await this.#needs.open().context.record.readMany([{ kind: destinationSwitchKind, id: name }]);
    if (!read.ok) return read;
    const [version] = read.value;
    return ok(version !== undefined && parseBody<DestinationSwitch>(version).isPaused);
  }
}

function isSame(one: DestinationSettings, other: DestinationSettings | undefined): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
