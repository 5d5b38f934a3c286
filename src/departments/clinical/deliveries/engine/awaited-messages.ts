import type { Delivery } from "../delivery.ts";

/** What became of a message as far as its sender waits for it. */
export type AwaitedOutcome =
  /** All the destinations that were asked for have it. */
  | "delivered"
  /** One of them will not have it without a person. */
  | "parked"
  /** It took longer than the sender may wait; it is delivered all the same. */
  | "late";

interface Waiter {
  readonly left: Set<string>;
  settle(outcome: AwaitedOutcome): void;
}

/** Those who may only answer the sender of a message when certain destinations have it. */
export class AwaitedMessages {
  readonly #waiters = new Map<string, Set<Waiter>>();

  /**
   * Asked before the message is committed, so that nothing is missed, and with destinations that it was routed to.
   */
  expect(message: string, destinations: readonly string[], withinMs: number): Promise<AwaitedOutcome> {
    return new Promise((resolve) => {
      const waiters = this.#waiters.get(message) ?? new Set();
      this.#waiters.set(message, waiters);
      const timer = setTimeout(() => settle("late"), withinMs);
      const settle = (outcome: AwaitedOutcome) => {
        clearTimeout(timer);
        waiters.delete(waiter);
        if (waiters.size === 0) this.#waiters.delete(message);
        resolve(outcome);
      };
      const waiter: Waiter = { left: new Set(destinations), settle };
      waiters.add(waiter);
    });
  }

  recorded({ message, destination, state }: Delivery): void {
    for (const waiter of [...(this.#waiters.get(message) ?? [])]) {
      if (!waiter.left.has(destination)) continue;
      if (state === "parked" || state === "cancelled") waiter.settle("parked");
      else if (state === "delivered") {
        waiter.left.delete(destination);
        if (waiter.left.size === 0) waiter.settle("delivered");
      }
    }
  }
}
