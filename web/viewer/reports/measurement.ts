import type { Vector } from "../stack/vector.ts";

export type MeasurementKind = "length" | "angle" | "rectangle" | "ellipse" | "probe" | "arrow";

/** What somebody measured or marked on a picture. */
export interface Measurement {
  /** The tracking identifier: the same wherever this measurement is written down. */
  readonly uid: string;
  readonly kind: MeasurementKind;
  readonly imageId: string;
  /** What an arrow points out, and any name of a measurement; empty when it has none. */
  readonly text: string;
  /** Length: its ends. Angle: an end, the corner, an end. Rectangle and ellipse: corners. Probe: a point. Arrow: tip and tail. */
  readonly points: readonly Vector[];
  readonly values: readonly MeasuredValue[];
}

export interface MeasuredValue {
  readonly name: "length" | "angle" | "area" | "mean" | "deviation" | "minimum" | "maximum" | "value";
  readonly value: number;
  /** As it is shown: `mm`, `mm²`, `°`, `HU`; `px` where the image does not say how large its pixels are. */
  readonly unit: string;
}

export const kindNames: Readonly<Record<MeasurementKind, string>> = {
  length: "Length",
  angle: "Angle",
  rectangle: "Rectangle",
  ellipse: "Ellipse",
  probe: "Point",
  arrow: "Arrow",
};

/** The value that stands for a measurement in a list: `42.1 mm`, `−812 HU ± 14`. */
export function shownValue({ kind, values, text }: Measurement): string {
  const of = (name: MeasuredValue["name"]) => values.find((value) => value.name === name);
  switch (kind) {
    case "length":
      return written(of("length"), 1);
    case "angle":
      return written(of("angle"), 1);
    case "probe":
      return written(of("value"), 0);
    case "arrow":
      return text;
    case "rectangle":
    case "ellipse": {
      const [mean, deviation, area] = [of("mean"), of("deviation"), of("area")];
      const spread = deviation === undefined ? "" : ` ± ${deviation.value.toFixed(0)}`;
      return [mean === undefined ? "" : `${signed(mean.value, 0)}${spread} ${mean.unit}`.trim(), written(area, 0)]
        .filter(Boolean)
        .join(", ");
    }
  }
}

function written(value: MeasuredValue | undefined, digits: number): string {
  return value === undefined ? "" : `${signed(value.value, digits)} ${value.unit}`.trim();
}

function signed(value: number, digits: number): string {
  return value.toFixed(digits).replace("-", "−");
}
