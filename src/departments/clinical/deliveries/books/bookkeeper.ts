import { failed, type HospitalTime, type Log, limits, ok, type Result } from "#kernel";
import {
  type CursorStore,
  type HealthRecord,
  type Kind,
  type Operation,
  type Position,
  parseBody,
  type Version,
} from "#record";
import { deterministicId } from "../../messages/deterministic-id.ts";
import { type LinkMessage, linkMessageKind } from "../../messages/link-message.ts";
import { deliveryKind } from "../delivery.ts";
import type { DeliveryFeed } from "../engine/delivery-follower.ts";
import { entryOf } from "../engine/entry.ts";
import { pause } from "../engine/sleeper.ts";
import { arriving, decided, type Noting, noTraffic, settled, stopped } from "../figures/traffic.ts";
import {
  type BookColumn,
  columnOfDeliveries,
  columnOfMessage,
  emptyBook,
  filterOf,
  type LinkBook,
  linkBookKind,
} from "./link-book.ts";
import { SiblingStates } from "./sibling-states.ts";

export interface BookkeeperNeeds {
  /** The whole record: messages and deliveries are followed in it, and only counts come out. */
  readonly feed: DeliveryFeed & Pick<HealthRecord, "search">;
  /** The record as the worker that keeps the books may write it. */
  readonly own: Pick<HealthRecord, "readMany" | "transact">;
  readonly cursors: CursorStore;
  readonly hospitalTime: Pick<HospitalTime, "day" | "local">;
  readonly log: Log;
}

const worker = "link books";
const kinds: readonly Kind[] = [linkMessageKind, deliveryKind];

type Count = BookColumn | "received";

interface Place {
  readonly link: string;
  readonly day: string;
  readonly position: Position;
  /** What filtered the message. */
  readonly rule?: string | undefined;
  /** What else is counted. */
  readonly noting?: Noting | undefined;
}

/**
 * Keeps the books of the links: follows messages and deliveries and counts what becomes of each. A book and the place up to
 * which it counts are one document, so a crash counts nothing twice and leaves out nothing.
 */
export class Bookkeeper {
  readonly #needs: BookkeeperNeeds;
  readonly #siblings: SiblingStates;
  readonly #books = new Map<string, LinkBook>();
  readonly #changed = new Set<string>();
  #at: Position = 0;

  constructor(needs: BookkeeperNeeds) {
    this.#needs = needs;
    this.#siblings = new SiblingStates({ record: needs.feed });
  }

  /** Until stopped. Of several processes on one database, one keeps the books. */
  async run(stop: AbortSignal): Promise<void> {
    const { cursors, log } = this.#needs;
    while (!stop.aborted) {
      if (await cursors.claim(worker).catch(() => false)) {
        const kept = await this.#keepUp(stop).catch((error: unknown) => error as Error);
        if (kept instanceof Error) log.warn("the books of the links begin again", { error: kept });
      }
      await pause(limits.linkBooksEveryMs, stop);
    }
  }

