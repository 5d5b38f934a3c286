import type { Context } from "#access";
import { limits, ok, type Result, toIso } from "#kernel";
import type { AuditRow } from "../audit-review/audit-row.ts";
import { actWords, kindWord, purposeWords } from "../audit-review/audit-words.ts";
import { everyEntry } from "../audit-review/fetch-audit.ts";
import { patientNames } from "../audit-review/patient-names.ts";

/** What one person did with the record on one day, in words for the patient. */
export interface LookedLine {
  readonly day: string;
  readonly who: string;
  readonly roles: readonly string[];
  readonly did: readonly string[];
  /** What kinds of data it was. */
  readonly what: readonly string[];
  readonly why: string;
  /** Times of day by the hospital's clock. */
  readonly first: string;
  readonly last: string;
  readonly times: number;
}

export interface WhoLooked {
  readonly patient: string;
  /** Absent where the patient is not to be seen, or has no name. */
  readonly patientName?: string;
  /** People, newest day first. */
  readonly people: readonly LookedLine[];
  /** Corridor's own links and workers. */
  readonly systems: readonly LookedLine[];
  /** Older entries were left out. */
  readonly isCut: boolean;
  readonly at: string;
}

/** Who looked at a patient's record, and who tried to. Problems: those of the record. */
export async function fetchWhoLooked(context: Context, patient: string): Promise<Result<WhoLooked>> {
  const lines = new Map<string, LookedLine>();
  let isCut = false;
  for await (const row of everyEntry(context, { patient }, limits.whoLookedEntriesMax)) {
    if (!row.ok) return row;
    if (row.value === undefined) isCut = true;
    else addRow(context, lines, row.value);
  }
  const all = [...lines.entries()];
  const of = (isPerson: boolean) => all.filter(([key]) => isPersons(key) === isPerson).map(([, line]) => line);
  const names = await patientNames(context, [patient]);
  if (!names.ok) return names;
  const patientName = names.value.get(patient);
  const named = patientName === undefined ? {} : { patientName };
  return ok({ patient, ...named, people: of(true), systems: of(false), isCut, at: toIso(context.clock.now()) });
}

function isPersons(key: string): boolean {
  return !/^(Link|Worker)\//.test(key);
}

function addRow({ hospitalTime }: Context, lines: Map<string, LookedLine>, row: AuditRow): void {
  const local = hospitalTime.local(Date.parse(row.at));
  const day = local.date;
  const time = local.clock;
  const key = [row.reference, day, row.why, row.outcome].join(" ");
  const known = lines.get(key);
  const did = row.outcome === "0" ? (actWords[row.act] ?? row.act) : "Tried, and was refused or found nothing";
  const about = row.entities.length === 0 ? row.patients.map(kindWord) : row.entities.map(kindWord);
  lines.set(key, {
    day,
    who: row.who,
    roles: row.roles,
    did: joined(known?.did, [did]),
    what: joined(known?.what, about),
    why: row.reason ?? purposeWords[row.why] ?? row.why,
    // They come newest first.
    first: time,
    last: known?.last ?? time,
    times: (known?.times ?? 0) + 1,
  });
}

function joined(known: readonly string[] = [], added: readonly string[]): readonly string[] {
  return [...new Set([...known, ...added])];
}
