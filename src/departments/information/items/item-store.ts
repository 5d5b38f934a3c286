import type { Context } from "#access";
import { conflict, failed, notFound, ok, type Result, toIso } from "#kernel";
import { type Operation, parseBody, type Version } from "#record";
import type { ClockNeeds } from "../clock/clock-view.ts";
import type { ListDefinition } from "../lists/list-definition.ts";
import { listNamed } from "../lists/lists.ts";
import { hospitalHolidays } from "../registers/hospital-holidays.ts";
import { type GovernanceItem, itemKind, type Said } from "./item.ts";
import { withDue } from "./item-clocks.ts";

export interface KnownItem {
  readonly id: string;
  readonly version: number;
  readonly list: ListDefinition;
  readonly item: GovernanceItem;
}

/** Problems: not-found; those of the record. */
export async function readItem({ record }: Context, id: string): Promise<Result<KnownItem>> {
  const read = await record.read(itemKind, id);
  return read.ok ? knownItem(read.value) : read;
}

/** Problems: not-found, of a list that there is no more. */
export function knownItem(version: Version): Result<KnownItem> {
  const item = parseBody<GovernanceItem>(version);
  const list = listNamed(item.list);
  if (list === undefined) return failed(notFound("list-not-found", `There is no list ${item.list}.`));
  return ok({ id: version.id, version: version.version, list, item });
}

/** What the clocks need to know; the hospital's own holidays are read. */
export async function clockNeeds(context: Context): Promise<Result<ClockNeeds>> {
  const holidays = await hospitalHolidays(context);
  if (!holidays.ok) return holidays;
  return ok({ now: context.clock.now(), hospitalTime: context.hospitalTime, holidays: holidays.value });
}

export function said({ actor, clock }: Context, why?: string): Said {
  const { reference, display } = actor;
  return { by: reference, display, at: toIso(clock.now()), ...(why === undefined ? {} : { why }) };
}

export interface ItemWrite {
  readonly known: KnownItem;
  readonly item: GovernanceItem;
  readonly needs: ClockNeeds;
  /** In the same commit. */
  readonly more?: readonly Operation[];
}

/** Writes the next version of an item, with when it is due. Problems: conflict `version-conflict`; those of the record. */
export async function writeItem(
  context: Context,
  { known, item, needs, more = [] }: ItemWrite,
): Promise<Result<KnownItem>> {
  const { id, list } = known;
  const body = withDue(list, item, needs);
  const written = await context.record.transact({
    operations: [{ action: "update", kind: itemKind, id, body, ifMatch: known.version }, ...more],
  });
  if (!written.ok) return written;
  return ok({ id, list, item: body, version: written.value[0]?.version.version ?? known.version + 1 });
}

/** The item as it was seen, or the conflict that somebody has changed it since. */
export function asSeen(known: KnownItem, version: number): Result<KnownItem> {
  if (known.version === version) return ok(known);
  return failed(conflict("version-conflict", "Somebody has changed this since you saw it: look at it again."));
}
