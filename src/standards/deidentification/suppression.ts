/**
 * Small numbers in published tables, as for Hospital Episode Statistics below national level: 0 is shown, 1 to 7 become `*`,
 * all else is rounded to the nearest 5. Source: NHS Digital, HES analysis guide, disclosure control.
 */
export const suppressed = "*";

const suppressedMax = 7;
const roundedTo = 5;

/** A count as it may be published: `0`, `*` or the rounded number. Undefined for what is no count. */
export function publishedCount(count: number): string | undefined {
  const rounded = roundedCount(count);
  if (rounded === undefined) return undefined;
  return rounded === "suppressed" ? suppressed : String(rounded);
}

/** In per cent with one decimal, from the published parts: `*` where one of them is; undefined where there is no whole. */
export function publishedPercentage(part: number, whole: number): string | undefined {
  const [top, bottom] = [roundedCount(part), roundedCount(whole)];
  if (top === undefined || bottom === undefined || bottom === 0) return undefined;
  if (top === "suppressed" || bottom === "suppressed") return suppressed;
  return (Math.min(top / bottom, 1) * 100).toFixed(1);
}

/** A mean of `count` values: `*` where they are 1 to 7; undefined where there are none. */
export function publishedMean(mean: number, count: number, decimals = 1): string | undefined {
  const rounded = roundedCount(count);
  if (rounded === undefined || count === 0 || !Number.isFinite(mean)) return undefined;
  return rounded === "suppressed" ? suppressed : mean.toFixed(decimals);
}

/** Each count of a table; there is no second suppression by hand, as rounding already breaks the sums. */
export function publishedRow(counts: readonly number[]): readonly (string | undefined)[] {
  return counts.map(publishedCount);
}

function roundedCount(count: number): number | "suppressed" | undefined {
  if (!Number.isSafeInteger(count) || count < 0) return undefined;
  if (count === 0) return 0;
  return count <= suppressedMax ? "suppressed" : Math.round(count / roundedTo) * roundedTo;
}
