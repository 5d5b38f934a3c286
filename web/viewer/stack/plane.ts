import { itemsOf, type JsonDataSet, numberOf, numbersOf, textOf } from "../dicomweb/attributes.ts";
import { along, cross, dot, minus, type Vector, vectorAt } from "./vector.ts";

/** Where a frame lies in the patient. Source: PS3.3 C.7.6.2. */
export interface Plane {
  /** Centre of the first pixel. */
  readonly origin: Vector;
  /** In which direction the columns follow each other, and the rows. */
  readonly across: Vector;
  readonly down: Vector;
  readonly normal: Vector;
  /** Distance of columns, and of rows. */
  readonly columnMm: number;
  readonly rowMm: number;
  /** Where frames of one number share their coordinates. */
  readonly frameOfReference: string | undefined;
}

/** Of an instance, or of a frame of one of many; undefined where it does not say. */
export function planeOf(instance: JsonDataSet, frameNumber: number): Plane | undefined {
  const [shared] = itemsOf(instance, "52009229");
  const own = itemsOf(instance, "52009230")[frameNumber - 1];
  const inGroup = (group: string, tag: string) =>
    [own, shared].map((item) => numbersOf(itemsOf(item ?? {}, group)[0] ?? {}, tag)).find((found) => found.length > 0);
  const position = inGroup("00209113", "00200032") ?? numbersOf(instance, "00200032");
  const orientation = inGroup("00209116", "00200037") ?? numbersOf(instance, "00200037");
  const spacing = inGroup("00289110", "00280030") ?? numbersOf(instance, "00280030");
  const [origin, across, down] = [vectorAt(position, 0), vectorAt(orientation, 0), vectorAt(orientation, 3)];
  const [rowMm, columnMm] = spacing;
  if (origin === undefined || across === undefined || down === undefined) return undefined;
  if (rowMm === undefined || columnMm === undefined || rowMm <= 0 || columnMm <= 0) return undefined;
  const frameOfReference = textOf(instance, "00200052");
  return { origin, across, down, normal: cross(across, down), columnMm, rowMm, frameOfReference };
}

/** How far a plane lies along a direction, in mm. */
export function depthOf(plane: Plane, normal: Vector): number {
  return dot(plane.origin, normal);
}

export function isParallel(one: Plane, other: Plane): boolean {
  return Math.abs(dot(one.normal, other.normal)) > 0.98;
}

/** Column and row of a point, counted from the centre of the first pixel. */
export function pixelAt(plane: Plane, point: Vector): readonly [column: number, row: number] {
  const from = minus(point, plane.origin);
  return [dot(from, plane.across) / plane.columnMm, dot(from, plane.down) / plane.rowMm];
}

export function pointAt(plane: Plane, [column, row]: readonly [column: number, row: number]): Vector {
  return along(along(plane.origin, plane.across, column * plane.columnMm), plane.down, row * plane.rowMm);
}

/** For images that do not say where they lie, as Cornerstone takes them: a sheet from the origin. */
export function flatPlane(instance: JsonDataSet): Plane {
  const [rowMm = 1, columnMm = 1] = numbersOf(instance, "00280030");
  return {
    origin: [0, 0, 0],
    across: [1, 0, 0],
    down: [0, 1, 0],
    normal: [0, 0, 1],
    columnMm,
    rowMm,
    frameOfReference: undefined,
  };
}

/** Thickness of a slice in mm; undefined where it does not say. */
export function thicknessOf(instance: JsonDataSet): number | undefined {
  const [shared] = itemsOf(instance, "52009229");
  return numberOf(itemsOf(shared ?? {}, "00289110")[0] ?? {}, "00180050") ?? numberOf(instance, "00180050");
}
