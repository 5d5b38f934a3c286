import type {
  DayFigures,
  FiguresPage,
  LinkFiguresView,
  NamedCount,
  ReasonFigures,
  TimesView,
} from "../../api/figures.ts";
import { gates, isGateCode } from "../../gates/gate-table.ts";
import type { LinkBook } from "../books/link-book.ts";
import { addTimes, quantileMs, type TimeTally } from "./time-tally.ts";
import { noTraffic, type Traffic } from "./traffic.ts";

type Figures = Omit<FiguresPage, "from" | "to" | "at" | "unknown">;

/** The books of some links and days taken together. */
export function figuresOf(books: readonly LinkBook[], days: readonly string[]): Figures {
  const traffic = books.map((book) => book.traffic ?? noTraffic);
  const byDay = Map.groupBy(books, ({ day }) => day);
  const byLink = Map.groupBy(books, ({ link }) => link);
  const byHour = new Map(countsOf(traffic.map((each) => each.byHour)).map(({ name, count }) => [Number(name), count]));
  const ways = Map.groupBy(
    traffic.flatMap((each) => Object.entries(each.toDelivery)),
    ([destination]) => destination,
  );
  const destinations = [...ways].map(([name, times]) =>
    destinationOf(
      name,
      times.map(([, tally]) => tally),
    ),
  );
  return {
    days: days.map((day): DayFigures => ({ day, ...sumsOf(byDay.get(day) ?? []) })),
    links: [...byLink].map(([link, all]): LinkFiguresView => ({ link, ...sumsOf(all) })).sort(byReceived),
    types: countsOf(traffic.map((each) => each.byType)),
    hours: Array.from({ length: 24 }, (_, hour) => byHour.get(hour) ?? 0),
    destinations: destinations.sort((one, other) => other.count - one.count),
    reasons: countsOf(traffic.map((each) => each.reasons)).map(reasonOf),
    reportedAgain: sum(traffic.map((each) => each.reportedAgain)),
    toRecord: timesOf(traffic.map((each) => each.toRecord)),
    toDelivery: timesOf(traffic.flatMap((each) => Object.values(each.toDelivery))),
    uncounted: sum(
      books.map((book) => Math.max(0, book.received - sum(Object.values((book.traffic ?? noTraffic).byHour)))),
    ),
  };
}

function sumsOf(books: readonly LinkBook[]): Omit<DayFigures, "day"> {
  const of = (name: "received" | "held" | "rejected" | "parked") => sum(books.map((book) => book[name]));
  const sent = sum(books.map(({ traffic = noTraffic }) => sum(Object.values(traffic.toDelivery).map(countIn))));
  return { received: of("received"), sent, held: of("held"), rejected: of("rejected"), parked: of("parked") };
}

function byReceived(one: LinkFiguresView, other: LinkFiguresView): number {
  return other.received - one.received;
}

function destinationOf(name: string, tallies: readonly TimeTally[]): Figures["destinations"][number] {
  const times = timesOf(tallies);
  return { name, count: times.count, times };
}

/** Added up by name, the most frequent first. */
function countsOf(all: readonly Traffic["byType"][]): readonly NamedCount[] {
  const counts = new Map<string, number>();
  for (const [name, count] of all.flatMap((each) => Object.entries(each)))
    counts.set(name, (counts.get(name) ?? 0) + count);
  return [...counts].map(([name, count]) => ({ name, count })).sort((one, other) => other.count - one.count);
}

function reasonOf({ name, count }: NamedCount): ReasonFigures {
  const [state = "", code = ""] = name.split(" ");
  const text = isGateCode(code) ? gates[code].title : inWords(code);
  return { state: state as ReasonFigures["state"], code, text, count };
}

/** `Answer missing` */
function inWords(code: string): string {
  return `${code.charAt(0).toUpperCase()}${code.slice(1).replaceAll("-", " ")}`;
}

/** Of all of them together. */
export function timesOf(tallies: readonly TimeTally[]): TimesView {
  const tally = addTimes(tallies);
  const [medianMs, p95Ms] = [0.5, 0.95].map((share) => quantileMs(tally, share));
  if (medianMs === undefined || p95Ms === undefined) return { count: 0 };
  return { count: countIn(tally), medianMs, p95Ms, worstMs: tally.worstMs };
}

function countIn({ steps }: TimeTally): number {
  return sum(Object.values(steps));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
