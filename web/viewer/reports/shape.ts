import type { MeasurementKind } from "./measurement.ts";
import type { PixelPoint } from "./statistics.ts";

/** A shape as a report holds it: its type and its coordinates, from the upper left corner of the first pixel. */
export interface Shape {
  readonly type: "POINT" | "POLYLINE" | "ELLIPSE";
  readonly points: readonly number[];
}

/** Source: PS3.3 C.18.6.1.2 (a closed line ends where it began; an ellipse is the ends of its major axis, then of its minor). */
export function shapeOf(kind: MeasurementKind, points: readonly PixelPoint[]): Shape {
  const [a, b, c, d] = points;
  switch (kind) {
    case "probe":
      return { type: "POINT", points: flat(points.slice(0, 1)) };
    case "rectangle":
      return a === undefined || b === undefined || c === undefined || d === undefined
        ? { type: "POLYLINE", points: flat(points) }
        : { type: "POLYLINE", points: flat([a, b, d, c, a]) };
    case "ellipse": {
      if (a === undefined || b === undefined || c === undefined || d === undefined)
        return { type: "ELLIPSE", points: flat(points) };
      const isFirstMajor = far(a, b) >= far(c, d);
      return { type: "ELLIPSE", points: flat(isFirstMajor ? [a, b, c, d] : [c, d, a, b]) };
    }
    case "length":
    case "angle":
    case "arrow":
      return { type: "POLYLINE", points: flat(points) };
  }
}

/** The other way round; `isWritten`: words stand beside it. Undefined for a shape that the viewer does not draw. */
export function drawnShape(
  { type, points }: Shape,
  isWritten: boolean,
): { readonly kind: MeasurementKind; readonly points: readonly PixelPoint[] } | undefined {
  const [a, b, c, d, e] = pairs(points);
  if (a === undefined) return undefined;
  if (type === "POINT") return { kind: "probe", points: [a] };
  if (b === undefined) return undefined;
  if (type === "ELLIPSE") {
    if (c === undefined || d === undefined) return undefined;
    const isUpright = Math.abs(a[1] - b[1]) >= Math.abs(a[0] - b[0]);
    return { kind: "ellipse", points: isUpright ? [a, b, c, d] : [c, d, a, b] };
  }
  if (c === undefined) return { kind: isWritten ? "arrow" : "length", points: [a, b] };
  if (d === undefined) return { kind: "angle", points: [a, b, c] };
  const isClosed = e !== undefined && far(a, e) < 0.01 && points.length === 10;
  return isClosed ? { kind: "rectangle", points: [a, b, d, c] } : undefined;
}

const toEdge = 0.5;

function flat(points: readonly PixelPoint[]): readonly number[] {
  return points.flatMap(([column, row]) => [Math.fround(column + toEdge), Math.fround(row + toEdge)]);
}

function pairs(numbers: readonly number[]): readonly PixelPoint[] {
  return Array.from(
    { length: Math.floor(numbers.length / 2) },
    (_, index): PixelPoint => [(numbers[index * 2] ?? 0) - toEdge, (numbers[index * 2 + 1] ?? 0) - toEdge],
  );
}

function far(one: PixelPoint, other: PixelPoint): number {
  return Math.hypot(one[0] - other[0], one[1] - other[1]);
}
