import type { Position } from "#record";
import type { Entry } from "./entry.ts";

interface Lane {
  readonly key: string;
  /** In their order; the first is under way when `isUnderWay`. */
  readonly items: Entry[];
  isUnderWay: boolean;
  /** It stands until then: its first delivery is tried again. */
  retryAtMs: number | undefined;
  isParked: boolean;
  /** Behind the items there are others in the record that were passed over. */
  hasMore: boolean;
  /** Another was passed over while they were being read. */
  isOvertaken: boolean;
}

/**
 * The lanes of one destination that have anything in memory. Of each, one delivery is under way at most, and none before
 * those ahead of it are settled. A lane that stands keeps the first of its deliveries; the others are read when it goes on.
 */
export class Lanes {
  readonly #lanes = new Map<string, Lane>();
  /** Lanes whose first delivery may be sent, in the order in which they came to that. */
  readonly #ready = new Set<Lane>();
  /** Lanes that wait for a time. */
  readonly #waiting = new Set<Lane>();
  /** Lanes that can go on, and whose deliveries must be read for that. */
  readonly #emptied = new Set<Lane>();
  #held = 0;
  #parked = 0;

  /** Deliveries in memory that will be sent as fast as their lanes allow; those of lanes that stand are not counted. */
  get held(): number {
    return this.#held;
  }

  get parked(): number {
    return this.#parked;
  }

  get waiting(): number {
    return this.#waiting.size;
  }

  /** Those that can go on now. */
  get ready(): number {
    return this.#ready.size;
  }

  /** The next of its lane in the order of the record. */
  add(entry: Entry): void {
    const lane = this.#laneOf(entry);
    if (lane.hasMore || (this.#stands(lane) && lane.items.length > 0)) {
      lane.hasMore = true;
      lane.isOvertaken = true;
      return;
    }
    this.#push(lane, entry);
  }

  /** A delivery that was tried or parked before: it stands before all others of its lane. */
  addFirst(entry: Entry): void {
    const lane = this.#laneOf(entry);
    this.#change(lane, () => {
      if (lane.items[0]?.id === entry.id) lane.items.shift();
      lane.items.unshift(entry);
      this.#stand(lane, entry);
    });
  }

  /** Takes the first of a lane that may be sent; it is under way from now on. */
  take(isFree: (entry: Entry) => boolean): Entry | undefined {
    for (const lane of this.#ready) {
      const [entry] = lane.items;
      if (entry === undefined || !isFree(entry)) continue;
      this.#ready.delete(lane);
      lane.isUnderWay = true;
      return entry;
    }
    return undefined;
  }

  /** The one behind the one under way, to be made ready meanwhile. */
  behind({ delivery }: Entry): Entry | undefined {
    return this.#lanes.get(delivery.lane)?.items[1];
  }

  /** It is delivered or cancelled, and recorded as such: its lane goes on. */
  settled({ id, delivery }: Entry): void {
    const lane = this.#lanes.get(delivery.lane);
    if (lane === undefined || lane.items[0]?.id !== id) return;
    this.#change(lane, () => {
      lane.items.shift();
      lane.isUnderWay = false;
      this.#setParked(lane, false);
      this.#stopWaiting(lane);
    });
    this.#goOn(lane);
  }

  /** It was tried in vain, and recorded as such: its lane stands until it is tried again, or parked. */
  failed(entry: Entry): void {
    const lane = this.#laneOf(entry);
    this.#change(lane, () => {
      lane.isUnderWay = false;
      lane.items[0] = entry;
      this.#stand(lane, entry);
    });
  }

  /** It was not sent after all: it is the next again. */
  putBack({ delivery }: Entry): void {
    const lane = this.#lanes.get(delivery.lane);
    if (lane === undefined) return;
    lane.isUnderWay = false;
    this.#goOn(lane);
  }

  /** Lets go on whatever has waited long enough. Returns the time of the next that has not. */
  due(nowMs: number): number | undefined {
    let nextMs: number | undefined;
    for (const lane of this.#waiting) {
      const atMs = lane.retryAtMs ?? nowMs;
      if (atMs <= nowMs) {
        this.#change(lane, () => this.#stopWaiting(lane));
        this.#goOn(lane);
      } else nextMs = Math.min(nextMs ?? atMs, atMs);
    }
    return nextMs;
  }

  /** Lanes that can go on, and whose deliveries must be read for that. */
  emptied(): readonly string[] {
    return [...this.#emptied].map(({ key }) => key);
  }

  /** Call it before the lane's deliveries are read. */
  beginRefill(key: string): void {
    const lane = this.#lanes.get(key);
    if (lane !== undefined) lane.isOvertaken = false;
  }

  /** What was read of an emptied lane: all of it that was passed over up to `passed`, or the first of it. */
  refill(key: string, { entries, isAll, passed }: Refill): void {
    const lane = this.#lanes.get(key);
    if (lane === undefined) return;
    this.#emptied.delete(lane);
    const mine = entries.filter(({ position }) => position <= passed);
    for (const entry of mine) this.#push(lane, entry);
    lane.hasMore = lane.isOvertaken || (!isAll && mine.length === entries.length);
    this.#goOn(lane);
  }

  clear(): void {
    this.#lanes.clear();
    this.#ready.clear();
    this.#waiting.clear();
    this.#emptied.clear();
    this.#held = 0;
    this.#parked = 0;
  }

  #laneOf({ delivery: { lane: key } }: Entry): Lane {
    const known = this.#lanes.get(key);
    if (known !== undefined) return known;
    const lane: Lane = {
      key,
      items: [],
      isUnderWay: false,
      retryAtMs: undefined,
      isParked: false,
      hasMore: false,
      isOvertaken: false,
    };
    this.#lanes.set(key, lane);
    return lane;
  }

  #push(lane: Lane, entry: Entry): void {
    this.#change(lane, () => lane.items.push(entry));
    this.#goOn(lane);
  }

  #stands({ isParked, retryAtMs }: Lane): boolean {
    return isParked || retryAtMs !== undefined;
  }

  #stand(lane: Lane, { delivery }: Entry): void {
    this.#ready.delete(lane);
    this.#emptied.delete(lane);
    this.#stopWaiting(lane);
    this.#setParked(lane, delivery.state === "parked");
    if (!lane.isParked) {
      lane.retryAtMs = delivery.nextTryAt === undefined ? 0 : Date.parse(delivery.nextTryAt);
      this.#waiting.add(lane);
    }
    // What waits behind it would fill the memory while others could go on.
    if (lane.items.splice(1).length > 0) lane.hasMore = true;
  }

  #change(lane: Lane, change: () => void): void {
    this.#held -= this.#stands(lane) ? 0 : lane.items.length;
    change();
    this.#held += this.#stands(lane) ? 0 : lane.items.length;
  }

  #setParked(lane: Lane, isParked: boolean): void {
    if (lane.isParked !== isParked) this.#parked += isParked ? 1 : -1;
    lane.isParked = isParked;
  }

  #stopWaiting(lane: Lane): void {
    lane.retryAtMs = undefined;
    this.#waiting.delete(lane);
  }

  #goOn(lane: Lane): void {
    if (lane.isUnderWay || this.#stands(lane)) return;
    if (lane.items.length > 0) this.#ready.add(lane);
    else if (lane.hasMore) this.#emptied.add(lane);
    else this.#lanes.delete(lane.key);
  }
}

export interface Refill {
  readonly entries: readonly Entry[];
  /** There are no more of the lane. */
  readonly isAll: boolean;
  /** Up to this place of the feed the destination's deliveries were gone through when they were read. */
  readonly passed: Position;
}
