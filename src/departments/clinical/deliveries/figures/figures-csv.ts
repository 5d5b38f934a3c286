import type { z } from "zod";
import type { Context } from "#access";
import { csvLine, type HttpReply, ok, type Result } from "#kernel";
import type { figuresQuery } from "../../api/figures.ts";
import { bookColumns, type LinkBook } from "../books/link-book.ts";
import { booksOf, spanOf } from "./fetch-figures.ts";
import { timesOf } from "./figures-of.ts";
import { noTraffic } from "./traffic.ts";

const hours = Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, "0"));

const head = [
  ...["day", "link", "received", ...bookColumns, "reportedAgain"],
  ...["toRecordMedianMs", "toRecordP95Ms", "toRecordWorstMs"],
  ...["sent", "toDeliveryMedianMs", "toDeliveryP95Ms", "toDeliveryWorstMs"],
  ...hours.map((hour) => `hour${hour}`),
  ...["types", "reasons"],
];

/** One line a link and day, oldest first, for a spreadsheet. Problems: those of `spanOf` and of the record. */
export async function figuresCsv(context: Context, query: z.infer<typeof figuresQuery>): Promise<Result<HttpReply>> {
  const span = spanOf(context, query);
  if (!span.ok) return span;
  const { from, to } = span.value;
  const books = await booksOf(context.record, { from, to, link: query.link });
  if (!books.ok) return books;
  const body = [csvLine(head), ...books.value.map((book) => csvLine(lineOf(book)))].join("");
  const headers = {
    "content-type": "text/csv; charset=utf-8",
    "content-disposition": `attachment; filename="link-figures-${from}-${to}.csv"`,
  };
  return ok({ status: 200, headers, body });
}

function lineOf(book: LinkBook): readonly string[] {
  const { traffic = noTraffic } = book;
  const [recorded, delivered] = [timesOf([traffic.toRecord]), timesOf(Object.values(traffic.toDelivery))];
  const values = [
    ...[book.day, book.link, book.received, ...bookColumns.map((column) => book[column]), traffic.reportedAgain],
    ...[recorded.medianMs, recorded.p95Ms, recorded.worstMs],
    ...[delivered.count, delivered.medianMs, delivered.p95Ms, delivered.worstMs],
    ...hours.map((hour) => traffic.byHour[hour] ?? 0),
    ...[listed(traffic.byType), listed(traffic.reasons)],
  ];
  return values.map((value) => String(value ?? ""));
}

/** `ADT^A31 12; ORU^R01 30` */
function listed(counts: Readonly<Record<string, number>>): string {
  const parts = Object.entries(counts).map(([name, count]) => `${name} ${count}`);
  return parts.sort().join("; ");
}
