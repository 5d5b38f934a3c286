import type { Position } from "#record";
import { isFresh } from "../delivery.ts";
import type { Entry } from "./entry.ts";
import type { LanePlace } from "./merged-lanes.ts";

interface Lane {
  readonly key: string;
  /** Every place of deliveries that it was made of. */
  readonly places: LanePlace[];
  /** In their order: what was sent before stands before what is fresh. */
  items: Entry[];
  /** Ids of those that are being sent: one, or one of each of the lanes that have just become this one. */
  readonly underWay: Set<string>;
  /** It stands until then: its first delivery is tried again. */
  retryAtMs: number | undefined;
  /** Its first delivery, where that has waited long enough. */
  dueId: string | undefined;
  isParked: boolean;
  /** Behind the items there are others in the record that were passed over. */
  hasMore: boolean;
  /** Another was passed over while they were being read. */
  isOvertaken: boolean;
  /** They are being read. */
  isRefilling: boolean;
}

/**
 * The lanes of one destination that have anything in memory. Of each, one delivery is under way at most, and none before
 * those ahead of it are settled. A lane that stands keeps those of its deliveries that were sent before; the others are
 * read when it goes on.
 */
export class Lanes {
  readonly #laneOf: (place: LanePlace) => string;
  readonly #lanes = new Map<string, Lane>();
  /** Lanes whose first delivery may be sent, in the order in which they came to that. */
  readonly #ready = new Set<Lane>();
  /** Lanes that wait for a time. */
  readonly #waiting = new Set<Lane>();
  /** Lanes that can go on, and whose deliveries must be read for that. */
  readonly #emptied = new Set<Lane>();
  #held = 0;
  #parked = 0;

