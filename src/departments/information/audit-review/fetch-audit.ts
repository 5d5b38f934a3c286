import type { Context } from "#access";
import { instant, limits, ok, type Result } from "#kernel";
import { type AuditFilter, type AuditQuery, logQuery } from "./audit-query.ts";
import { type AuditRow, auditRow } from "./audit-row.ts";

export interface AuditPage {
  readonly rows: readonly AuditRow[];
  /** For `before`; absent on the last page. */
  readonly next?: number;
}

const pageRows = 50;

/** A page of the log, newest first. That it was searched is in the log too. Problems: those of the record. */
export async function fetchAudit(
  { record, hospitalTime }: Context,
  { before, ...filter }: AuditQuery,
): Promise<Result<AuditPage>> {
  const page = await record.search(logQuery(filter, hospitalTime, { ...(before && { before }), limit: pageRows }));
  if (!page.ok) return page;
  const rows = page.value.versions.map(auditRow);
  const last = rows.at(-1);
  return ok(page.value.next === undefined || last === undefined ? { rows } : { rows, next: last.sequence });
}

/** Every entry that a filter finds, newest first, up to so many; `undefined` marks that there are more. */
export async function* everyEntry(
  { record, hospitalTime }: Context,
  filter: AuditFilter,
  entriesMax: number,
): AsyncGenerator<Result<AuditRow | undefined>> {
  let before: number | undefined;
  for (let told = 0; ; ) {
    const page = await record.search(
      logQuery(filter, hospitalTime, { ...(before && { before }), limit: limits.pageSizeMax }),
    );
    if (!page.ok) return yield page;
    for (const version of page.value.versions) {
      if (told >= entriesMax) return yield ok(undefined);
      told += 1;
      before = version.position;
      yield ok(auditRow(version));
    }
    if (page.value.next === undefined) return;
  }
}

export interface Count {
  readonly name: string;
  readonly count: number;
}

/** How many entries there are, by what was done, by whom and by day, each with the most frequent first. */
export interface AuditCounts {
  readonly total: number;
  /** Older entries were left out. */
  readonly isCut: boolean;
  readonly acts: readonly Count[];
  readonly people: readonly Count[];
  readonly days: readonly Count[];
}

const countsShown = 12;

/** Of the newest `limits.auditCountEntriesMax` entries. Problems: those of the record. */
export async function countAudit(context: Context, filter: AuditFilter): Promise<Result<AuditCounts>> {
  const [acts, people, days] = [new Map<string, number>(), new Map<string, number>(), new Map<string, number>()];
  const add = (counts: Map<string, number>, name: string) => counts.set(name, (counts.get(name) ?? 0) + 1);
  let total = 0;
  let isCut = false;
  for await (const row of everyEntry(context, filter, limits.auditCountEntriesMax)) {
    if (!row.ok) return row;
    if (row.value === undefined) {
      isCut = true;
      break;
    }
    total += 1;
    add(acts, row.value.act);
    add(people, row.value.who);
    add(days, context.hospitalTime.day(instant(Date.parse(row.value.at))));
  }
  return ok({ total, isCut, acts: mostOf(acts), people: mostOf(people), days: mostOf(days) });
}

function mostOf(counts: ReadonlyMap<string, number>): readonly Count[] {
  const all = [...counts].map(([name, count]) => ({ name, count }));
  return all.sort((one, other) => other.count - one.count).slice(0, countsShown);
}
