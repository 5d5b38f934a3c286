import { type Log, limits } from "#kernel";
import { type HealthRecord, type Position, parseBody, type Version } from "#record";
import { deliveryKind, isFresh } from "../delivery.ts";
import { type DestinationSwitch, destinationSwitchKind } from "./destination-switch.ts";
import { entryOf } from "./entry.ts";
import { Sleeper } from "./sleeper.ts";

/** The part of the record in which changes of deliveries are noticed; what is sent of them is read as the worker may. */
export type DeliveryFeed = Pick<HealthRecord, "position" | "history">;

export interface FollowerNeeds {
  readonly feed: DeliveryFeed;
  readonly log: Log;
  /** Something was queued for a destination. */
  queued(destination: string): void;
  /** A person has decided on a delivery. */
  decided(destination: string, version: Version): void;
  paused(destination: string, isPaused: boolean): void;
  /** The record has come to this place. */
  reached(position: Position): Promise<void>;
  /** Any delivery, as it is by now. */
  seen(version: Version): void;
}

/** Notices what other processes queue, and what people decide, at once here and within `limits.feedPollMs` elsewhere. */
export class DeliveryFollower {
  readonly #needs: FollowerNeeds;
  readonly #sleeper = new Sleeper();
  #seen: Position = 0;

  constructor(needs: FollowerNeeds) {
    this.#needs = needs;
  }

  /** Somebody has just decided something here. */
  wake(): void {
    this.#sleeper.call();
  }

  async run(stop: AbortSignal): Promise<void> {
    const { feed, log } = this.#needs;
    this.#seen = await feed.position().catch(() => 0);
    while (!stop.aborted) {
      await this.#sleeper.sleep(limits.feedPollMs, stop);
      await this.#look().catch((error: unknown) => log.warn("deliveries are not followed", { error: error as Error }));
    }
  }

  async #look(): Promise<void> {
    const head = await this.#needs.feed.position();
    if (head <= this.#seen) return;
    await this.#needs.reached(head);
    for (const kind of [deliveryKind, destinationSwitchKind]) await this.#lookAt(kind, head);
    this.#seen = head;
  }

  async #lookAt(kind: string, head: Position): Promise<void> {
    for (let after = this.#seen; after < head; ) {
      const query = { kind, isOldestFirst: true, after, limit: limits.feedBatchMax } as const;
      const page = await this.#needs.feed.history(query);
      if (!page.ok) throw new Error(page.problems[0].code);
      for (const version of page.value.versions) this.#tell(version);
      after = page.value.next?.position ?? head;
    }
  }

  #tell(version: Version): void {
    // It was erased with its message.
    if (version.action === "delete") return;
    if (version.kind === destinationSwitchKind) {
      const { destination, isPaused } = parseBody<DestinationSwitch>(version);
      this.#needs.paused(destination, isPaused);
      return;
    }
    const { delivery } = entryOf(version);
    this.#needs.seen(version);
    if (isFresh(delivery)) this.#needs.queued(delivery.destination);
    else if (delivery.comment !== undefined) this.#needs.decided(delivery.destination, version);
  }
}
