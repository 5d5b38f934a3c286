import type { TermEntry, VersionRow } from "#record";
import type { Database } from "./database.ts";
import { documentKey, hash64, parameterKey } from "./index-key.ts";
import { termKey } from "./indexed-keys.ts";

/** The statements that write what rows are found by, but for their keys. */
export function appendEntries(sql: Database, rows: readonly VersionRow[]): readonly PromiseLike<unknown>[] {
  return [...appendDates(sql, rows), ...appendTexts(sql, rows), ...appendNumbers(sql, rows), ...appendTerms(sql, rows)];
}

function appendDates(sql: Database, rows: readonly VersionRow[]) {
  const dates = rows.flatMap((row) => row.entries.dates.map((date) => ({ ...date, row })));
  if (dates.length === 0) return [];
  return [
    sql`insert into date_entry (parameter, from_ms, to_ms, position)
      select * from unnest(
        ${dates.map(({ row, parameter }) => parameterKey(row.kind, parameter))}::bigint[],
        ${dates.map((date) => date.fromMs)}::bigint[], ${dates.map((date) => date.toMs)}::bigint[],
        ${dates.map((date) => date.row.position)}::bigint[])`,
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
  const numbers = rows.flatMap((row) => row.entries.numbers.map((number) => ({ ...number, row })));
  if (numbers.length === 0) return [];
  const hashed = (text: string | undefined) => (text === undefined ? "0" : hash64(text));
  return [
    sql`insert into number_entry (parameter, low, high, position, coded, code, label)
      select parameter, low::float8, high::float8, position, nullif(coded, 0), nullif(code, 0), nullif(label, 0) from unnest(
        ${numbers.map(({ row, parameter }) => parameterKey(row.kind, parameter))}::bigint[],
        ${numbers.map(({ low }) => String(low))}::text[], ${numbers.map(({ high }) => String(high))}::text[],
        ${numbers.map(({ row }) => row.position)}::bigint[], ${numbers.map(({ coded }) => hashed(coded))}::bigint[],
        ${numbers.map(({ code }) => hashed(code))}::bigint[], ${numbers.map(({ label }) => hashed(label))}::bigint[])
        as row (parameter, low, high, position, coded, code, label)`,
  ];
}

/** Terms that are in the table for certain: it is only ever added to. */
const seenTermsMax = 100_000;
const seenTerms = new WeakMap<Database, Set<string>>();

function appendTerms(sql: Database, rows: readonly VersionRow[]) {
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
  const statement = sql`insert into term (parameter, text, key)
    select * from unnest(
      ${terms.map(({ kind, parameter }) => parameterKey(kind, parameter))}::bigint[],
      ${terms.map(({ text }) => storable(text))}::text[],
      ${terms.map(({ kind, parameter, text }) => documentKey(kind, termKey(parameter, text)))}::bigint[])
    on conflict (parameter, text) do nothing`;
  return [statement.then(() => rememberTerms(seen, fresh.keys()))];
}

/** After a failure: what was sent may not have stayed. */
export function forgetTerms(sql: Database): void {
  seenTerms.delete(sql);
}

function rememberTerms(seen: Set<string>, names: Iterable<string>): void {
  if (seen.size >= seenTermsMax) seen.clear();
  for (const name of names) seen.add(name);
}