  /** `laneOf` says in which lane a delivery is by now; when it says something else than before, call `regroup`. */
  constructor(laneOf: (place: LanePlace) => string = ({ lane }) => lane) {
    this.#laneOf = laneOf;
  }

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
    const lane = this.#open(entry.delivery);
    if (lane.hasMore || (stands(lane) && lane.items.length > 0)) {
      lane.hasMore = true;
      lane.isOvertaken = true;
      return;
    }
    this.#change(lane, () => lane.items.push(entry));
  }

  /** A delivery that was tried or parked before: it stands before all fresh ones of its lane. */
  addFirst(entry: Entry): void {
    const lane = this.#open(entry.delivery);
    this.#change(lane, () => putFirst(lane, entry));
  }

  /** Takes the first of a lane that may be sent; it is under way from now on. */
  take(isFree: (entry: Entry) => boolean): Entry | undefined {
    for (const lane of this.#ready) {
      const [entry] = lane.items;
      if (entry === undefined || !isFree(entry)) continue;
      this.#ready.delete(lane);
      lane.underWay.add(entry.id);
      return entry;
    }
    return undefined;
  }

  /** The one behind the one under way, to be made ready meanwhile. */
  behind({ delivery }: Entry): Entry | undefined {
    return this.#lanes.get(this.#laneOf(delivery))?.items[1];
  }

  /** It is delivered or cancelled, and recorded as such: its lane goes on. */
  settled({ id, delivery }: Entry): void {
    const lane = this.#lanes.get(this.#laneOf(delivery));
    if (lane === undefined || !lane.items.some((item) => item.id === id)) return;
    this.#change(lane, () => {
      if (lane.items[0]?.id === id) lane.items.shift();
      else lane.items = lane.items.filter((item) => item.id !== id);
      lane.underWay.delete(id);
    });
  }

  /** It was tried in vain, and recorded as such: its lane stands until it is tried again, or parked. */
  failed(entry: Entry): void {
    const lane = this.#open(entry.delivery);
    this.#change(lane, () => {
      lane.underWay.delete(entry.id);
      lane.dueId = undefined;
      putFirst(lane, entry);
    });
  }

  /** It was not sent after all: it is the next again. */
  putBack({ id, delivery }: Entry): void {
    const lane = this.#lanes.get(this.#laneOf(delivery));
    if (lane !== undefined) this.#change(lane, () => lane.underWay.delete(id));
  }

  /** Lets go on whatever has waited long enough. Returns the time of the next that has not. */
  due(nowMs: number): number | undefined {
    let nextMs: number | undefined;
    for (const lane of [...this.#waiting]) {
      const atMs = lane.retryAtMs ?? nowMs;
      if (atMs > nowMs) nextMs = Math.min(nextMs ?? atMs, atMs);
      else {
        this.#change(lane, () => {
          lane.dueId = lane.items[0]?.id;
        });
      }
    }
    return nextMs;
  }

  /** Lanes that can go on, and whose deliveries must be read for that, with the lanes these were queued in. */
  emptied(): readonly EmptiedLane[] {
    return [...this.#emptied].map(({ key, places }) => ({
      key,
      queuedIn: [...new Set(places.map(({ lane }) => lane))],
    }));
  }

  /** Call it before the lane's deliveries are read. */
  beginRefill(key: string): void {
    const lane = this.#lanes.get(key);
    if (lane === undefined) return;
    lane.isOvertaken = false;
    lane.isRefilling = true;
  }

  /** What was read of an emptied lane: all of it that was passed over up to `passed`, or the first of it. */
  refill(key: string, { entries, isAll, passed }: Refill): void {
    const lane = this.#lanes.get(key);
    // Another lane has become one with it meanwhile, or a part has left it: it is read anew.
    if (lane?.isRefilling !== true) return;
    const mine = entries.filter(({ position }) => position <= passed);
    this.#change(lane, () => {
      lane.isRefilling = false;
      lane.items.push(...mine);
      lane.hasMore = lane.isOvertaken || (!isAll && mine.length === entries.length);
    });
  }

  /**
   * Puts together what belongs together by now, and parts what does not. What is under way ends first; what was sent before
   * goes before the rest, and the rest in the order in which it was queued.
   */
  regroup(): void {
    const astray = [...this.#lanes.values()].filter(({ key, places }) =>
      places.some((place) => this.#laneOf(place) !== key),
    );
    for (const lane of astray) this.#remove(lane);
    for (const old of astray) {
      for (const place of old.places) this.#change(this.#open(place), (lane) => readAnew(lane));
      for (const item of old.items.filter((each) => old.underWay.has(each.id) || !isFresh(each.delivery))) {
        this.#change(this.#open(item.delivery), (lane) => {
          if (old.underWay.has(item.id)) lane.underWay.add(item.id);
          putFirst(lane, item);
        });
      }
    }
  }

  clear(): void {
    this.#lanes.clear();
    this.#ready.clear();
    this.#waiting.clear();
    this.#emptied.clear();
    this.#held = 0;
    this.#parked = 0;
  }

  #open({ lane: queuedIn, patient }: LanePlace): Lane {
    const place: LanePlace = patient === undefined ? { lane: queuedIn } : { lane: queuedIn, patient };
    const key = this.#laneOf(place);
    const lane = this.#lanes.get(key) ?? newLane(key);
    this.#lanes.set(key, lane);
    if (!lane.places.some((known) => known.lane === queuedIn && known.patient === patient)) lane.places.push(place);
    return lane;
  }

  #remove(lane: Lane): void {
    this.#held -= stands(lane) ? 0 : lane.items.length;
    this.#leaveSets(lane);
    this.#ready.delete(lane);
    this.#lanes.delete(lane.key);
  }

  /** Changes what is in a lane, and sees what it may do then. */
  #change(lane: Lane, change: (lane: Lane) => unknown): void {
    this.#held -= stands(lane) ? 0 : lane.items.length;
    change(lane);
    this.#leaveSets(lane);
    this.#place(lane);
    this.#held += stands(lane) ? 0 : lane.items.length;
  }

  #leaveSets(lane: Lane): void {
    this.#waiting.delete(lane);
    this.#emptied.delete(lane);
    if (lane.isParked) this.#parked -= 1;
    lane.isParked = false;
    lane.retryAtMs = undefined;
  }

  #place(lane: Lane): void {
    const [first] = lane.items;
    const isFree = lane.underWay.size === 0;
    const maySend = first !== undefined && (isFresh(first.delivery) || first.id === lane.dueId);
    // One that was ready keeps its place among the others.
    if (isFree && maySend) this.#ready.add(lane);
    else this.#ready.delete(lane);
    if (!isFree || maySend) return;
    if (first !== undefined) this.#stand(lane, first);
    else if (lane.hasMore) this.#emptied.add(lane);
    else this.#lanes.delete(lane.key);
  }

  #stand(lane: Lane, { delivery }: Entry): void {
    if (delivery.state === "parked") {
      lane.isParked = true;
      this.#parked += 1;
    } else {
      lane.retryAtMs = delivery.nextTryAt === undefined ? 0 : Date.parse(delivery.nextTryAt);
      this.#waiting.add(lane);
    }
    // What waits behind it would fill the memory while others could go on.
    const kept = lane.items.filter((item) => !isFresh(item.delivery));
    if (kept.length < lane.items.length) lane.hasMore = true;
    lane.items = kept;
  }
}

function newLane(key: string): Lane {
  return {
    key,
    places: [],
    items: [],
    underWay: new Set(),
    retryAtMs: undefined,
    dueId: undefined,
    isParked: false,
    hasMore: false,
    isOvertaken: false,
    isRefilling: false,
  };
}

function stands({ isParked, retryAtMs }: Lane): boolean {
  return isParked || retryAtMs !== undefined;
}

/** Before all that were never sent, among those that were by the time at which they were queued. */
function putFirst(lane: Lane, entry: Entry): void {
  const isEarlier = ({ delivery }: Entry) => delivery.queuedAt < entry.delivery.queuedAt;
  const others = lane.items.filter((item) => item.id !== entry.id);
  const isSent = (item: Entry) => lane.underWay.has(item.id) || !isFresh(item.delivery);
  const before = others.filter((item) => isSent(item) && isEarlier(item));
  lane.items = [...before, entry, ...others.filter((item) => !before.includes(item))];
}

/** Only what is under way or was sent before stays in memory. */
function readAnew(lane: Lane): void {
  lane.items = lane.items.filter((item) => lane.underWay.has(item.id) || !isFresh(item.delivery));
  lane.hasMore = true;
  lane.isOvertaken = true;
  lane.isRefilling = false;
}

export interface EmptiedLane {
  readonly key: string;
  /** Lanes as they are stored: see `Delivery.lane`. */
  readonly queuedIn: readonly string[];
}

export interface Refill {
  readonly entries: readonly Entry[];
  /** There are no more of the lane. */
  readonly isAll: boolean;
  /** Up to this place of the feed the destination's deliveries were gone through when they were read. */
  readonly passed: Position;
}
