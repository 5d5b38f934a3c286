/** Values of a picture, row after row. */
export interface Grid {
  readonly pixels: ArrayLike<number>;
  readonly columns: number;
  readonly rows: number;
}

export type PixelPoint = readonly [column: number, row: number];

/** A region of a picture in pixels, counted from the centre of the first: a corner, or the middle, and two sides from it. */
export interface Region {
  readonly is: "rectangle" | "ellipse";
  /** Of a rectangle the corner, of an ellipse the middle. */
  readonly from: PixelPoint;
  /** The sides of a rectangle, the half axes of an ellipse. */
  readonly one: PixelPoint;
  readonly other: PixelPoint;
}

export interface Statistics {
  readonly count: number;
  readonly mean: number;
  /** Of the whole of its pixels, not of a sample: divided by their number. */
  readonly deviation: number;
  readonly minimum: number;
  readonly maximum: number;
}

/** Over the pixels whose centre lies within; undefined when none does. */
export function statisticsOf({ pixels, columns, rows }: Grid, region: Region): Statistics | undefined {
  const [[left, right], [top, bottom]] = boundsOf(region);
  let [count, mean, squares] = [0, 0, 0];
  let [minimum, maximum] = [Infinity, -Infinity];
  for (let row = Math.max(0, Math.ceil(top)); row <= Math.min(rows - 1, bottom); row++) {
    for (let column = Math.max(0, Math.ceil(left)); column <= Math.min(columns - 1, right); column++) {
      if (!contains(region, [column, row])) continue;
      const value = pixels[row * columns + column] ?? 0;
      // Welford's way, which stays exact where all values are large and near to each other.
      count++;
      const before = value - mean;
      mean += before / count;
      squares += before * (value - mean);
      minimum = Math.min(minimum, value);
      maximum = Math.max(maximum, value);
    }
  }
  return count === 0 ? undefined : { count, mean, deviation: Math.sqrt(squares / count), minimum, maximum };
}

function contains({ is, from, one, other }: Region, [column, row]: PixelPoint): boolean {
  const determinant = one[0] * other[1] - one[1] * other[0];
  if (Math.abs(determinant) < 1e-9) return false;
  const [x, y] = [column - from[0], row - from[1]];
  const u = (x * other[1] - y * other[0]) / determinant;
  const v = (one[0] * y - one[1] * x) / determinant;
  return is === "ellipse" ? u * u + v * v <= 1 : u >= 0 && u <= 1 && v >= 0 && v <= 1;
}

function boundsOf({ is, from, one, other }: Region): readonly [readonly [number, number], readonly [number, number]] {
  const within = (axis: 0 | 1): readonly [number, number] => {
    if (is === "ellipse") {
      const reach = Math.abs(one[axis]) + Math.abs(other[axis]);
      return [from[axis] - reach, from[axis] + reach];
    }
    const corners = [0, one[axis], other[axis], one[axis] + other[axis]].map((offset) => from[axis] + offset);
    return [Math.min(...corners), Math.max(...corners)];
  };
  return [within(0), within(1)];
}
