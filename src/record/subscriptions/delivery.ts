import { type Clock, failed, fault, forbidden, type Log, ok, type Problem, type Result, unavailable } from "#kernel";
import type { SubscriptionBounds } from "./bounds.ts";
import { eventMessage, eventsInMessage, type Message, signOfLife } from "./message.ts";
import type { HookSender, Subscribers, SubscriptionEvent, SubscriptionStore } from "./ports.ts";
import type { Registration } from "./registration.ts";
import type { Terms } from "./terms.ts";
import type { Turns } from "./turns.ts";
import { WakeUp } from "./wake-up.ts";

/** Lines that are bound to subscriptions. */
export interface BoundLines {
  isBound(subscription: string): boolean;
  /** False when no line took it. */
  send(subscription: string, text: string): Promise<boolean>;
}

export interface DeliveryNeeds {
  readonly store: SubscriptionStore;
  readonly subscribers: Subscribers;
  readonly hooks: HookSender;
  readonly lines: BoundLines;
  readonly turns: Turns;
  readonly bounds: SubscriptionBounds;
  readonly base: () => string;
  readonly clock: Clock;
  readonly log: Log;
  /** Its receiver was tried often enough, or its time is over. */
  readonly end: (registration: Registration, status: "error" | "off", reason: string) => void;
}

/**
 * Sends the events of one active subscription, one message after another, each until it arrives. It holds one message and a
 * page of event numbers, however far behind its receiver is: the rest waits in the database.
 */
export class Delivery {
  readonly #registration: Registration;
  readonly #terms: Terms;
  readonly #needs: DeliveryNeeds;
  readonly #stop = new AbortController();
  readonly #wakeUp = new WakeUp();
  readonly #ended: Promise<void>;
  #page: SubscriptionEvent[] = [];
  #lastSentMs: number;
  #noted: number;
  #noting: Promise<void> | undefined;

  constructor(registration: Registration, terms: Terms, needs: DeliveryNeeds) {
    this.#registration = registration;
    this.#terms = terms;
    this.#needs = needs;
    this.#lastSentMs = needs.clock.now();
    this.#noted = registration.delivered;
    this.#ended = this.#run();
  }

  /** There may be something to send. */
  wake(): void {
    this.#wakeUp.call();
  }

