import type { z } from "zod";
import { type Context, may } from "#access";
import { dayAfter, failed, incorrect, limits, ok, type Result, toIso } from "#kernel";
import { type Clause, type Cursor, type HealthRecord, parseBody } from "#record";
import type { FiguresPage, figuresQuery } from "../../api/figures.ts";
import { anyKey } from "../../clauses.ts";
import { fetchCoverage } from "../../codes/fetch-codes.ts";
import { codeCoverageKind } from "../../codes/unknown-code.ts";
import { emptyBook, type LinkBook, linkBookKind } from "../books/link-book.ts";
import { figuresOf } from "./figures-of.ts";

type Query = z.infer<typeof figuresQuery>;

const dayMs = 24 * 60 * 60_000;
const daysDefault = 30;

/** What came in and went out, summed over the books of a span. Problems: incorrect `days-too-many`; those of the record. */
export async function fetchFigures(context: Context, query: Query): Promise<Result<FiguresPage>> {
  const span = spanOf(context, query);
  if (!span.ok) return span;
  const { from, to, days } = span.value;
  const [books, coverage] = await Promise.all([
    booksOf(context.record, { ...span.value, link: query.link }),
    may(context.actor, codeCoverageKind, "search") ? fetchCoverage(context, { from, to }) : ok({ senders: [] }),
  ]);
  if (!books.ok) return books;
  if (!coverage.ok) return coverage;
  const unknown = coverage.value.senders
    .map(({ sender, results, coded }) => ({ sender, results, unknown: results - coded }))
    .filter((each) => each.unknown > 0)
    .sort((one, other) => other.unknown - one.unknown);
  return ok({ from, to, at: toIso(context.clock.now()), ...figuresOf(books.value, days), unknown });
}

export interface FigureSpan {
  readonly from: string;
  readonly to: string;
  /** Oldest first. */
  readonly days: readonly string[];
}

/** Problems: incorrect `days-too-many`, `days-backwards`. */
export function spanOf(
  { clock, hospitalTime }: Pick<Context, "clock" | "hospitalTime">,
  query: Query,
): Result<FigureSpan> {
  const to = query.to ?? hospitalTime.day(clock.now());
  const startMs = Date.parse(to) - (daysDefault - 1) * dayMs;
  const from = query.from ?? new Date(startMs).toISOString().slice(0, 10);
  if (from > to) return failed(daysBackwards);
  if ((Date.parse(to) - Date.parse(from)) / dayMs >= limits.linkBooksDaysMax) return failed(daysTooMany);
  const days = [from];
  for (let day = from; day < to; days.push(day)) day = dayAfter(day);
  return ok({ from, to, days });
}

const daysTooMany = incorrect("days-too-many", `Ask for at most ${limits.linkBooksDaysMax} days at a time.`, {
  where: "?from",
});
const daysBackwards = incorrect("days-backwards", "The first day is after the last.", { where: "?from" });

/** Every book of the days, oldest first. */
export async function booksOf(
  record: Pick<HealthRecord, "search">,
  { from, to, link }: Pick<FigureSpan, "from" | "to"> & { readonly link: string | undefined },
): Promise<Result<readonly LinkBook[]>> {
  const all: readonly Clause[] = [
    { is: "date", parameter: "day", any: [{ fromMinMs: Date.parse(from), fromMaxMs: Date.parse(to) }] },
    ...(link === undefined ? [] : [anyKey(`link=${link}`)]),
  ];
  const sort = { by: { date: "day" }, descending: false } as const;
  const books: LinkBook[] = [];
  let after: Cursor | undefined;
  do {
    const page = await record.search({
      kind: linkBookKind,
      all,
      sort,
      limit: limits.pageSizeMax,
      ...(after && { after }),
    });
    if (!page.ok) return page;
    for (const version of page.value.versions) {
      const stored = parseBody<LinkBook>(version);
      books.push({ ...emptyBook(stored.link, stored.day), ...stored });
    }
    after = page.value.next;
  } while (after !== undefined);
  return ok(books);
}
