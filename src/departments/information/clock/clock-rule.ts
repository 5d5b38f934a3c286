import type { HolidaysWhere } from "./working-days.ts";

/** How long the law or the hospital gives, as data. */
export type ClockLength =
  /** To the corresponding day of a later month, or the next working day where that is none. */
  | { readonly months: number }
  /** To the end of the so-manyeth day after the day it starts, or the next working day where that is none. */
  | { readonly days: number }
  /** To the end of the so-manyeth working day after the day it starts. */
  | { readonly workingDays: number }
  /** So many hours, by day and night, weekend and holiday. */
  | { readonly hours: number };

/** One clock of a working list. */
export interface ClockRule {
  /** Stable: `answer`, `acknowledge`. */
  readonly name: string;
  /** What is to be done by then: `Answer the person`. */
  readonly title: string;
  readonly length: ClockLength;
  readonly holidays: HolidaysWhere;
  /** By how much it may be extended, once, with a reason. */
  readonly extension?: { readonly months: number } | { readonly workingDays: number };
  /**
   * What waiting for the person does: `pauses`: the time does not count; `restarts`: it begins anew with the answer;
   * `nothing`: it runs on.
   */
  readonly waiting: "pauses" | "restarts" | "nothing";
  /** Where it is written. */
  readonly source: string;
}

export type ClockStop = {
  /** Instants. */
  readonly from: string;
  /** Absent: it still stands. */
  readonly to?: string;
  readonly reason: string;
};

export type ClockExtension = {
  readonly at: string;
  readonly reason: string;
};

/** How one clock of one item has run. */
export interface ClockRun {
  /** Instant. */
  readonly startsAt: string;
  readonly stops: readonly ClockStop[];
  readonly extension?: ClockExtension;
  /** When what it waits for was done. */
  readonly endedAt?: string;
}
