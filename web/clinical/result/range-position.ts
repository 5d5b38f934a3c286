/** Where a value lies on a bar whose middle half is the reference range. */
export interface RangePosition {
  /** 0 to 1 along the bar. */
  readonly at: number;
  /** The value lies beyond the end of the bar. */
  readonly beyond?: "left" | "right";
  /** Where the band of the range starts and ends, 0 to 1. */
  readonly bandFrom: number;
  readonly bandTo: number;
}

interface Measured {
  readonly number: number;
  readonly low?: number | undefined;
  readonly high?: number | undefined;
}

/**
 * The band is the middle half of the bar; with one bound only, it reaches from that bound to the bar's end.
 * Nothing without a bound or with bounds that contradict each other.
 */
export function rangePosition({ number, low, high }: Measured): RangePosition | undefined {
  if (low !== undefined && high !== undefined) {
    return high <= low ? undefined : clamped(0.25 + (0.5 * (number - low)) / (high - low), 0.25, 0.75);
  }
  if (high !== undefined) return high <= 0 ? undefined : clamped((0.66 * number) / high, 0, 0.66);
  if (low !== undefined) return low <= 0 ? undefined : clamped((0.34 * number) / low, 0.34, 1);
  return undefined;
}

function clamped(at: number, bandFrom: number, bandTo: number): RangePosition {
  const band = { bandFrom, bandTo };
  if (at < 0) return { at: 0, beyond: "left", ...band };
  return at > 1 ? { at: 1, beyond: "right", ...band } : { at, ...band };
}
