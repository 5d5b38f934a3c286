import type { TrendPoint } from "#departments/clinical/api";

/** A point that can be drawn: it has a number, a time, and the unit of the picture. */
export interface DrawnPoint {
  readonly point: TrendPoint;
  readonly timeMs: number;
  readonly number: number;
}

/** A stretch of time with one reference range; a missing bound is open. */
export interface RangeBand {
  readonly fromMs: number;
  readonly toMs: number;
  readonly low?: number;
  readonly high?: number;
}

/** The points of the newest unit, oldest first. Numbers of another unit would lie about the course, so they are left out. */
export function drawnPoints(points: readonly TrendPoint[]): readonly DrawnPoint[] {
  const drawable = points.flatMap((point) =>
    point.drawn && point.timeMs !== undefined && point.number !== undefined
      ? [{ point, timeMs: point.timeMs, number: point.number }]
      : [],
  );
  const unit = drawable.at(-1)?.point.unit;
  return drawable.filter(({ point }) => point.unit === unit);
}

/** One band for each stretch of points with the same range; a band lasts until the next point begins another. */
export function rangeBands(points: readonly DrawnPoint[]): readonly RangeBand[] {
  const bands: RangeBand[] = [];
  for (const [index, { point, timeMs }] of points.entries()) {
    const toMs = points[index + 1]?.timeMs ?? timeMs;
    const previous = bands.at(-1);
    if (previous !== undefined && previous.toMs === timeMs && sameRange(previous, point)) {
      bands[bands.length - 1] = { ...previous, toMs };
    } else if (point.low !== undefined || point.high !== undefined) {
      bands.push({ fromMs: timeMs, toMs, ...boundsOf(point) });
    }
  }
  return bands;
}

function sameRange(band: RangeBand, point: TrendPoint): boolean {
  return band.low === point.low && band.high === point.high;
}

function boundsOf(point: TrendPoint): { low?: number; high?: number } {
  return {
    ...(point.low === undefined ? {} : { low: point.low }),
    ...(point.high === undefined ? {} : { high: point.high }),
  };
}

/** Bottom and top of the picture: every point and every bound is inside, with a little air. */
export function valueSpan(points: readonly DrawnPoint[]): { readonly bottom: number; readonly top: number } {
  const numbers = points.flatMap(({ number, point }) => [number, point.low ?? number, point.high ?? number]);
  const least = Math.min(...numbers);
  const most = Math.max(...numbers);
  const air = (most - least || Math.abs(most) || 1) * 0.12;
  const bottom = least >= 0 ? Math.max(0, least - air) : least - air;
  return { bottom, top: most + air };
}
