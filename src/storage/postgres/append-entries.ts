import type { PendingQuery, Row } from "postgres";
import type { DateEntry, NumberEntry, TermEntry, VersionRow } from "#record";
import type { Database } from "./database.ts";
import { documentKey, hash64, parameterKey, scopeKey } from "./index-key.ts";
import { termKey } from "./indexed-keys.ts";

/** The statements that write what rows are found by, but for their keys and terms. */
export function appendEntries(sql: Database, rows: readonly VersionRow[]): readonly PendingQuery<Row[]>[] {
  return [...appendDates(sql, rows), ...appendTexts(sql, rows), ...appendNumbers(sql, rows)];
}

function appendDates(sql: Database, rows: readonly VersionRow[]) {
  const dates = rows.flatMap((row) => row.entries.dates.flatMap((date) => filed(row, date)));
  if (dates.length === 0) return [];
  return [
    sql`insert into date_entry (parameter, from_ms, to_ms, position, scope)
      select parameter, from_ms, to_ms, position, nullif(scope, 0) from unnest(
        ${dates.map(({ parameter }) => parameter)}::bigint[], ${dates.map(({ entry }) => entry.fromMs)}::bigint[],
        ${dates.map(({ entry }) => entry.toMs)}::bigint[], ${dates.map(({ position }) => position)}::bigint[],
        ${dates.map(({ scope }) => scope)}::bigint[]) as row (parameter, from_ms, to_ms, position, scope)`,
  ];
}

interface Filed<Entry> {
  readonly entry: Entry;
  readonly position: number;
  readonly parameter: string;
  readonly scope: string;
}

/** One row of an entry, and one for each further key that it is filed under. */
function filed<Entry extends DateEntry | NumberEntry>(row: VersionRow, entry: Entry): readonly Filed<Entry>[] {
  const { kind, position } = row;
  const [first, ...further] = (entry.under ?? []).map((key) => scopeKey(kind, entry.parameter, key));
  const parameter = parameterKey(kind, entry.parameter);
  return [
    { entry, position, parameter, scope: first ?? "0" },
    ...further.map((scope) => ({ entry, position, parameter: scope, scope })),
  ];
}

function appendTexts(sql: Database, rows: readonly VersionRow[]) {
  const texts = rows.flatMap((row) => row.entries.texts.map((text) => ({ ...text, row })));
  if (texts.length === 0) return [];
  return [
    sql`insert into text_entry (parameter, text, written, position)
      select * from unnest(
        ${texts.map(({ row, parameter }) => parameterKey(row.kind, parameter))}::bigint[],
        ${texts.map((text) => storable(text.text))}::text[], ${texts.map((text) => hash64(text.written))}::bigint[],
        ${texts.map((text) => text.row.position)}::bigint[])`,
  ];
}

/** PostgreSQL's text has no NUL. */
function storable(text: string): string {
  return text.replaceAll("\0", " ");
}

function appendNumbers(sql: Database, rows: readonly VersionRow[]) {
  const numbers = rows.flatMap((row) => row.entries.numbers.flatMap((number) => filed(row, number)));
  if (numbers.length === 0) return [];
  const hashed = (text: string | undefined) => (text === undefined ? "0" : hash64(text));
  return [
    sql`insert into number_entry (parameter, low, high, position, coded, code, label, scope)
      select parameter, low::float8, high::float8, position, nullif(coded, 0), nullif(code, 0), nullif(label, 0),
        nullif(scope, 0)
      from unnest(
        ${numbers.map(({ parameter }) => parameter)}::bigint[],
        ${numbers.map(({ entry }) => String(entry.low))}::text[], ${numbers.map(({ entry }) => String(entry.high))}::text[],
        ${numbers.map(({ position }) => position)}::bigint[],
        ${numbers.map(({ entry }) => hashed(entry.coded))}::bigint[],
        ${numbers.map(({ entry }) => hashed(entry.code))}::bigint[],
        ${numbers.map(({ entry }) => hashed(entry.label))}::bigint[], ${numbers.map(({ scope }) => scope)}::bigint[])
        as row (parameter, low, high, position, coded, code, label, scope)`,
  ];
}

/** Terms that are in the table for certain: it is only ever added to. */
const seenTermsMax = 100_000;
const seenTerms = new WeakMap<Database, Set<string>>();

/** What writes the terms that the table may lack; nearly always none. */
export function appendTerms(sql: Database, rows: readonly VersionRow[]): readonly (() => PromiseLike<unknown>)[] {
  const seen = seenTerms.get(sql) ?? new Set<string>();
  seenTerms.set(sql, seen);
  const fresh = new Map<string, TermEntry & { readonly kind: string }>();
  for (const { kind, entries } of rows) {
    for (const term of entries.terms) {
      const name = `${kind}?${termKey(term.parameter, term.text)}`;
      if (!seen.has(name)) fresh.set(name, { ...term, kind });
    }
  }
  if (fresh.size === 0) return [];
  const terms = [...fresh.values()];
  const statement = () => sql`insert into term (parameter, text, key)
    select * from unnest(
      ${terms.map(({ kind, parameter }) => parameterKey(kind, parameter))}::bigint[],
      ${terms.map(({ text }) => storable(text))}::text[],
      ${terms.map(({ kind, parameter, text }) => documentKey(kind, termKey(parameter, text)))}::bigint[])
    on conflict (parameter, text) do nothing`;
  return [() => statement().then(() => rememberTerms(seen, fresh.keys()))];
}

/** After a failure: what was sent may not have stayed. */
export function forgetTerms(sql: Database): void {
  seenTerms.delete(sql);
}

function rememberTerms(seen: Set<string>, names: Iterable<string>): void {
  if (seen.size >= seenTermsMax) seen.clear();
  for (const name of names) seen.add(name);
}
