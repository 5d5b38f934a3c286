import type { Context } from "#access";
import { conflict, failed, limits, ok, type Result, toIso } from "#kernel";
import type { Cursor, Operation } from "#record";
import { anyKey } from "../../clauses.ts";
import type { DestinationSettings } from "../../configuration/link-settings.ts";
import { deterministicId } from "../../messages/deterministic-id.ts";
import { type Delivery, deliveryKind } from "../delivery.ts";
import { type DeliveryStage, stageKey } from "../delivery-kind.ts";
import { type Entry, entryOf } from "../engine/entry.ts";

export interface StrandedOrder {
  /** The destination that there is no more. */
  readonly from: string;
  /** Where they go instead; absent: nowhere. */
  readonly to?: DestinationSettings | undefined;
  readonly comment: string;
}

export interface ResolvedStranded {
  readonly sent: number;
  readonly cancelled: number;
}

/** What was tried or stands goes before what is fresh, as it would have gone. */
const stages: readonly DeliveryStage[] = ["parked", "tried", "fresh"];

/**
 * Sends what waits for a destination that there is no more to another, in the order in which it waits, or lets it go. What the
 * other has of the same message already is let go. It may stop anywhere and be asked for again.
 * Problems: conflict `version-conflict` when a delivery was decided meanwhile; those of the record.
 */
export async function resolveStranded(context: Context, order: StrandedOrder): Promise<Result<ResolvedStranded>> {
  let [sent, cancelled] = [0, 0];
  for (const stage of stages) {
    for (let after: Cursor | undefined, isLast = false; !isLast; ) {
      const page = await context.record.search({
        kind: deliveryKind,
        all: [anyKey(stageKey(order.from, stage))],
        sort: { by: "updated", descending: false },
        limit: limits.deliveryOutcomesMax,
        ...(after === undefined ? {} : { after }),
      });
      if (!page.ok) return page;
      const entries = page.value.versions.map(entryOf).toSorted((one, other) => inOrder(stage, one, other));
      const moved = await resolveSome(context, entries, order);
      if (!moved.ok) return moved;
      sent += moved.value;
      cancelled += entries.length - moved.value;
      after = page.value.next;
      isLast = after === undefined;
    }
  }
  return ok({ sent, cancelled });
}

function inOrder(stage: DeliveryStage, one: Entry, other: Entry): number {
  if (stage === "fresh" || one.delivery.queuedAt === other.delivery.queuedAt) return one.position - other.position;
  return one.delivery.queuedAt < other.delivery.queuedAt ? -1 : 1;
}

/** Returns how many were sent on. */
async function resolveSome(
  { record, clock }: Context,
  entries: readonly Entry[],
  { to, comment }: StrandedOrder,
): Promise<Result<number>> {
  if (entries.length === 0) return ok(0);
  const now = toIso(clock.now());
  const twins = await record.readMany(
    to === undefined
      ? []
      : entries.map(({ delivery }) => ({
          kind: deliveryKind,
          id: deterministicId(deliveryKind, delivery.message, to.name),
        })),
  );
  if (!twins.ok) return twins;
  const has = new Set(twins.value.map((version) => entryOf(version).delivery.message));
  const operations = entries.map(({ id, version, delivery }): Operation => {
    const isSent = to !== undefined && !has.has(delivery.message);
    const body = isSent ? movedTo(to, delivery, comment) : letGo(delivery, { now, comment });
    return { action: "update", kind: deliveryKind, id, body, ifMatch: version };
  });
  const written = await record.transact({ operations });
  if (!written.ok) return written;
  return ok(to === undefined ? 0 : entries.filter(({ delivery }) => !has.has(delivery.message)).length);
}

function movedTo({ name, lane }: DestinationSettings, delivery: Delivery, comment: string): Delivery {
  const { nextTryAt: _next, settledAt: _settled, lastProblem: _problem, ...rest } = delivery;
  const key = lane === "destination" ? "all" : delivery.lane;
  const { destination: movedFrom, state: from } = delivery;
  return { ...rest, destination: name, movedFrom, lane: key, state: "queued", from, attempts: 0, comment };
}

function letGo(delivery: Delivery, { now, comment }: { readonly now: string; readonly comment: string }): Delivery {
  const { nextTryAt: _next, ...rest } = delivery;
  return { ...rest, state: "cancelled", from: delivery.state, settledAt: now, comment };
}

/** `destination-in-use`: whoever sends to it decides on each delivery by itself. */
export function inUse(name: string): Result<never> {
  return failed(conflict("destination-in-use", `Messages are sent to ${name}: decide on each delivery by itself.`));
}
