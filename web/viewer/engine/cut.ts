import type { Plane } from "../stack/plane.ts";
import type { VolumeShape } from "../stack/stack.ts";
import { along, dot, opposite, type Vector } from "../stack/vector.ts";
import type { Cut } from "../state/viewer-state.ts";

/** One of the three directions in which voxels follow each other. */
interface Axis {
  readonly direction: Vector;
  readonly stepMm: number;
  readonly count: number;
  /** Within the picture's own columns and rows, or from slice to slice. */
  readonly runs: "column" | "row" | "slice";
}

/** How a volume is cut: pictures made of `across` and `down`, one behind the other along `through`. */
export interface CutShape {
  readonly volume: VolumeShape;
  readonly across: Axis;
  readonly down: Axis;
  readonly through: Axis;
  /** Whether an axis is walked from its end. */
  readonly isAcrossTurned: boolean;
  readonly isDownTurned: boolean;
  readonly isThroughTurned: boolean;
  readonly pixelMm: number;
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

/**
 * The cut along those axes of the volume that are nearest to the patient's: for an acquisition that was tilted they are tilted
 * alike. Pixels are square, as small as the smaller of the two steps.
 */
export function cutShape(volume: VolumeShape, cut: Exclude<Cut, "acquired">): CutShape {
  const [lookAcross, lookDown] = looks[cut];
  const axes = axesOf(volume);
  const across = nearest(axes, lookAcross);
  const down = nearest(
    axes.filter((axis) => axis !== across),
    lookDown,
  );
  const through = axes.find((axis) => axis !== across && axis !== down) ?? across;
  const pixelMm = Math.min(across.stepMm, down.stepMm);
  return {
    volume,
    across,
    down,
    through,
    isAcrossTurned: dot(across.direction, lookAcross) < 0,
    isDownTurned: dot(down.direction, lookDown) < 0,
    isThroughTurned: dot(through.direction, looks[cut][2]) < 0,
    pixelMm,
    columns: Math.max(1, Math.round(((across.count - 1) * across.stepMm) / pixelMm) + 1),
    rows: Math.max(1, Math.round(((down.count - 1) * down.stepMm) / pixelMm) + 1),
    count: through.count,
  };
}

function axesOf({ first, normal, sliceMm, columns, rows, slices }: VolumeShape): readonly Axis[] {
  return [
    { direction: first.across, stepMm: first.columnMm, count: columns, runs: "column" },
    { direction: first.down, stepMm: first.rowMm, count: rows, runs: "row" },
    { direction: normal, stepMm: sliceMm, count: slices, runs: "slice" },
  ];
}

function nearest(axes: readonly Axis[], direction: Vector): Axis {
  const best = axes.toSorted(
    (one, other) => Math.abs(dot(other.direction, direction)) - Math.abs(dot(one.direction, direction)),
  )[0];
  if (best === undefined) throw new Error("A volume has three axes.");
  return best;
}

/** Where the picture of a number lies in the patient. */
export function cutPlane(shape: CutShape, number: number): Plane {
  const { volume, across, down, through, pixelMm } = shape;
  const turned = (axis: Axis, isTurned: boolean) => (isTurned ? (axis.count - 1) * axis.stepMm : 0);
  const at = (shape.isThroughTurned ? shape.count - 1 - number : number) * through.stepMm;
  let origin = along(volume.first.origin, through.direction, at);
  origin = along(origin, across.direction, turned(across, shape.isAcrossTurned));
  origin = along(origin, down.direction, turned(down, shape.isDownTurned));
  const acrossDirection = shape.isAcrossTurned ? opposite(across.direction) : across.direction;
  const downDirection = shape.isDownTurned ? opposite(down.direction) : down.direction;
  const normal = shape.isThroughTurned ? opposite(through.direction) : through.direction;
  return {
    origin,
    across: acrossDirection,
    down: downDirection,
    normal,
    columnMm: pixelMm,
    rowMm: pixelMm,
    frameOfReference: volume.first.frameOfReference,
  };
}

export type Voxels = Int16Array | Uint16Array | Uint8Array | Float32Array;

/** The picture of a number, from the slices in their order; between two voxels the value is in proportion. */
export function cutPixels(shape: CutShape, slices: readonly Voxels[], number: number): Float32Array | Int16Array {
  const { columns, rows, through, count } = shape;
  const isWhole = slices[0] instanceof Int16Array || slices[0] instanceof Uint8Array;
  const pixels = isWhole ? new Int16Array(columns * rows) : new Float32Array(columns * rows);
  const at = voxelAt(shape, through, shape.isThroughTurned ? count - 1 - number : number);
  const xs = steps(shape, shape.across, { length: columns, isTurned: shape.isAcrossTurned });
  const ys = steps(shape, shape.down, { length: rows, isTurned: shape.isDownTurned });
  const value = (x: Voxel, y: Voxel) => slices[at.slice + x.slice + y.slice]?.[at.place + x.place + y.place] ?? 0;
  for (const [row, y] of ys.entries()) {
    for (let column = 0; column < columns; column++) {
      const x = xs[column] as Step;
      const here = value(x.from, y.from);
      // One of the two always runs within the pictures, whose steps are the pixels: only the other lies between.
      if (x.part > 0) pixels[row * columns + column] = here + (value(x.to, y.from) - here) * x.part;
      else if (y.part > 0) pixels[row * columns + column] = here + (value(x.from, y.to) - here) * y.part;
      else pixels[row * columns + column] = here;
    }
  }
  return pixels;
}

/** What a step along an axis adds to the number of the slice, and to the place in it. */
interface Voxel {
  readonly slice: number;
  readonly place: number;
}

interface Step {
  readonly from: Voxel;
  readonly to: Voxel;
  /** How far from one to the other. */
  readonly part: number;
}

function voxelAt({ volume }: CutShape, { runs }: Axis, index: number): Voxel {
  if (runs === "slice") return { slice: index, place: 0 };
  return { slice: 0, place: runs === "row" ? index * volume.columns : index };
}

function steps(shape: CutShape, axis: Axis, { length, isTurned }: { length: number; isTurned: boolean }) {
  return Array.from({ length }, (_, index): Step => {
    const exact = Math.min(axis.count - 1, (index * shape.pixelMm) / axis.stepMm);
    const place = isTurned ? axis.count - 1 - exact : exact;
    const from = Math.floor(place + 1e-6);
    const part = Math.max(0, place - from);
    const to = Math.min(axis.count - 1, from + 1);
    return { from: voxelAt(shape, axis, from), to: voxelAt(shape, axis, to), part: part < 1e-3 ? 0 : part };
  });
}
