import type { Context } from "#access";
import { type Log, ok, type Result, toIso } from "#kernel";
import type { BlobDay, DailyBlobs, DayOfBlobs } from "#record";
import { removeWordFiles } from "../message-text/remove-word-files.ts";
import { type PlannedDay, planRetention, type RetentionNeeds } from "./plan-retention.ts";
import { type RetiredDay, retiredDayKind } from "./retired-day.ts";

export interface RetiringNeeds {
  /** Who does it, for the audit. */
  readonly context: Pick<Context, "record" | "clock">;
  /** Where what links carried is kept by its day: the database, and files. */
  readonly stores: readonly DailyBlobs[];
  links(): RetentionNeeds["links"];
  readonly log: Log;
}

export interface RetiredDays {
  /** Those whose time is over by the setting of one link at least, oldest first. */
  readonly days: readonly PlannedDay[];
  /** Of these, what is gone now. Others may be needed by a backup, and go in the next round. */
  readonly retired: readonly BlobDay[];
}

/** What `retireDays` would do. Nothing is written. Problems: those of the record. */
export async function previewRetention({
  context,
  stores,
  links,
}: RetiringNeeds): Promise<Result<readonly PlannedDay[]>> {
  const days = summed((await Promise.all(stores.map((store) => store.days()))).flat());
  return planRetention(days, { record: context.record, links: links(), nowMs: context.clock.now() });
}

/**
 * Takes away what links carried on the days whose time is over. That it does so is in the record, and in the audit log,
 * before it is done. Problems: those of the record.
 */
export async function retireDays(needs: RetiringNeeds): Promise<Result<RetiredDays>> {
  const planned = await previewRetention(needs);
  if (!planned.ok) return planned;
  const retired: BlobDay[] = [];
  for (const day of planned.value.filter(({ kept }) => kept === undefined)) {
    const done = await retire(day, needs);
    if (!done.ok) return done;
    if (done.value) retired.push(day.day);
  }
  return ok({ days: planned.value, retired });
}

async function retire({ day, messages, sizeBytes }: PlannedDay, needs: RetiringNeeds): Promise<Result<boolean>> {
  const { context, stores, log } = needs;
  const body: RetiredDay = { day, at: toIso(context.clock.now()), messages, sizeBytes };
  const written = await context.record.transact({
    operations: [{ action: "update", kind: retiredDayKind, id: day, body }],
  });
  if (!written.ok) return written;
  const removed = await removeWordFiles(context.record, day);
  if (!removed.ok) return removed;
  const dropped = await Promise.all(stores.map((store) => store.drop(day)));
  const isGone = dropped.every(Boolean);
  if (isGone) log.info("what links carried on a day is no longer kept", { day, messages, sizeBytes });
  else log.info("what links carried on a day is still needed by a backup", { day });
  return ok(isGone);
}

/** A day may be in several stores. */
function summed(days: readonly DayOfBlobs[]): readonly DayOfBlobs[] {
  const sizes = new Map<BlobDay, number>();
  for (const { day, sizeBytes } of days) sizes.set(day, (sizes.get(day) ?? 0) + sizeBytes);
  return [...sizes].map(([day, sizeBytes]) => ({ day, sizeBytes })).sort((a, b) => (a.day < b.day ? -1 : 1));
}
