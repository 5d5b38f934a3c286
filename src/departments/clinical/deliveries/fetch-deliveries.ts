import type { z } from "zod";
import { type Context, placeInRecord, readCursor, writeCursor } from "#access";
import { instant, ok, type Result, toIso } from "#kernel";
import { parseBody, type Version } from "#record";
import type {
  DeliveriesPage,
  DeliveryStateName,
  DeliveryView,
  DestinationsPage,
  DestinationView,
  deliveriesQuery,
} from "../api/deliveries.ts";
import { reasonView } from "../browser/message-row.ts";
import { anyKey, newestFirst } from "../clauses.ts";
import { present } from "../messages/present.ts";
import { type Delivery, deliveryKind } from "./delivery.ts";
import { stageKey } from "./delivery-kind.ts";
import type { DestinationNow } from "./engine/delivery-engine.ts";
import { strandedDestinations } from "./stranded/stranded-deliveries.ts";

const deliveriesDefault = 50;

const stateTexts: Readonly<Record<DeliveryStateName, string>> = {
  queued: "Waits to be sent",
  delivered: "Delivered",
  parked: "Parked: a person must look at it",
  cancelled: "Skipped by a person",
};

export async function fetchDeliveries(
  { record }: Context,
  { destination, state, message, link, day, cursor, count }: z.infer<typeof deliveriesQuery>,
): Promise<Result<DeliveriesPage>> {
  const after = readCursor(cursor, placeInRecord);
  if (!after.ok) return after;
  const all = [
    ...(message === undefined ? [] : [anyKey(`message=${message}`)]),
    ...(link === undefined ? [] : [anyKey(`link=${link}`)]),
    ...(day === undefined ? [] : [anyKey(`day=${day}`)]),
    ...(destination === undefined ? [] : [anyKey(...stagesOf(destination, state))]),
    ...(state === undefined || destination !== undefined ? [] : [anyKey(`state=${state}`)]),
  ];
  const query = newestFirst({ kind: deliveryKind, all, limit: count ?? deliveriesDefault, after: after.value });
  const page = await record.search(query);
  if (!page.ok) return page;
  const { versions, next } = page.value;
  return ok(
    present<DeliveriesPage>({
      deliveries: versions.map(deliveryView),
      next: next === undefined ? undefined : writeCursor(next),
    }),
  );
}

function stagesOf(destination: string, state: DeliveryStateName | undefined): readonly string[] {
  const stages = ["fresh", "tried", "parked", "delivered", "cancelled"] as const;
  const wanted = stages.filter((stage) =>
    state === undefined ? true : state === "queued" ? stage === "fresh" || stage === "tried" : stage === state,
  );
  return wanted.map((stage) => stageKey(destination, stage));
}

export function deliveryView(version: Version): DeliveryView {
  const delivery = parseBody<Delivery>(version);
  const { lastProblem, state } = delivery;
  return present<DeliveryView>({
    id: version.id,
    message: delivery.message,
    link: delivery.link,
    destination: delivery.destination,
    route: delivery.route,
    lane: delivery.lane,
    state,
    stateText: stateTexts[state],
    controlId: delivery.controlId,
    queuedAt: delivery.queuedAt,
    attempts: delivery.attempts,
    nextTryAt: delivery.nextTryAt,
    settledAt: delivery.settledAt,
    problem: lastProblem === undefined ? undefined : reasonView(lastProblem),
    acknowledgement: delivery.acknowledgement,
    comment: delivery.comment,
    sizeBytes: delivery.sizeBytes,
  });
}

/** How each destination is, and what waits for it. */
export async function fetchDestinations(
  context: Context,
  destinations: readonly DestinationNow[],
): Promise<Result<DestinationsPage>> {
  const views: DestinationView[] = [];
  for (const destination of destinations) {
    const view = await destinationView(context, destination);
    if (!view.ok) return view;
    views.push(view.value);
  }
  const names = destinations.map(({ settings }) => settings.name);
  const stranded = await strandedDestinations(context.record, names);
  if (!stranded.ok) return stranded;
  return ok({ destinations: views, stranded: stranded.value, at: toIso(context.clock.now()) });
}

async function destinationView({ record }: Context, now: DestinationNow): Promise<Result<DestinationView>> {
  const { name, title } = now.settings;
  const waiting = [anyKey(stageKey(name, "fresh"), stageKey(name, "tried"))];
  const inOrder = { by: "updated", descending: false } as const;
  const [queued, parked, oldest, delivered, failing] = await Promise.all([
    record.count(newestFirst({ kind: deliveryKind, all: waiting, limit: 1 })),
    record.count(newestFirst({ kind: deliveryKind, all: [anyKey(stageKey(name, "parked"))], limit: 1 })),
    record.search({ kind: deliveryKind, all: [anyKey(stageKey(name, "fresh"))], sort: inOrder, limit: 1 }),
    newestOf(record, [stageKey(name, "delivered")]),
    newestOf(record, [stageKey(name, "tried"), stageKey(name, "parked")]),
  ]);
  if (!queued.ok) return queued;
  if (!parked.ok) return parked;
  if (!oldest.ok) return oldest;
  if (!delivered.ok) return delivered;
  if (!failing.ok) return failing;
  const [first] = oldest.value.versions;
  return ok(
    present<DestinationView>({
      name,
      title,
      state: now.isFailing ? "failing" : now.sender.state,
      stateText: now.sender.text,
      stateSince: now.sender.sinceMs === undefined ? undefined : toIso(instant(now.sender.sinceMs)),
      isPaused: now.isPaused,
      isHere: now.isClaimed,
      problem: now.problem?.message,
      queued: queued.value,
      oldestQueuedAt: first === undefined ? undefined : toIso(instant(Date.parse(parseBody<Delivery>(first).queuedAt))),
      underWay: now.underWay,
      parked: parked.value,
      lastDelivered: lastDelivered(delivered.value),
      lastError: lastError(failing.value),
    }),
  );
}

async function newestOf(record: Context["record"], stages: readonly string[]): Promise<Result<Version | undefined>> {
  const page = await record.search(newestFirst({ kind: deliveryKind, all: [anyKey(...stages)], limit: 1 }));
  return page.ok ? ok(page.value.versions[0]) : page;
}

function lastDelivered(version: Version | undefined): DestinationView["lastDelivered"] {
  if (version === undefined) return undefined;
  const { settledAt, acknowledgement } = parseBody<Delivery>(version);
  const at = settledAt ?? toIso(version.at);
  return present<NonNullable<DestinationView["lastDelivered"]>>({ at, code: acknowledgement?.code });
}

function lastError(version: Version | undefined): DestinationView["lastError"] {
  if (version === undefined) return undefined;
  const { lastProblem } = parseBody<Delivery>(version);
  return lastProblem === undefined ? undefined : { at: toIso(version.at), text: lastProblem.message };
}
