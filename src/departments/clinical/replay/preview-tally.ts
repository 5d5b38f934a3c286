import { limits } from "#kernel";
import {
  type DeliveryEffect,
  type DestinationEffects,
  deliveryEffects,
  type LeftMessages,
  type ReplayPreview,
} from "../api/replays.ts";
import { DifferenceTally } from "./difference-tally.ts";
import type { ForeseenReplay } from "./foresee-replay.ts";

interface Destination {
  readonly effects: Record<DeliveryEffect, number>;
  sent: number;
}

interface Left {
  readonly text: string;
  readonly examples: string[];
  messages: number;
}

/** What a replay of many messages would come to. */
export class PreviewTally {
  readonly #record = new DifferenceTally();
  readonly #destinations = new Map<string, Destination>();
  readonly #left = new Map<string, Left>();
  readonly #duplicates: string[] = [];
  #duplicateCount = 0;

  add(message: string, { plan, differences, isDuplicate }: ForeseenReplay): void {
    this.#record.add(message, differences);
    for (const { destination, effect, isSent } of plan.deliveries) {
      const counted = this.#destinations.get(destination) ?? { effects: noEffects(), sent: 0 };
      counted.effects[effect] += 1;
      if (isSent) counted.sent += 1;
      this.#destinations.set(destination, counted);
    }
    if (plan.left !== undefined) this.addLeft(message, plan.left);
    if (!isDuplicate) return;
    this.#duplicateCount += 1;
    if (this.#duplicates.length < limits.replayExamplesMax) this.#duplicates.push(message);
  }

  /** A message that is left as it is. */
  addLeft(message: string, { code, text }: { readonly code: string; readonly text: string }): void {
    const left = this.#left.get(code) ?? { text, examples: [], messages: 0 };
    left.messages += 1;
    if (left.examples.length < limits.replayExamplesMax) left.examples.push(message);
    this.#left.set(code, left);
  }

  preview(): ReplayPreview {
    const destinations = [...this.#destinations].sort(([one], [other]) => (one < other ? -1 : 1));
    const left = [...this.#left].map(([code, each]): LeftMessages => ({ code, ...each }));
    return {
      record: this.#record.report(),
      destinations: destinations.map(([destination, each]): DestinationEffects => ({ destination, ...each })),
      duplicates: { messages: this.#duplicateCount, examples: this.#duplicates },
      left: left.sort((one, other) => other.messages - one.messages),
    };
  }
}

function noEffects(): Record<DeliveryEffect, number> {
  return Object.fromEntries(deliveryEffects.map((effect) => [effect, 0])) as Record<DeliveryEffect, number>;
}
