import type { z } from "zod";
import { type Context, placeInRecord, readCursor, writeCursor } from "#access";
import { conflict, failed, ok, type Result, toIso } from "#kernel";
import { type HealthRecord, parseBody, type Version } from "#record";
import type { AlertsPage, AlertView, alertsQuery } from "../api/alerts.ts";
import { anyKey, newestFirst } from "../clauses.ts";
import { present } from "../messages/present.ts";
import { type LinkAlert, linkAlertKind } from "./link-alert.ts";

const alertsDefault = 50;

/** A page of alerts, and how many are open. Problems: `cursor-incorrect`, those of the record. */
export async function fetchAlerts(
  { record }: Context,
  query: z.infer<typeof alertsQuery>,
): Promise<Result<AlertsPage>> {
  const { state = "open", link, rule, cursor, count = alertsDefault } = query;
  const after = readCursor(cursor, placeInRecord);
  if (!after.ok) return after;
  const all = [
    anyKey(`state=${state}`),
    ...(link === undefined ? [] : [anyKey(`link=${link}`)]),
    ...(rule === undefined ? [] : [anyKey(`rule=${rule}`)]),
  ];
  const position = await record.position();
  const wanted = { kind: linkAlertKind, all, newestBy: "since", limit: count, after: after.value };
  const page = await record.search(newestFirst(wanted));
  if (!page.ok) return page;
  const counts = await countAlerts(record);
  if (!counts.ok) return counts;
  const { versions, next } = page.value;
  return ok(
    present<AlertsPage>({
      alerts: versions.map(alertView),
      next: next === undefined ? undefined : writeCursor(next),
      ...counts.value,
      position,
    }),
  );
}

/** How many are open, and how many of these nobody knows of. Problems: those of the record. */
export async function countAlerts(
  record: Pick<HealthRecord, "count">,
): Promise<Result<Pick<AlertsPage, "open" | "unacknowledged">>> {
  const count = (state: string) =>
    record.count(newestFirst({ kind: linkAlertKind, all: [anyKey(`state=${state}`)], limit: 1 }));
  const [open, unacknowledged] = await Promise.all([count("open"), count("new")]);
  if (!open.ok) return open;
  return unacknowledged.ok ? ok({ open: open.value, unacknowledged: unacknowledged.value }) : unacknowledged;
}

export function alertView(version: Version): AlertView {
  const { closedAt: _, ...alert } = parseBody<LinkAlert>(version);
  return { id: version.id, ...alert };
}

/**
 * Writes that somebody knows of an alert and what they say about it; the first who does stays named. Problems: not-found,
 * conflict `already-acknowledged`, those of the record.
 */
export async function acknowledgeAlert(
  { record, actor, clock }: Context,
  { id, comment }: { readonly id: string; readonly comment: string },
): Promise<Result<AlertView>> {
  const read = await record.read(linkAlertKind, id);
  if (!read.ok) return read;
  const alert = parseBody<LinkAlert>(read.value);
  if (alert.acknowledged !== undefined) {
    const text = `${alert.acknowledged.display} has acknowledged it already.`;
    return failed(conflict("already-acknowledged", text));
  }
  const { reference: by, display } = actor;
  const body: LinkAlert = { ...alert, acknowledged: { by, display, at: toIso(clock.now()), comment } };
  const ifMatch = read.value.version;
  const written = await record.transact({ operations: [{ action: "update", kind: linkAlertKind, id, body, ifMatch }] });
  if (!written.ok) return written;
  const { closedAt: _, ...view } = body;
  return ok({ id, ...view });
}
