import { z } from "zod";
import type { CodedText, FhirTime } from "./page.ts";
import type { Interpretation, ReportStatus, ResultValue } from "./results.ts";

/** `panel`: the code of the reports, as `code` or `system|code`. `columns`: how many of the newest. */
export const cumulativeQuery = z.object({
  panel: z.string().min(1).max(300),
  columns: z.coerce.number().int().min(1).max(50).optional(),
});

/** Rows are tests, columns are reports of one panel, as laboratories print them. */
export interface CumulativeTable {
  readonly panel: CodedText;
  /** Oldest first, so that time runs to the right. */
  readonly columns: readonly CumulativeColumn[];
  /** In the order of the newest report that has the test. */
  readonly rows: readonly CumulativeRow[];
  /** True when there are older reports than the first column. */
  readonly older: boolean;
}

export interface CumulativeColumn {
  readonly reportId: string;
  readonly taken?: FhirTime;
  readonly status: ReportStatus;
}

export interface CumulativeRow {
  readonly name: CodedText;
  /** The code for `/trend`; absent when no number was ever reported. */
  readonly trendCode?: string;
  /** Unit and range of the newest cell; `unit` is absent when cells differ, and then each value says its own. */
  readonly unit?: string;
  readonly range?: string;
  /** One for each column; null where the report has no such test. */
  readonly cells: readonly (CumulativeCell | null)[];
}

export interface CumulativeCell {
  readonly observationId: string;
  readonly value: ResultValue;
  readonly status: ReportStatus;
  readonly interpretation?: Interpretation;
  readonly outsideRange?: "above" | "below";
  readonly range?: string;
}
