import { z } from "zod";
import type { BookView } from "./books.ts";
import type { IsoInstant } from "./page.ts";

const day = z.string().regex(/^\d{4}-\d\d-\d\d$/, "Give a day such as 2026-11-23.");

export const figuresQuery = z.object({
  /** Days on the hospital's clock, both included; left out: the last thirty. */
  from: day.optional(),
  to: day.optional(),
  link: z.string().max(100).optional(),
});

/** What came in and went out over the links in a span of days, by the day on which messages came in. */
export interface FiguresPage {
  readonly from: string;
  readonly to: string;
  readonly at: IsoInstant;
  /** Days of the span, all of them, oldest first. */
  readonly days: readonly DayFigures[];
  readonly links: readonly LinkFiguresView[];
  /** The most frequent first. */
  readonly types: readonly NamedCount[];
  /** Received in each hour of the hospital's clock: 24 numbers. */
  readonly hours: readonly number[];
  readonly destinations: readonly (NamedCount & { readonly times: TimesView })[];
  readonly reasons: readonly ReasonFigures[];
  /** Later versions of results that the record had. */
  readonly reportedAgain: number;
  /** From the last byte of a message to the decision on it, waits for people not counted. */
  readonly toRecord: TimesView;
  /** From the last byte to the acknowledgement of a destination. */
  readonly toDelivery: TimesView;
  /** Results with a code or unit that no map knew as they came; of all links together, for those who may see the work on codes. */
  readonly unknown: readonly UnknownFigures[];
  /** Messages of days whose books did not count types, hours and times yet. */
  readonly uncounted: number;
}

export interface NamedCount {
  readonly name: string;
  readonly count: number;
}

export type DayFigures = Pick<BookView, "day" | "received" | "held" | "rejected" | "parked"> & {
  /** Taken by destinations, once for each. */
  readonly sent: number;
};

export type LinkFiguresView = Omit<DayFigures, "day"> & { readonly link: string };

/** Within a twentieth of themselves, the worst exactly; absent where there was none. */
export interface TimesView {
  readonly count: number;
  readonly medianMs?: number;
  readonly p95Ms?: number;
  readonly worstMs?: number;
}

/** How often it happened; a message may be held again. */
export interface ReasonFigures {
  readonly state: "held" | "rejected" | "parked";
  /** `identity-conflict` */
  readonly code: string;
  /** `Number of somebody else`; the code in words where it is of no gate. */
  readonly text: string;
  readonly count: number;
}

export interface UnknownFigures {
  readonly sender: string;
  readonly results: number;
  readonly unknown: number;
}
