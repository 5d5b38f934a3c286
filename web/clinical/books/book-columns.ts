import type { BookView } from "#departments/clinical/api";

export type BookColumn = Exclude<
  keyof BookView,
  "link" | "day" | "received" | "filteredBy" | "balances" | "counted" | "position"
>;

/** What becomes of a message, the usual first. Each is in exactly one. */
export const bookColumns: readonly { readonly name: BookColumn; readonly title: string }[] = [
  { name: "delivered", title: "Delivered" },
  { name: "partly", title: "Partly delivered" },
  { name: "recorded", title: "Recorded" },
  { name: "filtered", title: "Filtered" },
  { name: "held", title: "Held" },
  { name: "rejected", title: "Rejected" },
  { name: "parked", title: "Parked" },
  { name: "underWay", title: "Under way" },
  { name: "skipped", title: "Skipped" },
];

/** `23-Nov: 5,291 received; 5,287 recorded, 4 held.` without what is nought. */
export function bookSentence(book: BookView, count: (count: number) => string): string {
  const parts = bookColumns.flatMap(({ name, title }) =>
    book[name] === 0 ? [] : [`${count(book[name])} ${title.toLowerCase()}`],
  );
  return `${count(book.received)} received${parts.length === 0 ? "" : `; ${parts.join(", ")}`}`;
}
