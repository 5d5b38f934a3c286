import { limits, ok, type Result } from "#kernel";
import type { HealthRecord, Position } from "#record";
import { anyKey } from "../../clauses.ts";
import { type Delivery, type DeliveryState, deliveryKind } from "../delivery.ts";
import { entryOf } from "../engine/entry.ts";

/** By destination. */
type States = Map<string, DeliveryState>;

export interface SiblingNeeds {
  readonly record: Pick<HealthRecord, "search" | "history">;
}

/** What the deliveries of messages with several destinations are in, as the feed is followed. */
export class SiblingStates {
  readonly #needs: SiblingNeeds;
  readonly #known = new Map<string, States>();

  constructor(needs: SiblingNeeds) {
    this.#needs = needs;
  }

  /** Forgets everything: the feed is followed from an earlier place. */
  clear(): void {
    this.#known.clear();
  }

  /** The message was just made, and none of its deliveries is known yet. */
  begin(message: string): void {
    if (this.#known.size >= limits.linkBooksRememberedMax) {
      const [oldest] = this.#known.keys();
      if (oldest !== undefined) this.#known.delete(oldest);
    }
    this.#known.set(message, new Map());
  }

  /** The states of all deliveries of the message before this change of one of them, and after it. */
  async change(
    { message, destination, movedFrom, state, of }: Delivery,
    position: Position,
  ): Promise<Result<{ readonly before: readonly DeliveryState[]; readonly after: readonly DeliveryState[] }>> {
    const states = await this.#statesBefore(message, position);
    if (!states.ok) return states;
    const before = [...states.value.values()];
    if (movedFrom !== undefined) states.value.delete(movedFrom);
    states.value.set(destination, state);
    const after = [...states.value.values()];
    const isOver = after.length === of && after.every((each) => each === "delivered" || each === "cancelled");
    if (isOver) this.#known.delete(message);
    return ok({ before, after });
  }

  async #statesBefore(message: string, position: Position): Promise<Result<States>> {
    const known = this.#known.get(message);
    if (known !== undefined) return ok(known);
    this.begin(message);
    const states = this.#known.get(message) ?? new Map();
    const sort = { by: "updated", descending: false } as const;
    const all = [anyKey(`message=${message}`)];
    const page = await this.#needs.record.search({ kind: deliveryKind, all, sort, limit: limits.pageSizeMax });
    if (!page.ok) return page;
    for (const { id, position: newest } of page.value.versions) {
      const query = { kind: deliveryKind, id, before: Math.min(position, newest + 1), limit: 1 };
      const past = await this.#needs.record.history(query);
      if (!past.ok) return past;
      const [version] = past.value.versions;
      if (version === undefined || version.action === "delete") continue;
      const { delivery } = entryOf(version);
      if (delivery.replay !== undefined) continue;
      states.set(delivery.destination, delivery.state);
    }
    return ok(states);
  }
}
