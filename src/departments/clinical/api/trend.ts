import { z } from "zod";
import type { CodedText, FhirTime } from "./page.ts";
import type { Interpretation, ReportStatus, ResultValue } from "./results.ts";

/** `code`: of the Observation, as `code` or `system|code`. */
export const trendQuery = z.object({ code: z.string().min(1).max(300) });

/** One test over time. */
export interface Trend {
  readonly name: CodedText;
  /** Oldest first. */
  readonly points: readonly TrendPoint[];
  /** Units among the drawn points; with more than one, each needs an axis or a warning. */
  readonly units: readonly string[];
  /** True when there are older points than the first. */
  readonly older: boolean;
  readonly position: number;
}

export interface TrendPoint {
  readonly observationId: string;
  readonly time?: FhirTime;
  /** `time` in milliseconds since 1970, for the axis; absent without a time. */
  readonly timeMs?: number;
  readonly value: ResultValue;
  /** The number to draw; with a `value.comparator` it is a bound, not a measurement. */
  readonly number?: number;
  readonly unit?: string;
  readonly low?: number;
  readonly high?: number;
  readonly range?: string;
  readonly interpretation?: Interpretation;
  readonly outsideRange?: "above" | "below";
  readonly status: ReportStatus;
  /** False: list it, do not draw it (no number, no time, cancelled or entered in error). */
  readonly drawn: boolean;
}
