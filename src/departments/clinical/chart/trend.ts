import { type CodeableConcept, type Observation, parseDateTime } from "#standards/fhir";
import type { Result, Trend, TrendPoint } from "../api.ts";
import { present } from "../messages/present.ts";
import { tokenOf } from "./coded-text.ts";
import { type ResultSource, resultOf } from "./result.ts";

export interface TrendSource {
  /** `code` or `system|code`. */
  readonly code: string;
  /** Newest first; each has the code itself or a component that has it. */
  readonly observations: readonly Observation[];
  readonly source: ResultSource;
  readonly older: boolean;
  readonly position: number;
}

/** One test over time. */
export function trendOf({ code, observations, source, older, position }: TrendSource): Trend {
  const results = observations.flatMap((observation) => resultsWithCode(observation, { code, source })).reverse();
  const points = results.map(pointOf);
  const units = new Set(points.flatMap((point) => (point.drawn ? [point.unit ?? ""] : [])));
  const name = results.at(-1)?.name ?? { text: "No such test" };
  return { name, points, units: [...units], older, position };
}

/** The result itself, or the part of it that has the code; a part is taken when the whole was. */
function resultsWithCode(
  observation: Observation,
  { code, source }: Pick<TrendSource, "code" | "source">,
): readonly Result[] {
  const whole = resultOf(observation, source);
  if (hasToken(observation.code, code)) return [whole];
  const at = (observation.component ?? []).findIndex((component) => hasToken(component.code, code));
  const part = whole.parts[at];
  return part === undefined ? [] : [present<Result>({ ...part, taken: whole.taken, reported: whole.reported })];
}

function hasToken(concept: CodeableConcept, token: string): boolean {
  return concept.coding?.some((coding) => token === coding.code || token === tokenOf(coding)) ?? false;
}

function pointOf(result: Result): TrendPoint {
  const timeMs = result.taken === undefined ? undefined : parseDateTime(result.taken)?.fromMs;
  const { number, unit } = result.value;
  return present<TrendPoint>({
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
