import { ok, type Result } from "#kernel";
import { type BlobDay, type Clause, type DayOfBlobs, type HealthRecord, parseBody } from "#record";
import { anyKey } from "../clauses.ts";
import type { LinkSettings } from "../configuration/link-settings.ts";
import { type Delivery, deliveryKind } from "../deliveries/delivery.ts";
import { type LinkMessage, linkMessageKind } from "../messages/link-message.ts";

export interface RetentionNeeds {
  readonly record: Pick<HealthRecord, "search" | "count">;
  /** Every link that is set up. */
  readonly links: readonly Pick<LinkSettings, "name" | "retentionDays">[];
  readonly nowMs: number;
}

/** A day whose time is over by the setting of one link at least. */
export interface PlannedDay extends DayOfBlobs {
  readonly messages: number;
  /** Why it stays for now; absent: it goes. */
  readonly kept?: KeptReason;
}

export type KeptReason =
  /** It holds messages of a link whose own time is not over, or that is not set up any more. */
  | { readonly because: "other-link"; readonly link: string }
  /** A message waits for a person, or to be mapped. */
  | { readonly because: "message-waits"; readonly message: string }
  /** A message was not delivered yet, and no person has let it go. */
  | { readonly because: "delivery-waits"; readonly destination: string };

const dayMs = 86_400_000;

/**
 * Which of the days go, oldest first: those that hold nothing but messages of links whose time is over, all of them settled.
 * Messages of a link that is not set up any more are kept as long as those of the link that keeps longest.
 * Problems: those of the record.
 */
export async function planRetention(
  days: readonly DayOfBlobs[],
  needs: RetentionNeeds,
): Promise<Result<readonly PlannedDay[]>> {
  const { record, links, nowMs } = needs;
  const planned: PlannedDay[] = [];
  for (const day of days) {
    const ageDays = Math.floor((nowMs - startMs(day.day)) / dayMs) - 1;
    const over = links.filter(({ retentionDays }) => ageDays >= retentionDays);
    if (over.length === 0) continue;
    const messages = await record.count({ ...ofMessages, all: [arrivedOn(day.day)] });
    if (!messages.ok) return messages;
    const kept = await keptBy(day.day, over, needs);
    if (!kept.ok) return kept;
    const told = { ...day, messages: messages.value };
    planned.push(kept.value === undefined ? told : { ...told, kept: kept.value });
  }
  return ok(planned);
}

async function keptBy(
  day: BlobDay,
  over: RetentionNeeds["links"],
  { record, links }: RetentionNeeds,
): Promise<Result<KeptReason | undefined>> {
  const names = over.map(({ name }) => `link=${name}`);
  const others: readonly Clause[] = over.length === links.length ? [] : [{ is: "not", of: anyKey(...names) }];
  if (others.length > 0) {
    const other = await record.search({ ...ofMessages, all: [arrivedOn(day), ...others] });
    if (!other.ok) return other;
    const [found] = other.value.versions;
    if (found !== undefined) return ok({ because: "other-link", link: parseBody<LinkMessage>(found).link });
  }
  const held = await record.search({ ...ofMessages, all: [arrivedOn(day), anyKey("state=held")] });
  if (!held.ok) return held;
  const [waits] = held.value.versions;
  if (waits !== undefined) return ok({ because: "message-waits", message: waits.id });
  const unmapped = await oldestUnmapped(day, record);
  if (!unmapped.ok || unmapped.value !== undefined) return unmapped;
  return undelivered(day, record);
}

/** Those are not found by their time, and mapped in their order: while one waits, nothing from its day on goes. */
async function oldestUnmapped(day: BlobDay, record: RetentionNeeds["record"]): Promise<Result<KeptReason | undefined>> {
  const oldest = await record.search({ ...ofMessages, all: [anyKey("state=received")] });
  if (!oldest.ok) return oldest;
  const [first] = oldest.value.versions;
  const waits = first !== undefined && parseBody<LinkMessage>(first).arrivedAt.slice(0, 10) <= day;
  return ok(waits ? { because: "message-waits", message: first.id } : undefined);
}

/** The day of a delivery is the hospital's, which may be the one before or after in UTC. */
async function undelivered(day: BlobDay, record: RetentionNeeds["record"]): Promise<Result<KeptReason | undefined>> {
  const around = [-1, 0, 1].map((days) => `day=${new Date(startMs(day) + days * dayMs).toISOString().slice(0, 10)}`);
  const all = [anyKey(...around), anyKey("state=queued", "state=parked")];
  const found = await record.search({ ...ofMessages, kind: deliveryKind, all });
  if (!found.ok) return found;
  const [first] = found.value.versions;
  if (first === undefined) return ok(undefined);
  return ok({ because: "delivery-waits", destination: parseBody<Delivery>(first).destination });
}

/** The one that was written first. */
const ofMessages = { kind: linkMessageKind, sort: { by: "updated", descending: false }, limit: 1 } as const;

function arrivedOn(day: BlobDay): Clause {
  const fromMinMs = startMs(day);
  return { is: "date", parameter: "arrived", any: [{ fromMinMs, fromMaxMs: fromMinMs + dayMs - 1 }] };
}

function startMs(day: BlobDay): number {
  return Date.parse(`${day}T00:00:00Z`);
}