  async #keepUp(stop: AbortSignal): Promise<void> {
    this.#at = await this.#needs.cursors.get(worker);
    this.#books.clear();
    this.#siblings.clear();
    while (!stop.aborted) {
      const counted = await this.step();
      if (!counted.ok) throw new Error(counted.problems[0].code);
      if (!counted.value) await pause(limits.linkBooksEveryMs, stop);
    }
  }

  /** Counts a stretch of the feed. True when there may be more. */
  async step(): Promise<Result<boolean>> {
    const { feed, cursors } = this.#needs;
    const head = await feed.position();
    if (head <= this.#at) return ok(false);
    const pages = await Promise.all(kinds.map((kind) => this.#changesOf(kind)));
    let to = head;
    const changes: Version[] = [];
    for (const page of pages) {
      if (!page.ok) return page;
      if (page.value.next !== undefined) to = Math.min(to, page.value.next.position);
      changes.push(...page.value.versions);
    }
    const inReach = changes
      // What was erased stays counted as what it was.
      .filter(({ position, action }) => position <= to && action !== "delete")
      .sort((one, other) => one.position - other.position);
    for (const change of inReach) {
      const counted = await (change.kind === deliveryKind ? this.#countDelivery(change) : this.#countMessage(change));
      if (!counted.ok) return counted;
    }
    const written = await this.#write(to);
    if (!written.ok) return written;
    await cursors.set(worker, to);
    this.#at = to;
    return ok(to < head);
  }

  #changesOf(kind: Kind) {
    return this.#needs.feed.history({ kind, isOldestFirst: true, after: this.#at, limit: limits.feedBatchMax });
  }

  async #countMessage(version: Version): Promise<Result<void>> {
    const message = parseBody<LinkMessage>(version);
    const { date: day, clock } = this.#needs.hospitalTime.local(Date.parse(message.arrivedAt));
    const column = columnOfMessage(message);
    const rule = column === "filtered" ? filterOf(message) : undefined;
    const goesOn = () => {
      if ((message.destinations?.length ?? 0) > 1 && column === "underWay") this.#siblings.begin(version.id);
    };
    if (version.version === 1) goesOn();
    const { kind, id, position } = version;
    const place = { link: message.link, day, position, rule };
    if (version.version === 1) {
      const noting = firstNoting(message, clock.slice(0, 2));
      return this.#move({ ...place, noting }, { received: 1, [column]: 1 });
    }
    if (version.version === 2 && message.mappedAt !== undefined) {
      goesOn();
      const counts = column === "underWay" ? {} : { underWay: -1, [column]: 1 };
      return this.#move({ ...place, noting: decided(message) }, counts);
    }
    const past = await this.#needs.feed.history({ kind, id, before: position, limit: 1 });
    if (!past.ok) return past;
    const [earlier] = past.value.versions;
    if (earlier === undefined || earlier.action === "delete") return ok(undefined);
    const before = columnOfMessage(parseBody<LinkMessage>(earlier));
    // What it is counted as once it goes on, its deliveries have said.
    if (before === column) return ok(undefined);
    goesOn();
    return this.#move({ ...place, noting: stopped(message) }, { [before]: -1, [column]: 1 });
  }

  async #countDelivery(version: Version): Promise<Result<void>> {
    const { delivery } = entryOf(version);
    const { link, day, state, from = "queued", of, replay } = delivery;
    if (replay !== undefined) return ok(undefined);
    const isNew = version.version === 1;
    if (of === 1 && state === from) return ok(undefined);
    if (of > 1 && !isNew && state === from) return ok(undefined);
    let columns = { before: columnOfDeliveries([from], 1), after: columnOfDeliveries([state], 1) };
    if (of > 1) {
      const states = await this.#siblings.change(delivery, version.position);
      if (!states.ok) return states;
      const { before, after } = states.value;
      columns = { before: columnOfDeliveries(before, of), after: columnOfDeliveries(after, of) };
    }
    const isSettled = state !== from && (state === "delivered" || state === "parked");
    const isMoved = columns.before !== columns.after;
    if (!isSettled && !isMoved) return ok(undefined);
    const place = { link, day, position: version.position, noting: isSettled ? settled(delivery) : undefined };
    return this.#move(place, isMoved ? { [columns.before]: -1, [columns.after]: 1 } : {});
  }

  async #move(
    { link, day, position, rule, noting }: Place,
    counts: Partial<Record<Count, number>>,
  ): Promise<Result<void>> {
    const id = deterministicId(linkBookKind, link, day);
    const book = await this.#book(id, link, day);
    if (!book.ok) return book;
    // Counted before a crash that came between the book and the cursor.
    if (position <= book.value.upTo) return ok(undefined);
    const moved: Record<string, unknown> = { ...book.value };
    for (const [column, count = 0] of Object.entries(counts)) moved[column] = book.value[column as Count] + count;
    const { filteredBy } = book.value;
    if (noting !== undefined) moved.traffic = noting(book.value.traffic ?? noTraffic);
    if (rule !== undefined) moved.filteredBy = { ...filteredBy, [rule]: (filteredBy[rule] ?? 0) + 1 };
    this.#books.set(id, moved as LinkBook);
    this.#changed.add(id);
    return ok(undefined);
  }

  async #book(id: string, link: string, day: string): Promise<Result<LinkBook>> {
    const known = this.#books.get(id);
    if (known !== undefined) return ok(known);
    const read = await this.#needs.own.readMany([{ kind: linkBookKind, id }]);
    if (!read.ok) return read;
    const [version] = read.value;
    return ok({ ...emptyBook(link, day), ...(version === undefined ? {} : parseBody<LinkBook>(version)) });
  }

  async #write(upTo: Position): Promise<Result<unknown>> {
    const operations = [...this.#changed].map((id): Operation => {
      const { resourceType: _type, id: _id, meta: _meta, ...book } = this.#books.get(id) as LinkBook & OwnMembers;
      const body = { ...book, upTo };
      this.#books.set(id, body);
      return { action: "update", kind: linkBookKind, id, body };
    });
    this.#changed.clear();
    if (operations.length === 0) return ok(undefined);
    const written = await this.#needs.own.transact({ operations });
    if (!written.ok) return failed(...written.problems);
    while (this.#books.size > limits.linkBooksDaysMax) this.#forgetOldest();
    return written;
  }

  #forgetOldest(): void {
    const [oldest] = this.#books.keys();
    if (oldest !== undefined) this.#books.delete(oldest);
  }
}

/** One that its sender was told is kept is decided on in its second version. */
function firstNoting(message: LinkMessage, hour: string): Noting {
  const isArriving = arriving({ hour });
  if (message.state === "received") return isArriving;
  const isDecided = decided(message);
  return (traffic) => isDecided(isArriving(traffic));
}

type OwnMembers = { readonly resourceType?: unknown; readonly id?: unknown; readonly meta?: unknown };
