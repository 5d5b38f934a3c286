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
  const of = (group: string, tag: string) => ofFrame(instance, frameNumber, { group, tag });
  const [position, orientation] = [of("00209113", "00200032"), of("00209116", "00200037")];
  const spacing = spacingOf(instance, frameNumber);
  const [origin, across, down] = [vectorAt(position, 0), vectorAt(orientation, 0), vectorAt(orientation, 3)];
  const [rowMm, columnMm] = spacing;
  if (origin === undefined || across === undefined || down === undefined) return undefined;
  if (rowMm === undefined || columnMm === undefined || rowMm <= 0 || columnMm <= 0) return undefined;
  const frameOfReference = textOf(instance, "00200052");
  return { origin, across, down, normal: cross(across, down), columnMm, rowMm, frameOfReference };
}

/** Distance of rows, then of columns, in mm, as the image says it; empty where it does not. Source: PS3.3 10.7.1.1. */
export function spacingOf(instance: JsonDataSet, frameNumber: number): readonly number[] {
  return ofFrame(instance, frameNumber, { group: "00289110", tag: "00280030" });
}

/** What the functional group of a frame says, else that of all frames, else the instance. Source: PS3.3 C.7.6.16. */
function ofFrame(
  instance: JsonDataSet,
  frameNumber: number,
  { group, tag }: { readonly group: string; readonly tag: string },
): readonly number[] {
  const [shared] = itemsOf(instance, "52009229");
  const own = itemsOf(instance, "52009230")[frameNumber - 1];
  const found = [own, shared].map((item) => numbersOf(itemsOf(item ?? {}, group)[0] ?? {}, tag));
  return [...found, numbersOf(instance, tag)].find((numbers) => numbers.length > 0) ?? [];
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

/** Thickness of a slice in mm; undefined where it does not say. */
export function thicknessOf(instance: JsonDataSet): number | undefined {
  const [shared] = itemsOf(instance, "52009229");
  return numberOf(itemsOf(shared ?? {}, "00289110")[0] ?? {}, "00180050") ?? numberOf(instance, "00180050");
}
