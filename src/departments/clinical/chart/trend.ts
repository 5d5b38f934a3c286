import { type Observation, parseDateTime } from "#standards/fhir";
import type { Result, Trend, TrendPoint } from "../api.ts";
import { present } from "./present.ts";
import { type ResultSource, resultOf } from "./result.ts";

/** One test over time. `observations` are newest first. */
export function trendOf(
  observations: readonly Observation[],
  source: ResultSource,
  read: { readonly older: boolean; readonly position: number },
): Trend {
  const results = observations.map((observation) => resultOf(observation, source)).reverse();
  const points = results.map(pointOf);
  const units = new Set(points.flatMap((point) => (point.drawn ? [point.unit ?? ""] : [])));
  return { name: results.at(-1)?.name ?? { text: "No such test" }, points, units: [...units], ...read };
}

function pointOf(result: Result): TrendPoint {
  const timeMs = result.taken === undefined ? undefined : parseDateTime(result.taken)?.fromMs;
  const { number, unit } = result.value;
  return present({
    observationId: result.id,
    time: result.taken,
    timeMs,
    value: result.value,
    number,
    unit,
    low: result.rangeLow,
    high: result.rangeHigh,
    range: result.range,
    interpretation: result.interpretation,
    outsideRange: result.outsideRange,
    status: result.status,
    drawn: number !== undefined && timeMs !== undefined && result.status.stands,
  });
}
