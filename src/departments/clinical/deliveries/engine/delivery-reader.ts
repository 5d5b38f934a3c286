import type { Context } from "#access";
import { limits, ok, type Result } from "#kernel";
import { blobDayOf, type Clause, type Cursor, type Page, type Position } from "#record";
import { anyKey } from "../../clauses.ts";
import { type Delivery, deliveryKind } from "../delivery.ts";
import { type DeliveryStage, laneStageKey, stageKey } from "../delivery-kind.ts";
import { type Entry, entryOf } from "./entry.ts";

/** A view of the record for one page, whose reads are audited together: `witness` makes that durable. */
export interface ReadingContext {
  readonly context: Context;
  witness(): Promise<Result<unknown>>;
}

export interface ReadPage {
  readonly entries: readonly Entry[];
  /** There are no more. */
  readonly isAll: boolean;
}

/** Reads the deliveries of one destination, and what they send, page by page. */
export class DeliveryReader {
  readonly #destination: string;
  readonly #open: () => ReadingContext;
  /** Which view has shown a delivery: a body is read by the one that has. */
  readonly #shownBy = new WeakMap<Entry, ReadingContext>();

  constructor(destination: string, open: () => ReadingContext) {
    this.#destination = destination;
    this.#open = open;
  }

  /** Never tried, in the order in which they were queued. */
  fresh(after: Position): Promise<Result<ReadPage>> {
    return this.#page([anyKey(stageKey(this.#destination, "fresh"))], { after: { position: after } });
  }

  /** The same of lanes that are one, from its beginning: the first page that has any of it. */
  async freshOfLanes(lanes: readonly string[], isOfLane: (entry: Entry) => boolean): Promise<Result<ReadPage>> {
    const destination = this.#destination;
    const all = [anyKey(...lanes.map((lane) => laneStageKey({ destination, lane })))];
    for (let after: Cursor | undefined; ; ) {
      const limit = limits.deliveryLanePageMax;
      const page = await this.#page(all, after === undefined ? { limit } : { limit, after });
      if (!page.ok) return page;
      const entries = page.value.entries.filter(isOfLane);
      const last = page.value.entries.at(-1);
      if (page.value.isAll || last === undefined || entries.length > 0) return ok({ ...page.value, entries });
      after = { position: last.position };
    }
  }

  /** All that were tried, or parked: at most one a lane. */
  async standing(stage: Extract<DeliveryStage, "tried" | "parked">): Promise<Result<readonly Entry[]>> {
    const found: Entry[] = [];
    for (let isAll = false; !isAll; ) {
      const place = found.at(-1)?.position;
      const after = place === undefined ? {} : { after: { position: place } };
      const page = await this.#page([anyKey(stageKey(this.#destination, stage))], after);
      if (!page.ok) return page;
      found.push(...page.value.entries);
      isAll = page.value.isAll || found.length > limits.deliveryLanesParkedMax;
    }
    return ok(found);
  }

  /** That it was read is in the audit log before it is given out. */
  async body(entry: Entry): Promise<Result<Uint8Array>> {
    const known = this.#shownBy.get(entry);
    const view = known ?? this.#open();
    if (known === undefined) {
      const shown = await view.context.record.read(deliveryKind, entry.id);
      if (!shown.ok) return shown;
    }
    return this.#readBody(view, entry.delivery);
  }

  async #readBody({ context, witness }: ReadingContext, { body, queuedAt }: Delivery): Promise<Result<Uint8Array>> {
    const bytes = await context.record.readBlob(body, blobDayOf(queuedAt));
    if (!bytes.ok) return bytes;
    const witnessed = await witness();
    return witnessed.ok ? bytes : witnessed;
  }

  async #page(all: readonly Clause[], { after, limit = limits.deliveryPageMax }: Asked): Promise<Result<ReadPage>> {
    const view = this.#open();
    const sort = { by: "updated", descending: false } as const;
    const query = { kind: deliveryKind, all, sort, limit, ...(after === undefined ? {} : { after }) };
    const page: Result<Page> = await view.context.record.search(query);
    if (!page.ok) return page;
    const witnessed = page.value.versions.length === 0 ? ok(undefined) : await view.witness();
    if (!witnessed.ok) return witnessed;
    const entries = page.value.versions.map(entryOf);
    for (const entry of entries) this.#shownBy.set(entry, view);
    return ok({ entries, isAll: page.value.next === undefined });
  }
}

interface Asked {
  readonly after?: Cursor;
  readonly limit?: number;
}
