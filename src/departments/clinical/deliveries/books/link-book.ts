import { incorrect, type JsonObject } from "#kernel";
import { type KindDefinition, noEntries } from "#record";
import type { LinkMessage } from "../../messages/link-message.ts";
import type { Delivery, DeliveryState } from "../delivery.ts";
import type { Traffic } from "../figures/traffic.ts";

export const linkBookKind = "LinkBook";

/** What has become of a message: it is in exactly one of these. */
export const bookColumns = [
  "delivered", // every destination that was to have it has it
  "partly", // those have it that a person has not let go, and a person has let some go
  "recorded", // in the record, and for no destination
  "filtered",
  "held",
  "rejected",
  "parked", // a destination will not have it without a person
  "underWay",
  "skipped", // a person has said that no destination is to have it
] as const;

export type BookColumn = (typeof bookColumns)[number];

/** The messages of one link on one day of the hospital: received = the sum of the others. */
export type LinkBook = Readonly<Record<BookColumn | "received", number>> & {
  readonly link: string;
  readonly day: string;
  /** Everything up to this position of the feed is counted, and nothing after it. */
  readonly upTo: number;
  /** The filtered ones, by the route that said so, or by what else did: see `filterOf`. */
  readonly filteredBy: Readonly<Record<string, number>>;
  /** Absent in books of versions that did not count it. */
  readonly traffic?: Traffic;
};

export const linkBookDefinition: KindDefinition = {
  kind: linkBookKind,
  check: (body) => (isBook(body) ? [] : [incorrect("element-invalid", "It is no book.", { where: linkBookKind })]),
  index: (body) => {
    const { link, day } = body as unknown as LinkBook;
    const fromMs = Date.parse(`${day}T00:00:00Z`);
    return { ...noEntries, keys: [`link=${link}`], dates: [{ parameter: "day", fromMs, toMs: fromMs + 1 }] };
  },
};

function isBook(body: JsonObject): boolean {
  const hasCounts = ["received", ...bookColumns, "upTo"].every((name) => Number.isInteger(body[name]));
  return hasCounts && typeof body.link === "string" && /^\d{4}-\d\d-\d\d$/.test(String(body.day));
}

export function emptyBook(link: string, day: string): LinkBook {
  const counts = Object.fromEntries(bookColumns.map((column) => [column, 0])) as Record<BookColumn, number>;
  return { link, day, received: 0, ...counts, upTo: 0, filteredBy: {} };
}

/** By the message alone: where it goes on, its deliveries say more. */
export function columnOfMessage({ state, destinations }: Pick<LinkMessage, "state" | "destinations">): BookColumn {
  if (state === "received") return "underWay";
  if (state === "held" || state === "rejected" || state === "filtered") return state;
  return destinations === undefined || destinations.length === 0 ? "recorded" : "underWay";
}

/** By all its deliveries; `of` says how many there are. */
export function columnOfDeliveries(states: readonly DeliveryState[], of: Delivery["of"]): BookColumn {
  if (states.includes("parked")) return "parked";
  if (states.length < of || states.includes("queued")) return "underWay";
  if (!states.includes("cancelled")) return "delivered";
  return states.includes("delivered") ? "partly" : "skipped";
}

/** What filtered a message: the name of a route, or what no route has said. */
export function filterOf({ filteredBy, reasons }: Pick<LinkMessage, "filteredBy" | "reasons">): string {
  if (filteredBy !== undefined) return filteredBy;
  return reasons.some(({ code }) => code === "fragment") ? "part of a message" : "no route fits";
}

/** Whether every message that was received is in one of the columns, and every filtered one under what filtered it. */
export function isBalanced(book: LinkBook): boolean {
  const filtered = Object.values(book.filteredBy).reduce((sum, count) => sum + count, 0);
  return book.filtered === filtered && book.received === bookColumns.reduce((sum, column) => sum + book[column], 0);
}
