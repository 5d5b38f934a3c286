export interface CoverageDay {
  /** `2026-11-23`. */
  readonly day: string;
  readonly results: number;
  readonly coded: number;
}

const dayMs = 24 * 60 * 60_000;

/** So many days in their order, the last of them that of `nowMs`. */
export function daysUntil(nowMs: number, count: number): readonly string[] {
  return Array.from({ length: count }, (_, at) => dayText(nowMs - (count - 1 - at) * dayMs));
}

/** One entry a day; a day on which the sender sent no result has none. */
export function filledDays(days: readonly string[], sent: readonly CoverageDay[]): readonly CoverageDay[] {
  const byDay = new Map(sent.map((each) => [each.day, each]));
  return days.map((day) => byDay.get(day) ?? { day, results: 0, coded: 0 });
}

/** `99.4 %`. Rounded down, so that only what is whole reads as 100 %. */
export function shareText(coded: number, results: number): string {
  if (results === 0) return "no results";
  return `${Math.floor((coded / results) * 1000) / 10} %`;
}

/** Days of coverage are those of UTC. */
function dayText(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}
