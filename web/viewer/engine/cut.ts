import type { Plane } from "../stack/plane.ts";
import type { VolumeShape } from "../stack/stack.ts";
import { along, cross, dot, minus, ofLengthOne, opposite, turned, type Vector } from "../stack/vector.ts";
import type { Cut, Tilt } from "../state/viewer-state.ts";

/** How a volume is cut: pictures of square pixels, one behind the other. */
export interface CutShape {
  readonly volume: VolumeShape;
  /** The first picture: where its first pixel lies, and where its columns and rows lead. */
  readonly first: Plane;
  /** From a picture to the next one. */
  readonly stepMm: number;
  readonly columns: number;
  readonly rows: number;
  readonly count: number;
}

/** To the left, to the back, to the feet: as pictures are looked at. Axial ones from below, sagittal ones from the left. */
const looks: Readonly<Record<Exclude<Cut, "acquired">, readonly [across: Vector, down: Vector, through: Vector]>> = {
  axial: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, -1],
  ],
  sagittal: [
    [0, 1, 0],
    [0, 0, -1],
    [-1, 0, 0],
  ],
  coronal: [
    [1, 0, 0],
    [0, 0, -1],
    [0, 1, 0],
  ],
};

/** More pixels than this to a side are not made of a volume. */
const sideMax = 2_048;

/**
 * The cut along those axes of the volume that are nearest to the patient's, turned from there by the tilt. Pixels are as small as
 * the smaller of the two steps that an upright picture has.
 */
export function cutShape(volume: VolumeShape, cut: Exclude<Cut, "acquired">, tilt: Tilt): CutShape {
  const [lookAcross, lookDown, lookThrough] = looks[cut];
  const axes = axesOf(volume);
  const acrossAxis = nearest(axes, lookAcross);
  const downAxis = nearest(
    axes.filter((axis) => axis !== acrossAxis),
    lookDown,
  );
  const throughAxis = axes.find((axis) => axis !== acrossAxis && axis !== downAxis) ?? acrossAxis;
  const upright = facing(acrossAxis.direction, lookAcross);
  const hanging = facing(downAxis.direction, lookDown);
  // The steps of a sheared volume, as of a tilted gantry, are at no right angle to its rows.
  const square = ofLengthOne(along(hanging, upright, -dot(hanging, upright)));
  const into = facing(cross(upright, square), lookThrough);
  const [down, behind] = [square, into].map((one) => turned(one, upright, tilt.nodDegrees)) as [Vector, Vector];
  const across = turned(upright, down, tilt.turnDegrees);
  const through = turned(behind, down, tilt.turnDegrees);
  const extents = [across, down, through].map((direction) => extentOf(volume, direction));
  const [wide, high, deep] = extents as [Extent, Extent, Extent];
  const longestMm = Math.max(wide.lengthMm, high.lengthMm);
  const pixelMm = Math.max(Math.min(acrossAxis.stepMm, downAxis.stepMm), longestMm / sideMax);
  const origin = [wide, high, deep].reduce((at, { direction, fromMm }) => along(at, direction, fromMm), zero);
  return {
    volume,
    first: {
      origin,
      across,
      down,
      normal: through,
      columnMm: pixelMm,
      rowMm: pixelMm,
      frameOfReference: volume.first.frameOfReference,
    },
    stepMm: throughAxis.stepMm,
    columns: stepsIn(wide, pixelMm),
    rows: stepsIn(high, pixelMm),
    count: stepsIn(deep, throughAxis.stepMm),
  };
}

const zero: Vector = [0, 0, 0];

interface Axis {
  readonly direction: Vector;
  readonly stepMm: number;
}

function axesOf({ first, step }: VolumeShape): readonly Axis[] {
  return [
    { direction: first.across, stepMm: first.columnMm },
    { direction: first.down, stepMm: first.rowMm },
    { direction: ofLengthOne(step), stepMm: Math.hypot(...step) },
  ];
}

function nearest(axes: readonly Axis[], direction: Vector): Axis {
  const best = axes.toSorted(
    (one, other) => Math.abs(dot(other.direction, direction)) - Math.abs(dot(one.direction, direction)),
  )[0];
  if (best === undefined) throw new Error("A volume has three axes.");
  return best;
}

function facing(direction: Vector, look: Vector): Vector {
  return dot(direction, look) < 0 ? opposite(direction) : direction;
}

interface Extent {
  readonly direction: Vector;
  /** Along the direction, from the origin of the patient's coordinates. */
  readonly fromMm: number;
  readonly lengthMm: number;
}

