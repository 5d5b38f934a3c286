import type { Context } from "#access";
import { conflict, failed, type JsonObject, limits, ok, type Result } from "#kernel";
import { keyText, type Operation, type Version } from "#record";
import type { KnownItem } from "../items/item-store.ts";
import { type DisclosureEntry, type DisclosureSheet, sheetKind } from "./disclosure.ts";
import { entryOf } from "./entry-of.ts";
import { heldAbout } from "./held.ts";
import { readSheets } from "./sheets.ts";

export interface Gathered {
  readonly entries: number;
  /** Those that were not reviewed in this version before. */
  readonly unreviewed: number;
}

/**
 * Searches for all that is held about the person and lays it out for review. Gathered again, it keeps what was decided on
 * documents that have not changed since. `own` sees what is held. Problems: conflict `nobody-to-gather`,
 * `too-much-held`; those of the record.
 */
export async function gather(context: Context, own: Context, known: KnownItem): Promise<Result<Gathered>> {
  const { patient, fields } = known.item;
  if (patient === undefined) return failed(nobody);
  const before = await readSheets(context.record, known.id);
  if (!before.ok) return before;
  const decided = new Map(
    before.value.flatMap(({ sheet }) => sheet.entries.map((entry) => [versionKey(entry), entry])),
  );
  const entries: DisclosureEntry[] = [];
  const seen = new Set<string>();
  for await (const page of heldAbout(own.record, patient.slice("Patient/".length))) {
    if (!page.ok) return page;
    for (const version of page.value) {
      if (seen.has(keyText(version)) || !isAsked(version, fields)) continue;
      seen.add(keyText(version));
      const entry = entryOf(version);
      entries.push(decided.get(versionKey(entry)) ?? entry);
    }
    if (entries.length > limits.disclosureEntriesMax) return failed(tooMuch);
  }
  const operations = layOut(known.id, patient, { entries: entries.sort(byKindAndDate), before: before.value });
  const written = await context.record.transact({ operations });
  if (!written.ok) return written;
  return ok({ entries: entries.length, unreviewed: entries.filter(({ decision }) => decision === undefined).length });
}

const nobody = conflict("nobody-to-gather", "The request names no patient.");
const tooMuch = conflict(
  "too-much-held",
  "More is held than is gathered at once: ask for a span of time in the request.",
);

function versionKey({ kind, id, version }: DisclosureEntry): string {
  return `${kind}/${id}/${version}`;
}

/** What says nothing of its time is asked for too. */
function isAsked(version: Version, { from, to }: Readonly<Record<string, string>>): boolean {
  if (from === undefined && to === undefined) return true;
  const day = entryOf(version).date?.slice(0, 10);
  if (day === undefined) return true;
  return (from === undefined || day >= from.slice(0, day.length)) && (to === undefined || day <= to);
}

/** By kind, and of each the newest first: the patient before all. */
function byKindAndDate(a: DisclosureEntry, b: DisclosureEntry): number {
  if (a.kind !== b.kind) return rank(a.kind) - rank(b.kind) || (a.kind < b.kind ? -1 : 1);
  return (b.date ?? "").localeCompare(a.date ?? "");
}

function rank(kind: string): number {
  if (kind === "Patient") return 0;
  return kind === "LinkMessage" ? 2 : 1;
}

interface LaidOut {
  readonly entries: readonly DisclosureEntry[];
  readonly before: readonly { readonly version: number; readonly sheet: DisclosureSheet }[];
}

function layOut(item: string, patient: string, { entries, before }: LaidOut): readonly Operation[] {
  const count = Math.ceil(entries.length / limits.disclosureSheetMax);
  const versions = new Map(before.map(({ sheet, version }) => [sheet.number, version]));
  const written = Array.from({ length: count }, (_, number): Operation => {
    const start = number * limits.disclosureSheetMax;
    const sheet: DisclosureSheet = {
      item,
      number,
      patient,
      entries: entries.slice(start, start + limits.disclosureSheetMax),
    };
    const body = sheet as unknown as JsonObject;
    return { action: "update", kind: sheetKind, id: sheetId(item, number), body, ifMatch: versions.get(number) ?? 0 };
  });
  const gone = before.filter(({ sheet }) => sheet.number >= count);
  return [
    ...written,
    ...gone.map(
      ({ sheet, version }): Operation => ({
        action: "delete",
        kind: sheetKind,
        id: sheetId(item, sheet.number),
        ifMatch: version,
      }),
    ),
  ];
}

function sheetId(item: string, number: number): string {
  return `${item.slice(0, 50)}-s${number}`;
}
