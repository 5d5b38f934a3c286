import { limits, ok, type Result } from "#kernel";
import { type Blob, type BlobHash, blobDayOf, type Create, dailyBlobOf, type HealthRecord } from "#record";
import { anyKey } from "../clauses.ts";
import { type Delivery, deliveryKind } from "../deliveries/delivery.ts";
import { messageKey } from "../deliveries/delivery-kind.ts";
import { entryOf } from "../deliveries/engine/entry.ts";
import { hl7ContentType } from "../deliveries/routing/link-routing.ts";
import { deterministicId } from "../messages/deterministic-id.ts";
import { newControlId, withControlId } from "./new-control-id.ts";
import { effectOn, isToBeSent, type PlannedDelivery } from "./planned-delivery.ts";
import type { Replay } from "./replay.ts";
import type { LinkRules } from "./rules.ts";
import { isTaken, type StoredMessage } from "./stored-message.ts";

export interface PlanningDeliveries {
  readonly record: HealthRecord;
  readonly rules: LinkRules;
  readonly replay: Pick<Replay, "destinations" | "again" | "controlIds">;
  /** Deliveries of one replay have ids of their own, which follow from it. */
  readonly replayId: string;
  /** The hospital's day of an instant. */
  day(arrivedAt: string): string;
  /** An instant. */
  readonly now: string;
  /** `Patient/7c…`: whom the message is about. */
  readonly patientReference: string | undefined;
}

/**
 * What would go to each destination that the routes name by now. A message that was never taken before goes as it would have
 * gone then; one that was, goes by deliveries that are marked, so that the books count it once. Problems: those of the record.
 */
export async function planDeliveries(
  stored: StoredMessage,
  planning: PlanningDeliveries,
): Promise<Result<readonly PlannedDelivery[]>> {
  const { record, rules, replay, day } = planning;
  const { id, message, sent, raw } = stored;
  if (rules.routing === undefined) return ok([]);
  const routed = rules.routing.route(sent);
  const wanted = routed.to.filter(({ destination }) => replay.destinations?.includes(destination) ?? true);
  if (wanted.length === 0) return ok([]);
  const accepted = { id, message, sent, raw, day: day(message.arrivedAt), patientReference: planning.patientReference };
  const planned = rules.routing.plan({ to: wanted }, accepted);
  const earlier = await deliveriesOf(record, id);
  if (!earlier.ok) return earlier;
  const arrivedOn = blobDayOf(message.arrivedAt);
  const blobs = new Map(planned.blobs.map((blob): [BlobHash, Blob] => [blob.hash, { ...blob, day: arrivedOn }]));
  return ok(
    planned.operations.map((operation): PlannedDelivery => {
      const delivery = operation.body as unknown as Delivery;
      const { destination, body } = delivery;
      if (delivery.state === "parked") return { destination, effect: "not-made", isSent: false, blobs: [] };
      const had = earlier.value.filter((each) => each.destination === destination);
      const effect = effectOn(had, body);
      if (!isToBeSent(effect, replay.again)) return { destination, effect, isSent: false, blobs: [] };
      const content = [...(blobs.has(body) ? [blobs.get(body) as Blob] : [])];
      if (!isTaken(message)) return { destination, effect, isSent: true, operation, blobs: content };
      return marked({ operation, delivery, effect, blobs: content, stored, planning });
    }),
  );
}

async function deliveriesOf(record: HealthRecord, message: string): Promise<Result<readonly Delivery[]>> {
  const found = await record.search({
    kind: deliveryKind,
    all: [anyKey(messageKey(message))],
    sort: { by: "updated", descending: true },
    limit: limits.replayDeliveriesMax,
  });
  return found.ok ? ok(found.value.versions.map((version) => entryOf(version).delivery)) : found;
}

interface Marking extends Pick<PlannedDelivery, "effect" | "blobs"> {
  readonly operation: Create;
  readonly delivery: Delivery;
  readonly stored: StoredMessage;
  readonly planning: PlanningDeliveries;
}

function marked({ operation, delivery, effect, blobs, stored, planning }: Marking): PlannedDelivery {
  const { replayId, replay, now } = planning;
  const { destination } = delivery;
  const id = deterministicId(deliveryKind, stored.id, destination, replayId);
  const body: Delivery = { ...delivery, queuedAt: now, replay: replayId };
  if (replay.controlIds === "same")
    return { destination, effect, isSent: true, operation: { ...operation, id, body }, blobs };
  const controlId = newControlId(replayId, stored.id, destination);
  const original = blobs[0]?.bytes ?? stored.raw;
  const renamed = delivery.contentType === hl7ContentType ? withControlId(original, controlId) : undefined;
  if (renamed === undefined) return { destination, effect: "not-made", isSent: false, blobs: [] };
  const blob = dailyBlobOf(renamed, blobDayOf(stored.message.arrivedAt));
  const content = { controlId, body: blob.hash as BlobHash, sizeBytes: blob.bytes.length };
  return {
    destination,
    effect,
    isSent: true,
    operation: { ...operation, id, body: { ...body, ...content } },
    blobs: [blob],
  };
}
