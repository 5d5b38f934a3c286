import { z } from "zod";
import type { Context } from "#access";
import { failed, incorrect, limits, ok, type ProblemCategory, type Result } from "#kernel";
import { blobDayOf, type Clause, type DateBounds, type HealthRecord, parseBody, type Version } from "#record";
import { newestFirst } from "../clauses.ts";
import { type LinkMessage, linkMessageKind } from "../messages/link-message.ts";
import { linkMessageEntries } from "../messages/link-message-index.ts";
import { messageRetiredCode, readRaw } from "../retention/retired-day.ts";
import { askedWords, hasEach, messageWords } from "./message-words.ts";
import { idsWithEach, readFiledWords, type WordFile, wordFileKind } from "./word-file.ts";
import { filedUpTo } from "./write-word-files.ts";

export interface TextSearch {
  readonly text: string;
  /** What else the messages must be: keys, and when they arrived. */
  readonly clauses: readonly Clause[];
  /** How many are wanted; some more may be found. */
  readonly count: number;
  readonly after?: TextCursor | undefined;
}

/** What is still to be looked at: the files that were written before this position, but for so many messages of the newest. */
export const textCursor = z.object({ before: z.number().int().min(0), skip: z.number().int().min(0) });
export type TextCursor = z.infer<typeof textCursor>;

export interface FoundByText {
  /** Nearly the newest first: those that were last changed lately before the others, and by arrival among themselves. */
  readonly versions: readonly Version[];
  /** Absent where all was looked at. */
  readonly next?: TextCursor;
  /** How far back was looked, where the search ended for its bounds before it had found as many as are wanted. */
  readonly lookedBackTo?: string;
  /** Of the messages that came lately, not all are filed by their words yet, and those that are not were not looked at. */
  readonly isBehind?: true;
}

export interface TextSearchNeeds {
  /** The whole record, to find out which messages have the words. The actor then reads them. */
  readonly look: Pick<HealthRecord, "search" | "readMany" | "readBlob">;
  readonly context: Pick<Context, "record" | "clock">;
}

interface Walk extends TextSearchNeeds {
  readonly search: TextSearch;
  readonly asked: readonly string[];
  /** Ids, in the order in which they were found. */
  readonly found: Set<string>;
  readonly untilMs: number;
}

/**
 * Messages that have all the words, or words that begin so, anywhere in their text. One search takes
 * `limits.textSearchMs` at most; then it says how far it came.
 * Problems: incorrect `text-too-short`; those of the record.
 */
export async function findByText(needs: TextSearchNeeds, search: TextSearch): Promise<Result<FoundByText>> {
  const asked = askedWords(search.text);
  if (asked.length === 0) return failed(textTooShort);
  const untilMs = needs.context.clock.now() + limits.textSearchMs;
  const walk: Walk = { ...needs, search, asked, found: new Set(), untilMs };
  const fresh = search.after === undefined ? await lookAtUnfiled(walk) : ok(false);
  if (!fresh.ok) return fresh;
  const end = await lookAtFiles(walk);
  if (!end.ok) return end;
  const versions = await readFound(walk);
  if (!versions.ok) return versions;
  const { next, lookedBackTo } = end.value;
  const isShort = versions.value.length < search.count && next !== undefined;
  return ok({
    versions: versions.value,
    ...(next === undefined ? {} : { next }),
    ...(isShort && lookedBackTo !== undefined ? { lookedBackTo } : {}),
    ...(fresh.value ? { isBehind: true } : {}),
  });
}

const textTooShort = incorrect(
  "text-too-short",
  "Look for a word, or how one begins: two letters or digits at least.",
  { where: "?text" },
);

/** What was changed since the last file was written. Returns whether that is more than could be looked at. */
async function lookAtUnfiled(walk: Walk): Promise<Result<boolean>> {
  const filed = await filedUpTo(walk.look);
  if (!filed.ok) return filed;
  const limit = limits.textSearchUnfiledMax;
  const page = await walk.look.search(newestFirst({ kind: linkMessageKind, all: [], limit }));
  if (!page.ok) return page;
  const fresh = page.value.versions.filter(({ position }) => position > filed.value);
  const wanted = fresh.filter((version) => meets(parseBody<LinkMessage>(version), walk.search.clauses));
  const have = await Promise.all(wanted.map((version) => hasWords(walk, parseBody<LinkMessage>(version))));
  for (const [at, result] of have.entries()) {
    if (!result.ok) return result;
    const { id = "" } = wanted[at] ?? {};
    if (result.value) walk.found.add(id);
  }
  return ok(fresh.length === limit);
}

interface End {
  readonly next?: TextCursor;
  readonly lookedBackTo?: string;
}

