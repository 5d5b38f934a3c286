import { failed, type Log, type Problem, unsupported } from "#kernel";
import type { Kind, Version } from "../documents/document.ts";
import { pause } from "../feed/pause.ts";
import type { HealthRecord } from "../health-record.ts";
import { type ActivationNeeds, activate } from "./activation.ts";
import { kindsOf } from "./concern.ts";
import { Delivery, type DeliveryNeeds } from "./delivery.ts";
import type { StoredSubscription } from "./ports.ts";
import { changed, isFollowing, type Registration, restored } from "./registration.ts";
import { type NewStatus, writeStatus } from "./status-change.ts";

export interface RosterNeeds extends ActivationNeeds, Omit<DeliveryNeeds, "end"> {
  /** Narrowed to Corridor's own worker, who writes the status of subscriptions. */
  readonly own: HealthRecord;
  readonly log: Log;
}

/** Work for one version of a subscription, which ends when there is another. */
interface Work {
  readonly version: number;
  stop(): Promise<void>;
}

/** The subscriptions there are, and what is under way for each. */
export class Roster {
  readonly #needs: RosterNeeds;
  readonly #registrations = new Map<string, Registration>();
  readonly #deliveries = new Map<string, Work & { readonly delivery: Delivery }>();
  readonly #activations = new Map<string, Work>();
  readonly #endings = new Map<string, Work>();
  #byKind: Map<Kind, Registration[]> | undefined;

  constructor(needs: RosterNeeds) {
    this.#needs = needs;
  }

  get isEmpty(): boolean {
    return this.#registrations.size === 0;
  }

  get(id: string): Registration | undefined {
    return this.#registrations.get(id);
  }

  /** Those that a change of the kind may concern. */
  following(kind: Kind): readonly Registration[] {
    this.#byKind ??= byKind([...this.#registrations.values()].filter(isFollowing));
    return this.#byKind.get(kind) ?? [];
  }

  restore(stored: StoredSubscription, resource: Version | undefined): void {
    this.#put(restored(stored, resource, this.#criterionNeeds()));
  }

  /** What a change of its resource makes of a subscription; undefined where it was deleted. */
  apply(change: Version, writer: string | undefined): Registration | undefined {
    this.#byKind = undefined;
    const before = this.#registrations.get(change.id);
    if (change.action === "delete") {
      this.#registrations.delete(change.id);
      return undefined;
    }
    const after = changed(before, { change, writer }, this.#criterionNeeds());
    if (before === undefined && this.#registrations.size >= this.#needs.bounds.subscriptionsMax) {
      after.terms = failed(tooMany);
    }
    this.#put(after);
    return after;
  }

  #put(registration: Registration): void {
    this.#byKind = undefined;
    this.#registrations.set(registration.id, registration);
  }

  #criterionNeeds() {
    const { base, clock } = this.#needs;
    return { base: base(), now: clock.now() };
  }

  /** Starts what is to be under way now, and stops what is not. */
  reconcile(): void {
    for (const works of [this.#deliveries, this.#activations, this.#endings]) this.#stopStale(works);
    for (const registration of this.#registrations.values()) {
      const { id, version, state, terms } = registration;
      if (state === "active" && terms.ok && !this.#deliveries.has(id)) {
        const end = (_of: Registration, status: NewStatus["status"], error: string) =>
          this.end(registration, { status, error });
        const delivery = new Delivery(registration, terms.value, { ...this.#needs, end });
        this.#deliveries.set(id, { version, delivery, stop: () => delivery.stop() });
      }
      if (state === "requested" && !this.#activations.has(id)) {
        this.#activations.set(
          id,
          this.#started(version, (stop) => this.#activate(registration, stop)),
        );
      }
    }
  }

  #stopStale(works: Map<string, Work>): void {
    for (const [id, work] of works) {
      const now = this.#registrations.get(id);
      const isCurrent = now?.version === work.version && !(works === this.#deliveries && now.state !== "active");
      if (isCurrent) continue;
      works.delete(id);
      void work.stop();
    }
  }

  #started(version: number, run: (stop: AbortSignal) => Promise<void>): Work {
    const stop = new AbortController();
    const ended = run(stop.signal).catch((error: unknown) => {
      this.#needs.log.error("work for a subscription failed", { error: error as Error });
    });
    return {
      version,
      stop: async () => {
        stop.abort();
        await ended;
      },
    };
  }

  async #activate(registration: Registration, stop: AbortSignal): Promise<void> {
    const activated = await activate(registration, this.#needs, stop);
    if (activated === undefined) return;
    await this.#write(registration, activated.ok ? { status: "active" } : errorOf(activated.problems[0]), stop);
  }

  /** Ends the delivery of a subscription, and says in its resource why. */
  end(registration: Registration, status: NewStatus): void {
    const { id, version, owner } = registration;
    if (this.#endings.get(id)?.version === version) return;
    this.#needs.log.warn("a subscription was stopped", {
      subscription: id,
      owner,
      status: status.status,
      reason: status.error,
    });
    this.#endings.set(
      id,
      this.#started(version, (stop) => this.#write(registration, status, stop)),
    );
  }

  /** Until it is written: nobody would know otherwise. */
  async #write(registration: Registration, status: NewStatus, stop: AbortSignal): Promise<void> {
    while (!stop.aborted) {
      const written = await writeStatus(this.#needs.own, registration, status);
      if (written.ok) {
        if (written.value === "same") this.#settle(registration, status);
        return;
      }
      this.#needs.log.warn("the status of a subscription could not be written", {
        subscription: registration.id,
        code: written.problems[0].code,
      });
      await pause(this.#needs.bounds.subscriptionRetryFirstMs, stop);
    }
  }

  /** The resource says so already, so no change will tell. */
  #settle(registration: Registration, { status }: NewStatus): void {
    if (this.#registrations.get(registration.id) !== registration) return;
    registration.state = status;
    this.#byKind = undefined;
    this.reconcile();
  }

  wake(id: string): void {
    this.#deliveries.get(id)?.delivery.wake();
  }

  /** Stops everything and forgets it. */
  async clear(): Promise<void> {
    const works = [...this.#deliveries.values(), ...this.#activations.values(), ...this.#endings.values()];
    for (const map of [this.#deliveries, this.#activations, this.#endings]) map.clear();
    this.#registrations.clear();
    this.#byKind = undefined;
    await Promise.all(works.map((work) => work.stop()));
  }
}

function byKind(registrations: readonly Registration[]): Map<Kind, Registration[]> {
  const found = new Map<Kind, Registration[]>();
  for (const registration of registrations) {
    if (!registration.terms.ok) continue;
    for (const kind of new Set(kindsOf(registration.terms.value))) {
      const others = found.get(kind);
      if (others === undefined) found.set(kind, [registration]);
      else others.push(registration);
    }
  }
  return found;
}

function errorOf({ message, where }: Problem): NewStatus {
  return { status: "error", error: where === undefined ? message : `${where}: ${message}` };
}

const tooMany = unsupported(
  "too-many-subscriptions",
  "There are as many subscriptions as may be; delete others first.",
);
