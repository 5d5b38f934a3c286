import { type Calibration, distance } from "./calibration.ts";
import type { MeasuredValue, MeasurementKind } from "./measurement.ts";
import { type Grid, type PixelPoint, type Region, statisticsOf } from "./statistics.ts";

export interface Measured {
  readonly kind: MeasurementKind;
  readonly points: readonly PixelPoint[];
  readonly calibration: Calibration;
  /** The values of the picture in the unit of its modality; undefined for colours and for what is not loaded. */
  readonly grid: Grid | undefined;
  /** `HU`; empty where values have no unit. */
  readonly valueUnit: string;
}

/** What a drawn shape measures; nothing for a shape that is not finished. */
export function measuredValues({ kind, points, calibration, grid, valueUnit }: Measured): readonly MeasuredValue[] {
  const [a, b, c] = points;
  if (a === undefined) return [];
  switch (kind) {
    case "length":
      return b === undefined ? [] : [{ name: "length", value: distance(calibration, a, b), unit: calibration.unit }];
    case "angle":
      return b === undefined || c === undefined
        ? []
        : [{ name: "angle", value: angleOf(calibration, [a, b, c]), unit: "°" }];
    case "probe": {
      const value = grid === undefined ? undefined : valueAt(grid, a);
      return value === undefined ? [] : [{ name: "value", value, unit: valueUnit }];
    }
    case "arrow":
      return [];
    case "rectangle":
    case "ellipse": {
      const region = regionOf(kind, points);
      return region === undefined ? [] : regionValues(region, { calibration, grid, valueUnit });
    }
  }
}

/** The corner of an angle is its second point. */
function angleOf(
  calibration: Calibration,
  [one, corner, other]: readonly [PixelPoint, PixelPoint, PixelPoint],
): number {
  const side = (end: PixelPoint) => [
    (end[0] - corner[0]) * calibration.columnStep,
    (end[1] - corner[1]) * calibration.rowStep,
  ];
  const [[ax = 0, ay = 0], [bx = 0, by = 0]] = [side(one), side(other)];
  return Math.abs((Math.atan2(ax * by - ay * bx, ax * bx + ay * by) * 180) / Math.PI);
}

function valueAt({ pixels, columns, rows }: Grid, [column, row]: PixelPoint): number | undefined {
  const [x, y] = [Math.round(column), Math.round(row)];
  return x < 0 || y < 0 || x >= columns || y >= rows ? undefined : pixels[y * columns + x];
}

/** Corners in the order start, across, down, end; of an ellipse the ends of its two axes. */
export function regionOf(is: "rectangle" | "ellipse", points: readonly PixelPoint[]): Region | undefined {
  const [a, b, c, d] = points;
  if (a === undefined || b === undefined || c === undefined || d === undefined) return undefined;
  if (is === "rectangle") return { is, from: a, one: between(a, b), other: between(a, c) };
  return { is, from: middle(a, b), one: half(between(a, b)), other: half(between(c, d)) };
}

function regionValues(
  region: Region,
  { calibration, grid, valueUnit }: Pick<Measured, "calibration" | "grid" | "valueUnit">,
): readonly MeasuredValue[] {
  const { columnStep, rowStep, unit } = calibration;
  const pixelArea = Math.abs(region.one[0] * region.other[1] - region.one[1] * region.other[0]) * columnStep * rowStep;
  const area = region.is === "ellipse" ? Math.PI * pixelArea : pixelArea;
  const statistics = grid === undefined ? undefined : statisticsOf(grid, region);
  const areaValue: MeasuredValue = { name: "area", value: area, unit: `${unit}²` };
  if (statistics === undefined) return [areaValue];
  const { mean, deviation, minimum, maximum } = statistics;
  const values = { mean, deviation, minimum, maximum };
  const named = (Object.keys(values) as (keyof typeof values)[]).map((name) => ({
    name,
    value: values[name],
    unit: valueUnit,
  }));
  return [areaValue, ...named];
}

function between(one: PixelPoint, other: PixelPoint): PixelPoint {
  return [other[0] - one[0], other[1] - one[1]];
}

function middle(one: PixelPoint, other: PixelPoint): PixelPoint {
  return [(one[0] + other[0]) / 2, (one[1] + other[1]) / 2];
}

function half([x, y]: PixelPoint): PixelPoint {
  return [x / 2, y / 2];
}

/** The lines beside a drawn shape. */
export function valueLines(values: readonly MeasuredValue[], note: string | undefined): readonly string[] {
  const of = (name: MeasuredValue["name"]) => values.find((value) => value.name === name);
  const line = (label: string, name: MeasuredValue["name"], digits: number) => {
    const value = of(name);
    return value === undefined ? [] : [`${label}${fixed(value.value, digits)} ${value.unit}`.trimEnd()];
  };
  const [minimum, maximum] = [of("minimum"), of("maximum")];
  const range =
    minimum === undefined || maximum === undefined
      ? []
      : [`${fixed(minimum.value, 0)} to ${fixed(maximum.value, 0)} ${maximum.unit}`.trimEnd()];
  return [
    ...line("", "length", 1),
    ...line("", "angle", 1).map((text) => text.replace(" °", "°")),
    ...line("", "value", 0),
    ...line("Mean ", "mean", 1),
    ...line("SD ", "deviation", 1),
    ...range,
    ...line("", "area", 0),
    ...(note === undefined || values.every(({ unit }) => !unit.startsWith("mm") && !unit.startsWith("px"))
      ? []
      : [note]),
  ];
}

function fixed(value: number, digits: number): string {
  return value.toFixed(digits).replace("-", "−");
}
