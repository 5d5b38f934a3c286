import { z } from "zod";
import type { IsoInstant } from "./page.ts";

const day = z.string().regex(/^\d{4}-\d\d-\d\d$/, "Give a day such as 2026-11-23.");

export const booksQuery = z.object({
  /** Days on the hospital's clock, both included; left out: the last seven. */
  from: day.optional(),
  to: day.optional(),
  link: z.string().max(100).optional(),
  /** `true`: the messages of each day are counted from the record besides. */
  recount: z.enum(["true", "false"]).optional(),
});

/** Newest day first. */
export interface BooksPage {
  readonly books: readonly BookView[];
  readonly at: IsoInstant;
}

/** What has become of the messages that came in over one link on one day. Each is in one of the columns. */
export interface BookView {
  readonly link: string;
  readonly day: string;
  readonly received: number;
  /** Every destination that was to have it has it. */
  readonly delivered: number;
  /** Some destinations have it, and a person has said of the others that they are not to. */
  readonly partly: number;
  /** In the record, and meant for no destination. */
  readonly recorded: number;
  readonly filtered: number;
  /** How many of them each route has filtered, by its name; or `no route fits`, `part of a message`. */
  readonly filteredBy: Readonly<Record<string, number>>;
  readonly held: number;
  readonly rejected: number;
  /** A destination will not have it without a person. */
  readonly parked: number;
  readonly underWay: number;
  /** A person has said that it is not to be sent. */
  readonly skipped: number;
  /** The columns add up to what was received, and that to what the record has, where it was counted. */
  readonly balances: boolean;
  /** Messages of the day by the record itself; with `recount`. */
  readonly counted?: number;
  /** The place in the record up to which all this is counted. */
  readonly position: number;
}
