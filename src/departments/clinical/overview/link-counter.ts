import { type Clock, type HospitalTime, ok, type Result } from "#kernel";
import type { Clause, HealthRecord } from "#record";
import { type LinkCounts, type MessageState, messageStates, type TypeCounts } from "../api.ts";
import { anyKey, newestFirst } from "../clauses.ts";
import { hourKey, hourStateKey, hourTypeKey, linkStateKey, minuteKey } from "../messages/figure-keys.ts";
import { linkMessageKind } from "../messages/link-message.ts";
import type { CountCache } from "./count-cache.ts";
import { hoursOfDay, minutesUpTo, type Span } from "./figure-times.ts";

export interface LinkCounterNeeds {
  readonly record: Pick<HealthRecord, "count">;
  readonly clock: Clock;
  readonly hospitalTime: HospitalTime;
  readonly cache: CountCache;
}

/** States that few messages are in; the others of a day are mapped. */
const fewStates = messageStates.filter((state) => state !== "mapped");

/**
 * Counts the messages of one link, from the record. What is closed (an hour that is over) is counted once; that most
 * messages are mapped is not counted but follows from the rest.
 */
export class LinkCounter {
  readonly #needs: LinkCounterNeeds;
  readonly #link: string;
  readonly #hours: readonly Span[];

  constructor(link: string, needs: LinkCounterNeeds) {
    this.#needs = needs;
    this.#link = link;
    this.#hours = hoursOfDay(needs.clock.now(), needs.hospitalTime);
  }

  today(): Promise<Result<LinkCounts>> {
    return this.#countsOf([], (hour) => hourKey(this.#link, hour));
  }

  async todayOfType(type: string): Promise<Result<TypeCounts>> {
    const ofType = this.#hours.map((hour) => hourTypeKey(this.#link, hour.name, type));
    const counts = await this.#countsOf([anyKey(...ofType)], (hour) => hourTypeKey(this.#link, hour, type));
    return counts.ok ? ok({ type, today: counts.value }) : counts;
  }

  async perMinute(): Promise<Result<readonly number[]>> {
    return this.#countSpans(minutesUpTo(this.#needs.clock.now()), (minute) => minuteKey(this.#link, minute));
  }

  /** Of any day. */
  waiting(state: "held" | "rejected" | "received"): Promise<Result<number>> {
    return this.#count([anyKey(linkStateKey(this.#link, state))]);
  }

  async #countsOf(all: readonly Clause[], keyOf: (hour: string) => string): Promise<Result<LinkCounts>> {
    const [hours, ...few] = await Promise.all([
      this.#countSpans(this.#hours, keyOf),
      ...fewStates.map((state) => this.#count([anyKey(...this.#hourStates(state)), ...all])),
    ]);
    if (!hours.ok) return hours;
    const counts = new Map<MessageState, number>();
    for (const [at, state] of fewStates.entries()) {
      const count = few[at] ?? ok(0);
      if (!count.ok) return count;
      counts.set(state, count.value);
    }
    return ok(countsWith(sum(hours.value), counts));
  }

  #hourStates(state: MessageState): readonly string[] {
    return this.#hours.map((hour) => hourStateKey(this.#link, hour.name, state));
  }

  async #countSpans(spans: readonly Span[], keyOf: (name: string) => string): Promise<Result<readonly number[]>> {
    const counts = await Promise.all(spans.map((span) => this.#countSpan(keyOf(span.name), span.isClosed)));
    const found: number[] = [];
    for (const count of counts) {
      if (!count.ok) return count;
      found.push(count.value);
    }
    return ok(found);
  }

  async #countSpan(key: string, isClosed: boolean): Promise<Result<number>> {
    const known = this.#needs.cache.get(key);
    if (known !== undefined) return ok(known);
    const count = await this.#count([anyKey(key)]);
    if (count.ok && isClosed) this.#needs.cache.set(key, count.value);
    return count;
  }

  #count(all: readonly Clause[]): Promise<Result<number>> {
    return this.#needs.record.count(newestFirst({ kind: linkMessageKind, all, limit: 1 }));
  }
}

/** Counts are taken one after another while messages come in, so the rest is never let below nothing. */
function countsWith(total: number, few: ReadonlyMap<MessageState, number>): LinkCounts {
  const of = (state: MessageState) => few.get(state) ?? 0;
  const known = sum([...few.values()]);
  return {
    total: Math.max(total, known),
    mapped: Math.max(0, total - known),
    received: of("received"),
    stale: of("stale"),
    held: of("held"),
    rejected: of("rejected"),
    routed: of("routed"),
    filtered: of("filtered"),
  };
}

export function addCounts(counts: readonly LinkCounts[]): LinkCounts {
  const of = (name: keyof LinkCounts) => sum(counts.map((each) => each[name]));
  return {
    total: of("total"),
    mapped: of("mapped"),
    received: of("received"),
    stale: of("stale"),
    held: of("held"),
    rejected: of("rejected"),
    routed: of("routed"),
    filtered: of("filtered"),
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