  /** Settles when nothing is under way any more. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#ended;
    await this.#noting;
  }

  async #run(): Promise<void> {
    const { bounds, end } = this.#needs;
    for (let failures = 0; !this.#stop.signal.aborted; ) {
      if (this.#isOver()) return end(this.#registration, "off", "The subscription has reached its end.");
      const sent = await this.#next().catch((cause: unknown) => failed(threw(cause)));
      if (this.#stop.signal.aborted) return;
      if (sent.ok) {
        failures = 0;
        if (sent.value === "nothing") await this.#wakeUp.sleep(this.#restMs(), this.#stop.signal);
        continue;
      }
      failures += 1;
      const [problem] = sent.problems;
      this.#logFailure(problem, failures);
      if (problem.category === "forbidden" || failures >= bounds.subscriptionAttemptsMax) {
        return end(this.#registration, "error", problem.message);
      }
      await this.#pause(failures);
    }
  }

  /** Sends the next message, if there is one. */
  async #next(): Promise<Result<"sent" | "nothing">> {
    const { channel } = this.#terms;
    const { lines, turns } = this.#needs;
    const { id } = this.#registration;
    if (channel.type === "websocket" && !lines.isBound(id)) return ok("nothing");
    await this.#fill();
    if (this.#page.length > 0) return turns.run(() => this.#sendEvents());
    if (!this.#isHeartbeatDue()) return ok("nothing");
    const message = signOfLife(this.#messageOf(), "heartbeat");
    return message === undefined ? ok("nothing") : turns.run(() => this.#send(message));
  }

  async #fill(): Promise<void> {
    if (this.#page.length > 0) return;
    const { id, delivered } = this.#registration;
    const { store, bounds } = this.#needs;
    const span = { from: delivered + 1, to: Number.MAX_SAFE_INTEGER, limit: bounds.subscriptionPageMax };
    this.#page = [...(await store.events(id, span))];
  }

  async #sendEvents(): Promise<Result<"sent" | "nothing">> {
    const subscriber = await this.#needs.subscribers.find(this.#registration.owner);
    if (!subscriber.ok) return subscriber;
    if (subscriber.value === undefined) return failed(ownerGone);
    const events = this.#page.slice(0, eventsInMessage(this.#terms));
    const message = await eventMessage(this.#messageOf(), events, subscriber.value);
    if (!message.ok) return message;
    if (message.value !== undefined) {
      const sent = await this.#send(message.value);
      if (!sent.ok || sent.value === "nothing") return sent;
    }
    this.#page.splice(0, events.length);
    this.#arrived(events.at(-1)?.number ?? 0);
    return ok("sent");
  }

  async #send({ hook, text }: Message): Promise<Result<"sent" | "nothing">> {
    const { hooks, lines, clock } = this.#needs;
    if (hook === undefined) {
      // Its lines may all have gone: then it waits for the next one.
      if (!(await lines.send(this.#registration.id, text))) return ok("nothing");
    } else {
      const sent = await hooks.send(hook, this.#stop.signal);
      if (!sent.ok) return sent;
    }
    this.#lastSentMs = clock.now();
    return ok("sent");
  }

  /** Noted behind the sending: after a crash a few are sent again, and none is left out. */
  #arrived(number: number): void {
    this.#registration.delivered = number;
    this.#noting ??= this.#note().finally(() => {
      this.#noting = undefined;
    });
  }

  async #note(): Promise<void> {
    const { store, bounds, log } = this.#needs;
    const { id } = this.#registration;
    while (this.#noted < this.#registration.delivered) {
      const number = this.#registration.delivered;
      try {
        await store.delivered(id, number, bounds.subscriptionEventsKept);
      } catch (error) {
        log.warn("what a subscription was sent could not be noted", { subscription: id, error: error as Error });
        return;
      }
      this.#noted = number;
    }
  }

  #messageOf() {
    const { base, clock } = this.#needs;
    return { registration: this.#registration, terms: this.#terms, base: base(), at: clock.now() };
  }

  #isOver(): boolean {
    return this.#needs.clock.now() >= (this.#terms.endMs ?? Number.POSITIVE_INFINITY);
  }

  #isHeartbeatDue(): boolean {
    return this.#needs.clock.now() - this.#lastSentMs >= (this.#heartbeatMs() ?? Number.POSITIVE_INFINITY);
  }

  /** Nothing beats where nobody listens. */
  #heartbeatMs(): number | undefined {
    const { about, channel } = this.#terms;
    if (about.is !== "topic" || (channel.type === "websocket" && !this.#needs.lines.isBound(this.#registration.id)))
      return undefined;
    return about.heartbeatMs;
  }

  /** Until the next heartbeat or the end, whichever is first. */
  #restMs(): number | undefined {
    const nowMs = this.#needs.clock.now();
    const beatMs = this.#lastSentMs + (this.#heartbeatMs() ?? Number.POSITIVE_INFINITY);
    const nextMs = Math.min(beatMs, this.#terms.endMs ?? Number.POSITIVE_INFINITY);
    return nextMs === Number.POSITIVE_INFINITY ? undefined : Math.max(nextMs - nowMs, restMsMin);
  }

  /** Not ended by a call: others may go on happening all the time. */
  async #pause(failures: number): Promise<void> {
    const { subscriptionRetryFirstMs, subscriptionRetryMaxMs } = this.#needs.bounds;
    const pauseMs = Math.min(subscriptionRetryFirstMs * 2 ** (failures - 1), subscriptionRetryMaxMs);
    await new WakeUp().sleep(pauseMs, this.#stop.signal);
  }

  #logFailure({ code, category, cause }: Problem, attempt: number): void {
    const error = category === "fault" && cause instanceof Error ? cause : undefined;
    this.#needs.log.warn("a subscription was not delivered", {
      subscription: this.#registration.id,
      code,
      attempt,
      error,
    });
  }
}

/** A line that is bound and takes nothing must not be asked without a pause. */
const restMsMin = 50;

const ownerGone = forbidden("owner-gone", "The account that wrote this subscription is not valid any more.");

function threw(cause: unknown): Problem {
  return cause instanceof Error && "code" in cause
    ? unavailable("record-unavailable", "The record cannot be reached at the moment.", { cause })
    : fault("delivery-threw", "Delivering failed.", { cause });
}
