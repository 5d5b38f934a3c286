import { depthOf, isParallel, type Plane, pixelAt, pointAt } from "../stack/plane.ts";
import { along, cross, dot, minus, ofLengthOne, type Vector } from "../stack/vector.ts";
import type { Contour, Mask } from "./outline.ts";

/** A piece of a straight line in the patient. */
export type Segment = readonly [from: Vector, to: Vector];

/** Whether all of a contour lies within so many mm of a plane. */
export function liesOn({ points }: Contour, plane: Plane, nearMm: number): boolean {
  const depth = depthOf(plane, plane.normal);
  return points.every((point) => Math.abs(dot(point, plane.normal) - depth) <= nearMm);
}

/** Where a plane runs through what a closed contour surrounds; nothing where it does not reach it. */
export function contourCrossing({ points, kind }: Contour, plane: Plane): readonly Segment[] {
  if (kind !== "closed") return [];
  const depth = depthOf(plane, plane.normal);
  const crossings: Vector[] = [];
  for (const [at, from] of points.entries()) {
    const to = points[(at + 1) % points.length] ?? from;
    const [before, after] = [dot(from, plane.normal) - depth, dot(to, plane.normal) - depth];
    if (before < 0 === after < 0) continue;
    const way = minus(to, from);
    crossings.push(along(from, way, before / (before - after)));
  }
  const [first, second] = crossings;
  if (first === undefined || second === undefined) return [];
  const direction = minus(second, first);
  const inOrder = crossings.toSorted((one, other) => dot(one, direction) - dot(other, direction));
  return Array.from({ length: Math.floor(inOrder.length / 2) }, (_, pair) => [
    inOrder[pair * 2] as Vector,
    inOrder[pair * 2 + 1] as Vector,
  ]);
}

/** Where a plane runs through the pixels of a mask that lies in another one. */
export function maskCrossing(mask: Mask, plane: Plane): readonly Segment[] {
  const { plane: own, columns, rows } = mask;
  if (own === undefined || isParallel(own, plane)) return [];
  const line = lineOf(own, plane);
  const corners = [
    [0, 0],
    [columns - 1, 0],
    [0, rows - 1],
    [columns - 1, rows - 1],
  ] as const;
  const reaches = corners.map((corner) => dot(minus(pointAt(own, corner), line.from), line.direction));
  const stepMm = Math.min(own.columnMm, own.rowMm);
  const at = (reachMm: number) => along(line.from, line.direction, reachMm);
  const segments: Segment[] = [];
  let startMm: number | undefined;
  for (let reach = Math.min(...reaches); reach <= Math.max(...reaches) + stepMm; reach += stepMm) {
    const [column, row] = pixelAt(own, at(reach)).map(Math.round) as [number, number];
    const isWithin = column >= 0 && row >= 0 && column < columns && row < rows;
    const isSet = isWithin && mask.shareAt(row * columns + column) >= 0.5;
    // A pixel reaches half a step to each side of its centre.
    if (isSet) startMm ??= reach - stepMm / 2;
    else if (startMm !== undefined) {
      segments.push([at(startMm), at(reach - stepMm / 2)]);
      startMm = undefined;
    }
  }
  return segments;
}

/** The line in which two planes meet, beginning near the middle of the first. */
function lineOf(one: Plane, other: Plane): { readonly from: Vector; readonly direction: Vector } {
  const direction = ofLengthOne(cross(one.normal, other.normal));
  const towards = cross(direction, one.normal);
  const missing = depthOf(other, other.normal) - dot(one.origin, other.normal);
  return { from: along(one.origin, towards, missing / dot(towards, other.normal)), direction };
}
