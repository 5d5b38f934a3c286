import { itemsOf, type JsonDataSet, numberOf, numbersOf, textOf } from "../dicomweb/attributes.ts";
import type { PixelPoint } from "./statistics.ts";

/** How far pixels lie apart, and in what that is told. */
export interface Calibration {
  readonly columnStep: number;
  readonly rowStep: number;
  /** `mm`, or `px` where nothing says how large the pixels are. */
  readonly unit: string;
  /** What else has to be known about lengths; undefined for those of the patient. */
  readonly note: string | undefined;
}

const pixels: Calibration = { columnStep: 1, rowStep: 1, unit: "px", note: "not calibrated" };

/**
 * Of the place where points lie. A projection says how large its pixels are at the detector, which is not in the patient: where
 * the spacing is the same and nobody says how it was calibrated, it is that of the detector too.
 * Source: PS3.3 10.7 (pixel spacing and its calibration), C.8.5.5 (ultrasound regions).
 */
export function calibrationAt(
  instance: JsonDataSet,
  spacing: readonly number[],
  points: readonly PixelPoint[],
): Calibration {
  const region = ultrasoundRegion(instance, points);
  if (region !== undefined) return region;
  const detector = numbersOf(instance, "00181164");
  const [rowStep, columnStep] = spacing.length < 2 ? detector : spacing;
  if (rowStep === undefined || columnStep === undefined) return pixels;
  const isOfDetector = rowStep === detector[0] && columnStep === detector[1];
  const isCalibrated = spacing.length >= 2 && textOf(instance, "00280A02") !== undefined;
  const note = isOfDetector && !isCalibrated ? "at the detector" : undefined;
  return { columnStep, rowStep, unit: "mm", note };
}

const centimetres = 3;

function ultrasoundRegion(instance: JsonDataSet, points: readonly PixelPoint[]): Calibration | undefined {
  for (const region of itemsOf(instance, "00186011")) {
    const edges = ["00186018", "0018601C", "0018601A", "0018601E"].map((tag) => numberOf(region, tag) ?? 0);
    const [left = 0, right = 0, top = 0, bottom = 0] = edges;
    const isInside = points.every(([column, row]) => column >= left && column <= right && row >= top && row <= bottom);
    const isLength = numberOf(region, "00186024") === centimetres && numberOf(region, "00186026") === centimetres;
    const [across, down] = [numberOf(region, "0018602C"), numberOf(region, "0018602E")];
    if (!isInside || !isLength || across === undefined || down === undefined) continue;
    return { columnStep: Math.abs(across) * 10, rowStep: Math.abs(down) * 10, unit: "mm", note: undefined };
  }
  return undefined;
}

export function distance({ columnStep, rowStep }: Calibration, one: PixelPoint, other: PixelPoint): number {
  return Math.hypot((one[0] - other[0]) * columnStep, (one[1] - other[1]) * rowStep);
}