/** How far the centres of the outermost voxels reach along a direction. */
function extentOf({ first, step, columns, rows, slices }: VolumeShape, direction: Vector): Extent {
  const reaches = [
    dot(first.across, direction) * first.columnMm * (columns - 1),
    dot(first.down, direction) * first.rowMm * (rows - 1),
    dot(step, direction) * (slices - 1),
  ];
  const start = dot(first.origin, direction);
  const fromMm = reaches.reduce((sum, reach) => sum + Math.min(0, reach), start);
  const toMm = reaches.reduce((sum, reach) => sum + Math.max(0, reach), start);
  return { direction, fromMm, lengthMm: toMm - fromMm };
}

function stepsIn({ lengthMm }: Extent, stepMm: number): number {
  return Math.max(1, Math.round(lengthMm / stepMm) + 1);
}

/** Where the picture of a number lies in the patient. */
export function cutPlane({ first, stepMm }: CutShape, number: number): Plane {
  return { ...first, origin: along(first.origin, first.normal, number * stepMm) };
}

export type Voxels = Int16Array | Uint16Array | Uint8Array | Float32Array;

/** What a cut is made of: slices in their order, and the value that stands where there are none. */
export interface CutSource {
  readonly slices: readonly Voxels[];
  readonly outside: number;
}

/** The picture of a number; between voxels a value is in proportion. */
export function cutPixels(shape: CutShape, source: CutSource, number: number): Float32Array | Int16Array {
  const { columns, rows } = shape;
  const isWhole = source.slices[0] instanceof Int16Array || source.slices[0] instanceof Uint8Array;
  const pixels = isWhole ? new Int16Array(columns * rows) : new Float32Array(columns * rows);
  const plane = cutPlane(shape, number);
  const toVoxel = voxelsOf(shape.volume);
  const start = toVoxel(minus(plane.origin, shape.volume.first.origin));
  const right = toVoxel(along(zero, plane.across, plane.columnMm));
  const below = toVoxel(along(zero, plane.down, plane.rowMm));
  const value = valueBetween(shape.volume, source);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const found = value(
        start[0] + right[0] * column + below[0] * row,
        start[1] + right[1] * column + below[1] * row,
        start[2] + right[2] * column + below[2] * row,
      );
      pixels[row * columns + column] = isWhole ? Math.round(found) : found;
    }
  }
  return pixels;
}

/** From a way in the patient, in mm, to one in voxels: columns, rows, slices. */
function voxelsOf({ first, step }: VolumeShape): (way: Vector) => Vector {
  const column = along(zero, first.across, first.columnMm);
  const row = along(zero, first.down, first.rowMm);
  const volumeMm = dot(column, cross(row, step));
  const [i, j, k] = [cross(row, step), cross(step, column), cross(column, row)] as const;
  return (way) => [dot(way, i) / volumeMm, dot(way, j) / volumeMm, dot(way, k) / volumeMm];
}

type ValueAt = (column: number, row: number, slice: number) => number;

/** A place this near to a voxel is that voxel: what is left is the error of the calculation. */
const same = 1e-3;

function valueBetween({ columns, rows, slices: depth }: VolumeShape, { slices, outside }: CutSource): ValueAt {
  return (column, row, slice) => {
    const [i, j, k] = [Math.floor(column + same), Math.floor(row + same), Math.floor(slice + same)];
    const isOutside = i < 0 || j < 0 || k < 0 || column > columns - 1 + same || row > rows - 1 + same;
    if (isOutside || slice > depth - 1 + same) return outside;
    const [x, y, z] = [part(column - i), part(row - j), part(slice - k)];
    const near = slices[k];
    if (near === undefined) return outside;
    const at = j * columns + i;
    const here = inSlice(near, { at, columns, x, y });
    const far = z === 0 ? undefined : slices[k + 1];
    return far === undefined ? here : here + (inSlice(far, { at, columns, x, y }) - here) * z;
  };
}

function part(rest: number): number {
  return rest < same ? 0 : rest;
}

interface Place {
  readonly at: number;
  readonly columns: number;
  readonly x: number;
  readonly y: number;
}

function inSlice(voxels: Voxels, { at, columns, x, y }: Place): number {
  const upper = onRow(voxels, at, x);
  return y === 0 ? upper : upper + (onRow(voxels, at + columns, x) - upper) * y;
}

function onRow(voxels: Voxels, at: number, x: number): number {
  const left = voxels[at] ?? 0;
  return x === 0 ? left : left + ((voxels[at + 1] ?? 0) - left) * x;
}