async function lookAtFiles(walk: Walk): Promise<Result<End>> {
  let { before, skip } = walk.search.after ?? { before: undefined, skip: 0 };
  for (;;) {
    if (isOver(walk) && before !== undefined) return ok({ next: { before, skip } });
    const page = await walk.look.search(filesBefore(walk.search.clauses, before));
    if (!page.ok) return page;
    for (const version of page.value.versions) {
      const looked = await lookAtFile(walk, parseBody<WordFile>(version), skip);
      if (!looked.ok) return looked;
      const { arrivedFrom } = parseBody<WordFile>(version);
      if (looked.value !== undefined) {
        return ok({ next: { before: version.position + 1, skip: looked.value }, lookedBackTo: arrivedFrom });
      }
      before = version.position;
      skip = 0;
      if (isOver(walk)) return ok({ next: { before, skip }, lookedBackTo: arrivedFrom });
    }
    if (page.value.next === undefined) return ok({});
  }
}

function isOver({ found, search, untilMs, context }: Walk): boolean {
  return found.size >= search.count || context.clock.now() >= untilMs;
}

function filesBefore(clauses: readonly Clause[], before: number | undefined) {
  const after = before === undefined ? {} : { after: { position: before } };
  return newestFirst({ kind: wordFileKind, all: clauses.flatMap(ofFiles), limit: limits.wordFilesAPage, ...after });
}

/** A file may hold what arrived in a span when its own has any time in common with it. */
function ofFiles(clause: Clause): readonly Clause[] {
  if (clause.is !== "date") return [];
  const any = clause.any.map(({ fromMinMs, fromMaxMs }): DateBounds => {
    const from = fromMinMs === undefined ? {} : { toMinMs: fromMinMs + 1 };
    return fromMaxMs === undefined ? from : { ...from, fromMaxMs };
  });
  return [{ ...clause, any }];
}

/** Undefined when all of it was looked at; else how many of its messages were, of those that have the words. */
async function lookAtFile(walk: Walk, file: WordFile, skip: number): Promise<Result<number | undefined>> {
  const words = await readFiledWords(walk.look, file);
  if (!words.ok) return words;
  const ids = words.value === undefined ? [] : idsWithEach(words.value, walk.asked);
  if (ids.length === 0) return ok(undefined);
  const messages = await walk.look.readMany(ids.map((id) => ({ kind: linkMessageKind, id })));
  if (!messages.ok) return messages;
  // One that was changed since is in a later file.
  const own = messages.value.filter(({ position }) => position > file.after && position <= file.upTo);
  const newest = own.toSorted((a, b) => arrivedMs(b) - arrivedMs(a) || b.position - a.position);
  for (const [at, version] of newest.entries()) {
    if (at < skip) continue;
    if (walk.found.size >= walk.search.count) return ok(at);
    if (meets(parseBody<LinkMessage>(version), walk.search.clauses)) walk.found.add(version.id);
  }
  return ok(undefined);
}

function arrivedMs(version: Version): number {
  return Date.parse(parseBody<LinkMessage>(version).arrivedAt);
}

/** Of keys and dates, which are all that is asked of messages. */
function meets(message: LinkMessage, clauses: readonly Clause[]): boolean {
  const { keys, dates } = linkMessageEntries(message);
  return clauses.every((clause) => {
    if (clause.is === "key") return clause.any.some((key) => keys.includes(key));
    if (clause.is !== "date") return true;
    return dates.some(({ fromMs }) =>
      clause.any.some(({ fromMinMs = fromMs, fromMaxMs = fromMs }) => fromMinMs <= fromMs && fromMs <= fromMaxMs),
    );
  });
}

async function hasWords({ look, asked }: Walk, message: LinkMessage): Promise<Result<boolean>> {
  if (message.state === "received") return ok(false);
  const bytes = await look.readBlob(message.raw.hash, blobDayOf(message.arrivedAt));
  if (!bytes.ok) return bytes.problems[0].category === "not-found" ? ok(false) : bytes;
  return ok(hasEach(messageWords(bytes.value, message), asked));
}

/** As the actor may see them, in the order in which they were found. A search that finds none is made too, for the audit. */
async function readFound({ context, found, search }: Walk): Promise<Result<readonly Version[]>> {
  const ids = [...found];
  const all: readonly Clause[] = [...search.clauses, ids.length === 0 ? { is: "never" } : { is: "id", any: ids }];
  const limit = Math.min(Math.max(ids.length, 1), limits.pageSizeMax);
  const page = await context.record.search(newestFirst({ kind: linkMessageKind, all, limit }));
  if (!page.ok) return page;
  const places = new Map(ids.map((id, place) => [id, place]));
  const told = await withoutWithheld(context.record, page.value.versions);
  if (!told.ok) return told;
  return ok(told.value.toSorted((a, b) => (places.get(a.id) ?? 0) - (places.get(b.id) ?? 0)));
}

/** Nobody finds a message by words that they would not be shown. Those that are no longer kept said what is in the record. */
async function withoutWithheld(
  record: HealthRecord,
  versions: readonly Version[],
): Promise<Result<readonly Version[]>> {
  const told: Version[] = [];
  for (const version of versions) {
    const bytes = await readRaw(record, parseBody<LinkMessage>(version));
    if (bytes.ok || bytes.problems[0].code === messageRetiredCode) told.push(version);
    else if (!withheldCategories.includes(bytes.problems[0].category)) return bytes;
  }
  return ok(told);
}

const withheldCategories: readonly ProblemCategory[] = ["forbidden", "not-found"];
