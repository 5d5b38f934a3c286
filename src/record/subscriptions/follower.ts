import { failed, fault, type Log, limits, type Problem, type Result, unsupported } from "#kernel";
import type { Position, Version } from "../documents/document.ts";
import { pause } from "../feed/pause.ts";
import type { HealthRecord } from "../health-record.ts";
import { concerns, isRuledOut, mayPass, ObservedChange, versionBefore } from "./concern.ts";
import type { FeedStep, Subscribers, SubscriptionEvent, SubscriptionStore } from "./ports.ts";
import type { Registration } from "./registration.ts";
import type { Roster } from "./roster.ts";

export interface FollowerNeeds {
  /** The whole record: what is told of a change is narrowed to whoever is told. */
  readonly feed: HealthRecord;
  readonly store: SubscriptionStore;
  readonly subscribers: Subscribers;
  readonly roster: Roster;
  readonly eventsWaitingMax: number;
  readonly eventsKept: number;
  readonly log: Log;
}

/** What ends a step without anything kept: it is done again from where the store stands. */
class StepFailed extends Error {}

interface Step {
  readonly subscriptions: Map<string, Registration>;
  readonly gone: Set<string>;
  readonly events: SubscriptionEvent[];
}

const claimRetryMs = 2_000;
const failureRetryMs = 1_000;
/** How much later than others the first subscription is noticed. */
const idlePauseMs = 50;

/**
 * Follows the feed and decides which subscriptions each change concerns. What a stretch of it has brought is kept together with
 * the place it was followed to, so that a crash repeats nothing and leaves out nothing.
 */
export class Follower {
  readonly #needs: FollowerNeeds;
  /** Where the store stands, and how far was looked without anything to keep. */
  #kept: Position = 0;
  #seen: Position = 0;

  constructor(needs: FollowerNeeds) {
    this.#needs = needs;
  }

  /** Until stopped. Of several processes on one database, one follows. */
  async run(stop: AbortSignal): Promise<void> {
    const { store, roster, log } = this.#needs;
    while (!stop.aborted) {
      // Also after a failure: with its connection, the claim may have gone to another process.
      if (!(await store.claim().catch(() => false))) {
        await pause(claimRetryMs, stop);
        continue;
      }
      try {
        await this.#restore();
        while (!stop.aborted) await this.#step(stop);
      } catch (error) {
        if (stop.aborted) break;
        log.warn("following the feed for subscriptions begins again", { error: error as Error });
        await roster.clear();
        await pause(failureRetryMs, stop);
      }
    }
    await this.#keepPlace().catch(() => {});
    await roster.clear();
  }

