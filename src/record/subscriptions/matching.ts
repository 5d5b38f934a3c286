import type { Clause, DateBounds, NumberBounds, NumberComparison, TextMatch } from "../documents/clause.ts";
import type { Version } from "../documents/document.ts";
import type { DateEntry, IndexEntries, NumberEntry } from "../documents/index-entries.ts";

/** A version, and what it is found by. */
export interface Seen {
  readonly version: Version;
  readonly entries: IndexEntries;
}

/**
 * Whether a search would find the version, were it the newest: by its own index entries, without the database. Undefined
 * where those do not say: other documents, terminology or words of the text are asked about.
 */
export function satisfies(seen: Seen, all: readonly Clause[]): boolean | undefined {
  return every(all.map((clause) => meets(seen, clause)));
}

type Verdict = boolean | undefined;

function every(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes(false)) return false;
  return verdicts.includes(undefined) ? undefined : true;
}

function some(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes(true)) return true;
  return verdicts.includes(undefined) ? undefined : false;
}

function hasKey({ keys }: IndexEntries, key: string | undefined): boolean {
  return key === undefined || keys.includes(key);
}

/** Longer lists are looked into by hash; one that is asked for many documents is gathered once. */
const listedMax = 32;
const gathered = new WeakMap<readonly string[], ReadonlySet<string>>();

function hasOneOf({ keys, references }: IndexEntries, any: readonly string[]): boolean {
  if (any.length <= listedMax) return any.some((key) => keys.includes(key) || references.includes(key));
  const all = gathered.get(any) ?? new Set(any);
  gathered.set(any, all);
  return references.some((key) => all.has(key)) || keys.some((key) => all.has(key));
}

function meets(seen: Seen, clause: Clause): Verdict {
  const { version, entries } = seen;
  switch (clause.is) {
    case "key":
      return hasOneOf(entries, clause.any);
    case "text":
      return entries.texts.some(
        ({ parameter, text }) =>
          parameter === clause.parameter && clause.any.some((value) => textMatches(clause.match, text, value)),
      );
    case "written":
      return entries.texts.some(
        ({ parameter, text, written }) =>
          parameter === clause.parameter &&
          clause.any.some((value) => value.text === text && value.written === written),
      );
    case "date":
      return (
        hasKey(entries, clause.under) &&
        entries.dates.some(
          (entry) => entry.parameter === clause.parameter && clause.any.some((bounds) => isDated(entry, bounds)),
        )
      );
    case "number":
      return (
        hasKey(entries, clause.under) &&
        entries.numbers.some((entry) => clause.any.some((bounds) => isMeasured(entry, bounds)))
      );
    case "term":
      return entries.terms.some(
        ({ parameter, text }) =>
          parameter === clause.parameter &&
          clause.any.some((word) => text.startsWith(word) || text.includes(` ${word}`)),
      );
    case "present":
      return (entries.present & clause.bits) !== 0n;
    case "id":
      return clause.any.includes(version.id);
    case "updated":
      return clause.any.some(({ minMs = -Infinity, maxMs = Infinity }) => version.at >= minMs && version.at <= maxMs);
    case "all":
      return every(clause.of.map((part) => meets(seen, part)));
    case "any":
      return some(clause.of.map((part) => meets(seen, part)));
    case "not":
      return opposite(meets(seen, clause.of));
    case "never":
      return false;
    case "concepts":
    case "words":
    case "refers":
    case "referred":
    case "lineage":
    case "near":
      return undefined;
  }
}

function opposite(verdict: Verdict): Verdict {
  return verdict === undefined ? undefined : !verdict;
}

function textMatches(match: TextMatch, text: string, value: string): boolean {
  switch (match) {
    case "prefix":
      return text.startsWith(value);
    case "equal":
      return text === value;
    case "contains":
      return text.includes(value);
    case "suffix":
      return text.endsWith(value);
  }
}

function isDated({ fromMs, toMs }: DateEntry, { fromMinMs, fromMaxMs, toMinMs, toMaxMs }: DateBounds): boolean {
  return (
    fromMs >= (fromMinMs ?? -Infinity) &&
    fromMs <= (fromMaxMs ?? Infinity) &&
    toMs >= (toMinMs ?? -Infinity) &&
    toMs <= (toMaxMs ?? Infinity)
  );
}

function isMeasured(entry: NumberEntry, { parameter, where, unit }: NumberBounds): boolean {
  if (entry.parameter !== parameter || !where.every((comparison) => compares(entry, comparison))) return false;
  if (unit === undefined) return true;
  if ("coded" in unit) return entry.coded === unit.coded;
  return entry.code === unit.codeOrLabel || entry.label === unit.codeOrLabel;
}

function compares(entry: NumberEntry, { end, is, value }: NumberComparison): boolean {
  const own = entry[end];
  switch (is) {
    case "<":
      return own < value;
    case "<=":
      return own <= value;
    case ">":
      return own > value;
    case ">=":
      return own >= value;
  }
}
