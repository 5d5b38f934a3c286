import { cache, metaData, type Types } from "@cornerstonejs/core";
import { type Calibration, calibrationAt } from "../reports/calibration.ts";
import { measuredValues } from "../reports/measured-values.ts";
import type { MeasuredValue, MeasurementKind } from "../reports/measurement.ts";
import type { Grid, PixelPoint } from "../reports/statistics.ts";
import { type Plane, pixelAt, spacingOf } from "../stack/plane.ts";
import { cross, dot, minus, type Vector, vectorAt } from "../stack/vector.ts";
import { frameNumberOf, instanceOf } from "./frame-metadata.ts";

/** Where a picture lies, as Cornerstone has it; undefined for one that it does not know. */
export function planeOfImage(imageId: string): Plane | undefined {
  const told = metaData.get("imagePlaneModule", imageId) as Types.ImagePlaneModule | undefined;
  if (told === undefined) return undefined;
  const [origin, across, down] = [told.imagePositionPatient, told.rowCosines, told.columnCosines].map((numbers) =>
    vectorAt([...(numbers ?? [])].map(Number), 0),
  );
  if (origin === undefined || across === undefined || down === undefined) return undefined;
  return {
    origin,
    across,
    down,
    normal: cross(across, down),
    columnMm: told.columnPixelSpacing ?? 1,
    rowMm: told.rowPixelSpacing ?? 1,
    frameOfReference: told.frameOfReferenceUID,
  };
}

/** Which of these pictures lies nearest to a point; undefined where none says where it lies. */
export function nearestImage(imageIds: readonly string[], point: Vector): number | undefined {
  let best: { readonly index: number; readonly gapMm: number } | undefined;
  for (const [index, imageId] of imageIds.entries()) {
    const plane = planeOfImage(imageId);
    if (plane === undefined) continue;
    const gapMm = Math.abs(dot(minus(point, plane.origin), plane.normal));
    if (best === undefined || gapMm < best.gapMm) best = { index, gapMm };
  }
  return best?.index;
}

/** Everything that a drawn shape measures on a picture, and what has to be known about its lengths. */
export function valuesOn(
  imageId: string,
  kind: MeasurementKind,
  points: readonly Vector[],
): { readonly values: readonly MeasuredValue[]; readonly note: string | undefined } {
  const plane = planeOfImage(imageId);
  if (plane === undefined) return { values: [], note: undefined };
  const onImage = points.map((point) => pixelAt(plane, point));
  const calibration = calibrationOf(imageId, plane, onImage);
  const values = measuredValues({
    kind,
    points: onImage,
    calibration,
    grid: kind === "probe" || kind === "rectangle" || kind === "ellipse" ? gridOf(imageId) : undefined,
    valueUnit: unitOf(imageId),
  });
  return { values, note: calibration.note };
}

function calibrationOf(imageId: string, plane: Plane, points: readonly PixelPoint[]): Calibration {
  const instance = instanceOf(imageId);
  if (instance === undefined) return calibrationAt({}, [plane.rowMm, plane.columnMm], points);
  return calibrationAt(instance, spacingOf(instance, frameNumberOf(imageId)), points);
}

/** In the unit of the modality, also where Cornerstone keeps what was stored. */
function gridOf(imageId: string): Grid | undefined {
  const image = cache.getImage(imageId);
  if (image === undefined || image.color) return undefined;
  const pixels = image.voxelManager?.getScalarData() as ArrayLike<number> | undefined;
  if (pixels === undefined) return undefined;
  const { columns, rows, slope, intercept } = image;
  if (image.preScale?.scaled === true || (slope === 1 && intercept === 0)) return { pixels, columns, rows };
  return { pixels: Float64Array.from(pixels, (value) => value * slope + intercept), columns, rows };
}

function unitOf(imageId: string): string {
  const series = metaData.get("generalSeriesModule", imageId) as { modality?: string } | undefined;
  const lut = metaData.get("modalityLutModule", imageId) as { rescaleType?: string } | undefined;
  if (series?.modality === "CT") return "HU";
  return lut?.rescaleType === undefined || lut.rescaleType === "US" ? "" : lut.rescaleType;
}