  async #restore(): Promise<void> {
    const { store, feed, roster } = this.#needs;
    await roster.clear();
    const { position, subscriptions } = await store.load();
    for (const stored of subscriptions) {
      const resource = await feed.readVersion("Subscription", stored.id, stored.version);
      if (!resource.ok && mayPass(resource.problems[0])) throw new StepFailed(resource.problems[0].code);
      roster.restore(stored, resource.ok ? resource.value : undefined);
    }
    this.#kept = position;
    this.#seen = position;
    roster.reconcile();
  }

  async #step(stop: AbortSignal): Promise<void> {
    const { feed, roster } = this.#needs;
    const { changes, to } = await this.#nextChanges();
    if (to === this.#seen) {
      await this.#keepPlace();
      await feed.changed(this.#seen, stop);
      // With nobody to tell, there is no need to look after each commit.
      return roster.isEmpty ? pause(idlePauseMs, stop) : undefined;
    }
    const step: Step = { subscriptions: new Map(), gone: new Set(), events: [] };
    for (const change of changes) {
      if (change.kind === "Subscription") await this.#register(change, step);
      await this.#compare(change, step);
    }
    this.#seen = to;
    const isWorthKeeping = step.subscriptions.size + step.gone.size + step.events.length > 0;
    if (isWorthKeeping || to - this.#kept >= limits.subscriptionPlaceChangesMax) await this.#keep(step);
    if (step.subscriptions.size + step.gone.size > 0) roster.reconcile();
    for (const id of new Set(step.events.map(({ subscription }) => subscription))) roster.wake(id);
  }

  /** While there is no subscription, only changes of subscriptions count, and those the record finds by themselves. */
  async #nextChanges(): Promise<{ readonly changes: readonly Version[]; readonly to: Position }> {
    const { feed, roster } = this.#needs;
    if (!roster.isEmpty) {
      const changes = given(await feed.changes(this.#seen, limits.feedBatchMax));
      return { changes, to: changes.at(-1)?.position ?? this.#seen };
    }
    const head = await feed.position();
    const query = { kind: "Subscription", isOldestFirst: true, after: this.#seen, limit: 1 } as const;
    const [first] = given(await feed.history(query)).versions;
    if (first === undefined || first.position > head) return { changes: [], to: Math.max(head, this.#seen) };
    return { changes: [first], to: first.position };
  }

  async #register(change: Version, step: Step): Promise<void> {
    const { roster, subscribers, store, eventsKept } = this.#needs;
    const delivered = roster.get(change.id)?.delivered ?? 0;
    const writer = change.action === "delete" ? undefined : given(await subscribers.writerOf(change.id, change));
    const registration = roster.apply(change, writer);
    if (registration === undefined) {
      step.subscriptions.delete(change.id);
      step.gone.add(change.id);
      // Nobody is to be told of these any more.
      const left = step.events.filter(({ subscription }) => subscription !== change.id);
      step.events.splice(0, step.events.length, ...left);
    } else {
      step.subscriptions.set(change.id, registration);
      if (registration.delivered !== delivered) await store.delivered(change.id, registration.delivered, eventsKept);
    }
  }

  async #compare(change: Version, step: Step): Promise<void> {
    const { roster, feed } = this.#needs;
    const following = roster.following(change.kind);
    if (following.length === 0) return;
    const read = versionBefore((kind, id, version) => feed.readVersion(kind, id, version));
    const observed = new ObservedChange(change, read);
    for (const registration of following) {
      if (this.#isRuledOut(registration, observed)) continue;
      const isConcerned = await this.#concerns(registration, observed);
      if (isConcerned) this.#count(registration, change, step);
    }
  }

  #isRuledOut({ terms }: Registration, observed: ObservedChange): boolean {
    try {
      return !terms.ok || isRuledOut(terms.value, observed);
    } catch {
      // It throws again where that is told.
      return false;
    }
  }

  async #concerns(registration: Registration, observed: ObservedChange): Promise<boolean> {
    const { roster, subscribers, log } = this.#needs;
    const { terms, owner } = registration;
    const { kind, at } = observed.version;
    if (!terms.ok || at >= (terms.value.endMs ?? Number.POSITIVE_INFINITY)) return false;
    const subscriber = given(await subscribers.find(owner));
    if (subscriber === undefined) {
      if (registration.state === "active") roster.end(registration, { status: "error", error: ownerGone });
      return false;
    }
    if (!subscriber.maySee(kind)) return false;
    const verdict = await concerns(terms.value, observed, subscriber).catch((cause: unknown) => failed(threw(cause)));
    if (verdict.ok && !verdict.value) return false;
    if (verdict.ok) return given(await subscriber.sees(observed.version));
    const [problem] = verdict.problems;
    if (mayPass(problem)) throw new StepFailed(problem.code);
    if (problem.cause instanceof Error) log.error("criteria could not be compared", { error: problem.cause });
    // Until somebody writes other criteria: the same ones would fail with every change.
    registration.terms = verdict;
    roster.end(registration, { status: "error", error: problem.message });
    return false;
  }

  #count(registration: Registration, { position, kind, id, version, action, at }: Version, step: Step): void {
    const { roster, eventsWaitingMax } = this.#needs;
    if (registration.events - registration.delivered >= eventsWaitingMax) {
      roster.end(registration, { status: "off", error: tooManyWaiting.message });
      return;
    }
    registration.events += 1;
    step.subscriptions.set(registration.id, registration);
    const number = registration.events;
    step.events.push({ subscription: registration.id, number, position, kind, id, version, action, at });
  }

  async #keep({ subscriptions, gone, events }: Step): Promise<void> {
    const step: FeedStep = {
      from: this.#kept,
      to: this.#seen,
      subscriptions: [...subscriptions.values()].map(({ id, version, owner, state, events: newest }) => ({
        id,
        version,
        owner,
        state,
        events: newest,
      })),
      gone: [...gone],
      events,
    };
    if (!(await this.#needs.store.advance(step))) throw new StepFailed("another process has followed the feed");
    this.#kept = this.#seen;
  }

  async #keepPlace(): Promise<void> {
    if (this.#seen - this.#kept < limits.subscriptionPlaceChangesMax) return;
    await this.#keep({ subscriptions: new Map(), gone: new Set(), events: [] });
  }
}

function threw(cause: unknown): Problem {
  return fault("criteria-threw", "A change could not be compared with the criteria.", { cause });
}

const ownerGone = "The account that wrote this subscription is not valid any more.";
const tooManyWaiting: Problem = unsupported(
  "too-many-waiting",
  `More than ${limits.subscriptionEventsWaitingMax} events were waiting to be sent, so the subscription was switched off.`,
);

function given<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new StepFailed(result.problems[0].code);
}
