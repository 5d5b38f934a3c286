import { seedFrom } from "../chance.ts";
import { cloudsOf } from "../noise.ts";
import { anatomyOf, type Grid, paintSlice } from "../paint.ts";
import { ball, ellipsoid, type Point, type Solid, tube } from "../solid.ts";

/** The tissues of a head, by number; how each shows is the sequence's matter. */
export const headTissue = { air: 0, fat: 1, bone: 2, fluid: 3, grey: 4, white: 5, muscle: 6, lesion: 7 } as const;

const { air, fat, bone, fluid, grey, white, muscle, lesion } = headTissue;

export interface Lesion {
  readonly at: Point;
  readonly radiusMm: number;
}

export interface HeadOf {
  readonly seed: number;
  readonly lesions?: readonly Lesion[];
}

/** A head, whose slices hold numbers of tissues. Height 0 is the middle of the brain. */
export interface Head {
  paint(tissues: Float32Array, grid: Grid, z: number): void;
}

export function headOf({ seed, lesions = [] }: HeadOf): Head {
  const outer = anatomyOf(outerSolids());
  const inner = anatomyOf([
    ...innerSolids(),
    ...lesions.map(({ at, radiusMm }) => ball(at, radiusMm, { value: lesion })),
  ]);
  return {
    paint(tissues, grid, z) {
      paintSlice(tissues, grid, { anatomy: outer, z });
      fold(tissues, grid, { z, seed });
      paintSlice(tissues, grid, { anatomy: inner, z });
    },
  };
}

const brain = { x: 64, y: 82, z: 70 } as const;
/** Of the brain, before the middle of the head. */
const brainY = 2;

function outerSolids(): readonly Solid[] {
  const around = (mm: number, value: number) =>
    ellipsoid([0, brainY, 0], [brain.x + mm, brain.y + mm, brain.z + mm], { value });
  const face: readonly Solid[] = [
    ellipsoid([0, -26, -78], [62, 66, 70], { value: fat }),
    ellipsoid([0, -22, -80], [57, 60, 66], { value: muscle }),
    ellipsoid([0, -20, -70], [40, 46, 40], { value: bone }),
    ellipsoid([0, -62, -52], [15, 20, 24], { value: air }),
    ...[-1, 1].map((side) => ellipsoid([side * 22, -58, -62], [13, 14, 15], { value: air })),
    ellipsoid([0, 30, -100], [52, 56, 60], { value: muscle }),
  ];
  return [
    ...face,
    around(15, fat),
    around(10, bone),
    around(7.5, fat),
    around(5.5, bone),
    around(3, fluid),
    around(0, white),
    ...[-1, 1].flatMap((side) => [
      ball([side * 31, -70, -36], 14, { value: fat }),
      ball([side * 31, -74, -36], 11.5, { value: fluid }),
    ]),
  ];
}

function innerSolids(): readonly Solid[] {
  const both = (of: (side: number) => readonly Solid[]) => [-1, 1].flatMap(of);
  return [
    ellipsoid([0, 6, 10], [1, 88, 56], { value: fluid, onto: [grey, white] }),
    ellipsoid([0, 2, 12], [30, 34, 5], { value: white }),
    ...both((side) => [
      ellipsoid([side * 24, -8, 0], [11, 20, 15], { value: grey, turn: side * 0.25 }),
      ellipsoid([side * 13, 12, -2], [10, 15, 11], { value: grey }),
      ...tube(
        [
          [side * 7, -34, 10],
          [side * 14, -6, 20],
          [side * 20, 26, 16],
          [side * 28, 44, 2],
          [side * 32, 20, -18],
        ],
        [6, 5],
        { value: fluid },
      ),
    ]),
    ellipsoid([0, 8, -4], [2, 16, 12], { value: fluid }),
    ellipsoid([0, 22, -42], [16, 15, 34], { value: white }),
    ellipsoid([0, 46, -42], [46, 34, 26], { value: fluid, onto: [fluid, white] }),
    ellipsoid([0, 46, -42], [44, 32, 24], { value: grey, onto: [fluid, white] }),
    ...both((side) =>
      Array.from({ length: 6 }, (_, leaf) =>
        ellipsoid([side * 22, 34 + leaf * 7, -44], [20 - leaf * 1.6, 1.8, 17 - leaf], {
          value: white,
          turn: side * (leaf - 2.5) * 0.12,
          onto: [grey, grey],
        }),
      ),
    ),
    ellipsoid([0, 36, -44], [5, 6, 10], { value: fluid }),
  ];
}

/** Height in which one field of clouds becomes the next, so that folds go on from slice to slice. */
const layerMm = 40;

interface Folding {
  readonly z: number;
  readonly seed: number;
}

/** Depth, as a share of the brain's half width, to which furrows reach and grey matter lines them. */
const furrowDepth = 0.36;
const foldMm = 12;
const ribbonDepth = 0.055;

/** Turns the outer white matter into folds: furrows with fluid where two fields of clouds are near 0, lined with grey. */
function fold(tissues: Float32Array, grid: Grid, { z, seed }: Folding): void {
  const { columns, rows, columnMm, rowMm } = grid;
  const layer = Math.floor(z / layerMm);
  const cloudsIn = (which: number) =>
    cloudsOf({ columns, rows, sizePixels: foldMm / columnMm, octaves: 2, seed: seedFrom(seed, "folds", which) });
  const one = cloudsIn(layer);
  const other = cloudsIn(layer + 1);
  const share = (z / layerMm - layer) * (Math.PI / 2);
  for (let at = 0; at < tissues.length; at += 1) {
    if (tissues[at] !== white) continue;
    const x = ((at % columns) - (columns - 1) / 2) * columnMm;
    const y = (Math.floor(at / columns) - (rows - 1) / 2) * rowMm - brainY;
    const depth = 1 - Math.sqrt((x / brain.x) ** 2 + (y / brain.y) ** 2 + (z / brain.z) ** 2);
    const field = Math.abs((one[at] as number) * Math.cos(share) + (other[at] as number) * Math.sin(share));
    tissues[at] = foldedTissue(depth, field);
  }
}

function foldedTissue(depth: number, field: number): number {
  const left = Math.max(0, 1 - depth / furrowDepth);
  if (field < 0.11 * left) return fluid;
  return depth < ribbonDepth || field < 0.34 * left ? grey : white;
}
