import type { z } from "zod";
import type { Context } from "#access";
import { dayAfter, failed, incorrect, limits, ok, type Result, toIso } from "#kernel";
import { type Clause, type HealthRecord, parseBody } from "#record";
import type { BooksPage, BookView, booksQuery } from "../../api/books.ts";
import { anyKey } from "../../clauses.ts";
import { hourKey, hourStateKey } from "../../messages/figure-keys.ts";
import { linkMessageKind } from "../../messages/link-message.ts";
import { bookColumns, emptyBook, isBalanced, type LinkBook, linkBookKind } from "./link-book.ts";

const dayMs = 24 * 60 * 60_000;
const hourMs = 60 * 60_000;
const daysDefault = 7;

/** The books of a span of days. Problems: incorrect `days-too-many`; those of the record. */
export async function fetchBooks(context: Context, query: z.infer<typeof booksQuery>): Promise<Result<BooksPage>> {
  const { record, clock, hospitalTime } = context;
  const to = query.to ?? hospitalTime.day(clock.now());
  const toMs = Date.parse(`${to}T00:00:00Z`);
  const fromMs = query.from === undefined ? toMs - (daysDefault - 1) * dayMs : Date.parse(`${query.from}T00:00:00Z`);
  if ((toMs - fromMs) / dayMs >= limits.linkBooksDaysMax) return failed(daysTooMany);
  const all: readonly Clause[] = [
    { is: "date", parameter: "day", any: [{ fromMinMs: fromMs, fromMaxMs: toMs }] },
    ...(query.link === undefined ? [] : [anyKey(`link=${query.link}`)]),
  ];
  const sort = { by: { date: "day" }, descending: true } as const;
  const page = await record.search({ kind: linkBookKind, all, sort, limit: limits.pageSizeMax });
  if (!page.ok) return page;
  const books: BookView[] = [];
  for (const version of page.value.versions) {
    const stored = parseBody<LinkBook>(version);
    const book = { ...emptyBook(stored.link, stored.day), ...stored };
    const counted = query.recount === "true" ? await recount(context, book) : ok(undefined);
    if (!counted.ok) return counted;
    books.push(bookView(book, counted.value));
  }
  return ok({ books, at: toIso(clock.now()) });
}

const daysTooMany = incorrect(
  "days-too-many",
  `Ask for the books of at most ${limits.linkBooksDaysMax} days at a time.`,
  { where: "?from" },
);

function bookView(book: LinkBook, counted: Counted | undefined): BookView {
  const columns = Object.fromEntries(bookColumns.map((column) => [column, book[column]]));
  return {
    link: book.link,
    day: book.day,
    received: book.received,
    ...(columns as Pick<BookView, (typeof bookColumns)[number]>),
    filteredBy: book.filteredBy,
    balances: isBalanced(book) && (counted === undefined || agrees(book, counted)),
    ...(counted === undefined ? {} : { counted: counted.received }),
    position: book.upTo,
  };
}

/** What the messages themselves say. */
type Counted = Pick<LinkBook, "received" | (typeof countedStates)[number]>;

const countedStates = ["filtered", "held", "rejected"] as const;

function agrees(book: LinkBook, counted: Counted): boolean {
  return book.received === counted.received && countedStates.every((state) => book[state] === counted[state]);
}

/** By the messages themselves. The hospital's day starts on an hour of UTC, as its messages are filed. */
async function recount({ record, hospitalTime }: Context, { link, day }: LinkBook): Promise<Result<Counted>> {
  const hours: string[] = [];
  const endMs = hospitalTime.startOfDay(dayAfter(day));
  for (let ms = hospitalTime.startOfDay(day); ms < endMs; ms += hourMs)
    hours.push(new Date(ms).toISOString().slice(0, 13));
  const keysOf = [
    (hour: string) => hourKey(link, hour),
    ...countedStates.map((state) => (hour: string) => hourStateKey(link, hour, state)),
  ];
  const counts = await Promise.all(keysOf.map((keyOf) => countOf(record, hours.map(keyOf))));
  const numbers: number[] = [];
  for (const count of counts) {
    if (!count.ok) return count;
    numbers.push(count.value);
  }
  const [received = 0, filtered = 0, held = 0, rejected = 0] = numbers;
  return ok({ received, filtered, held, rejected });
}

function countOf(record: Pick<HealthRecord, "count">, keys: readonly string[]): Promise<Result<number>> {
  const sort = { by: "updated", descending: true } as const;
  return record.count({ kind: linkMessageKind, all: [anyKey(...keys)], sort, limit: 1 });
}
