import type { Instant } from "#kernel";
import type { DateValue } from "#standards/fhir";
import type { DateBounds, InstantBounds } from "../../documents/clause.ts";

/** What `ap` allows: a tenth of the time between then and now, on either side. Source: FHIR R4 §3.1.1.4.5 (ap). */
const approximation = 0.1;

/**
 * The spans that satisfy one date of a search; a span must satisfy one of the bounds. All spans exclude their end.
 * Source: FHIR R4 §3.1.1.4.5 (prefixes) and §3.1.1.4.7 (date).
 */
export function dateBounds(date: DateValue, now: Instant): readonly DateBounds[] {
  const { prefix, fromMs, toMs } = date;
  switch (prefix) {
    case "eq":
      return [{ fromMinMs: fromMs, toMaxMs: toMs }];
    case "ne":
      return [{ fromMaxMs: fromMs - 1 }, { toMinMs: toMs + 1 }];
    case "gt":
      return [{ toMinMs: toMs + 1 }];
    case "lt":
      return [{ fromMaxMs: fromMs - 1 }];
    case "ge":
      return [{ toMinMs: toMs + 1 }, { fromMinMs: fromMs, toMaxMs: toMs }];
    case "le":
      return [{ fromMaxMs: fromMs - 1 }, { fromMinMs: fromMs, toMaxMs: toMs }];
    case "sa":
      return [{ fromMinMs: toMs }];
    case "eb":
      return [{ toMaxMs: fromMs }];
    case "po":
      return [{ fromMaxMs: toMs - 1, toMinMs: fromMs + 1 }];
    case "ap": {
      const around = widened(date, now);
      return [{ fromMaxMs: around.toMs - 1, toMinMs: around.fromMs + 1 }];
    }
  }
}

/** The same for moments, such as `_lastUpdated`, which are a millisecond long. */
export function instantBounds(date: DateValue, now: Instant): readonly InstantBounds[] {
  const { prefix, fromMs, toMs } = date;
  switch (prefix) {
    case "eq":
    case "po":
      return [{ minMs: fromMs, maxMs: toMs - 1 }];
    case "ne":
      return [{ maxMs: fromMs - 1 }, { minMs: toMs }];
    case "gt":
    case "sa":
      return [{ minMs: toMs }];
    case "lt":
    case "eb":
      return [{ maxMs: fromMs - 1 }];
    case "ge":
      return [{ minMs: fromMs }];
    case "le":
      return [{ maxMs: toMs - 1 }];
    case "ap": {
      const around = widened(date, now);
      return [{ minMs: around.fromMs, maxMs: around.toMs - 1 }];
    }
  }
}

function widened({ fromMs, toMs }: DateValue, now: Instant): { readonly fromMs: number; readonly toMs: number } {
  const before = Math.round(Math.abs(now - fromMs) * approximation);
  const after = Math.round(Math.abs(now - toMs) * approximation);
  return { fromMs: fromMs - before, toMs: toMs + after };
}
