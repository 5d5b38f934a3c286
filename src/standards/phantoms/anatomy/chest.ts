import { between, type Chance } from "../chance.ts";
import { ball, ellipsoid, type Level, type Point, type Solid, tube, upright } from "../solid.ts";
import { tissue } from "./wall.ts";

/** Of vessels in each lung. */
const treesMax = 13;

/** What is to be found in the lungs. */
export interface Finding {
  readonly at: Point;
  readonly radiusMm: number;
}

/** Mediastinum, lungs, airways, heart, great vessels, and the trees of the pulmonary vessels. */
export function chestSolids(chance: Chance): readonly Solid[] {
  const trees = [-1, 1].flatMap((side) =>
    Array.from({ length: treesMax }, (_, branch) => vesselTree(chance, { side, branch })).flat(),
  );
  return [
    upright(
      [-8, 20, 200, 240].map((z, at) => ({
        z,
        x: 4,
        y: 0,
        halfX: [120, 60, 40, 30][at] ?? 40,
        halfY: [60, 62, 56, 44][at] ?? 50,
      })),
      { value: -60 },
    ),
    ...[-1, 1].map(lung),
    ...heart(),
    ...greatVessels(),
    ...airways(),
    ...trees,
  ];
}

/** A ball that does not belong, with a rough edge. */
export function findingSolids({ at: [x, y, z], radiusMm }: Finding, chance: Chance): readonly Solid[] {
  const lumps = Array.from({ length: 9 }, () => {
    const off = () => between(chance, -0.6, 0.6) * radiusMm;
    return ball([x + off(), y + off(), z + off()], radiusMm * between(chance, 0.35, 0.6), { value: 38 });
  });
  return [ball([x, y, z], radiusMm, { value: 42 }), ...lumps];
}

function lung(side: number): Solid {
  const rows: readonly (readonly [z: number, x: number, y: number, halfX: number, halfY: number])[] = [
    [-62, 84, 34, 10, 30],
    [-30, 82, 18, 44, 62],
    [10, 78, 4, 53, 78],
    [70, 77, 0, 58, 82],
    [120, 72, 2, 57, 76],
    [165, 62, 6, 48, 60],
    [195, 50, 10, 34, 42],
    [216, 42, 12, 10, 14],
  ];
  const levels: readonly Level[] = rows.map(([z, x, y, halfX, halfY]) => ({
    z,
    x: side * x,
    y,
    halfX,
    halfY,
    power: 2.2,
  }));
  return upright(levels, { value: tissue.lung });
}

function heart(): readonly Solid[] {
  const turn = -0.55;
  return [
    ellipsoid([26, -30, 44], [68, 52, 62], { value: -85, turn }),
    ellipsoid([27, -30, 44], [63, 47, 57], { value: 105, turn }),
    ellipsoid([46, -26, 36], [30, 22, 42], { value: tissue.contrast, turn }),
    ellipsoid([8, -48, 36], [34, 14, 40], { value: 200, turn }),
    ellipsoid([-16, -22, 52], [19, 22, 32], { value: 210 }),
    ellipsoid([14, 8, 62], [30, 17, 24], { value: tissue.contrast }),
    ellipsoid([52, -22, 30], [5, 16, 10], { value: 110, turn }),
  ];
}

const arch: readonly Point[] = [
  [2, -18, 66],
  [-6, -24, 100],
  [-2, -20, 126],
  [10, -4, 142],
  [24, 18, 142],
  [30, 38, 126],
  [29, 44, 90],
  [20, 40, 20],
  [8, 34, -60],
  [4, 32, -190],
];
const pulmonaryTrunk: readonly Point[] = [
  [18, -40, 76],
  [22, -26, 98],
  [26, -8, 106],
];
const upperVein: readonly Point[] = [
  [-22, -16, 60],
  [-24, -18, 120],
  [-18, -26, 170],
];
const lowerVein: readonly Point[] = [
  [-18, -6, 30],
  [-20, 20, -20],
  [-16, 30, -190],
];
const gullet: readonly Point[] = [
  [4, 30, 240],
  [6, 34, 60],
  [24, 18, -14],
];

function greatVessels(): readonly Solid[] {
  const contrast = { value: tissue.contrast };
  return [
    ...tube(arch, [16, 10.5], { value: 85 }),
    ...tube(arch, [14.5, 9.2], contrast),
    ...tube(pulmonaryTrunk, [14, 13], contrast),
    ...[-1, 1].flatMap((side) => tube(pulmonaryArtery(side), [12, 8], contrast)),
    ...tube(upperVein, [10, 9], { value: 330 }),
    ...tube(lowerVein, [12, 10.5], { value: 150 }),
    ...[-30, -6, 22].flatMap((x) => tube(archBranch(x), [6.5, 4.5], { value: 240 })),
    ...tube(gullet, [8, 8], { value: 42 }),
  ];
}

function pulmonaryArtery(side: number): readonly Point[] {
  return [
    [20, -8, 104],
    [side * 24 + 8, 2, 100],
    [side * 50, 6, 94],
  ];
}

/** To the head and the arms. */
function archBranch(x: number): readonly Point[] {
  return [
    [x / 4 + 6, -10, 144],
    [x, -8, 195],
    [x * 2.2, 2, 250],
  ];
}

const windpipe: readonly Point[] = [
  [0, 8, 262],
  [0, 14, 180],
  [2, 20, 116],
];

function airways(): readonly Solid[] {
  const legs: readonly (readonly Point[])[] = [
    windpipe,
    [
      [2, 20, 116],
      [-24, 22, 96],
      [-46, 22, 84],
    ],
    [
      [2, 20, 116],
      [32, 24, 92],
      [54, 26, 80],
    ],
    [
      [-46, 22, 84],
      [-62, 26, 50],
      [-74, 34, 14],
    ],
    [
      [-30, 20, 94],
      [-52, 6, 120],
      [-58, 0, 150],
    ],
    [
      [54, 26, 80],
      [66, 30, 50],
      [78, 38, 16],
    ],
    [
      [44, 24, 86],
      [58, 8, 110],
      [62, 0, 146],
    ],
  ];
  const radii: readonly (readonly [number, number])[] = [
    [9, 8.5],
    [7, 5],
    [6.5, 5],
    [4.4, 1.6],
    [3.8, 1.4],
    [4.4, 1.6],
    [3.8, 1.4],
  ];
  const of = (wallMm: number, value: number) =>
    legs.flatMap((leg, at) => {
      const [first = 5, last = 3] = radii[at] ?? [];
      return tube(leg, [first + wallMm, last + wallMm], { value });
    });
  return [...of(1.6, 35), ...of(0, -995)];
}

interface Branch {
  readonly side: number;
  readonly branch: number;
}

/** From the root of a lung outwards, parting in two again and again. */
function vesselTree(chance: Chance, { side, branch }: Branch): readonly Solid[] {
  const root: Point = [side * 42 + (side < 0 ? 0 : 8), 12 + between(chance, -8, 10), 92 + between(chance, -18, 12)];
  const turn = (branch / treesMax) * 2 * Math.PI;
  const direction: Point = [side * between(chance, 0.35, 1), Math.cos(turn), Math.sin(turn) * 1.15 + 0.05];
  return growing(chance, { from: root, direction, radius: 4.4, lengthMm: 34, depth: 0 });
}

interface Growth {
  readonly from: Point;
  readonly direction: Point;
  readonly radius: number;
  readonly lengthMm: number;
  readonly depth: number;
}

const forksMax = 5;

function growing(chance: Chance, { from, direction, radius, lengthMm, depth }: Growth): readonly Solid[] {
  const length = Math.hypot(...direction);
  const bent = (at: 0 | 1 | 2) => from[at] + (direction[at] / length) * lengthMm;
  const to: Point = [bent(0), bent(1), bent(2)];
  const thinner = radius * 0.72;
  // Only over lung, or over the edge of other vessels: they never leave it.
  const here = tube([from, to], [radius, thinner], { value: 60, onto: [-900, -700] });
  if (depth >= forksMax) return here;
  const fork = () =>
    growing(chance, {
      from: to,
      direction: [0, 1, 2].map(
        (at) => (direction[at] ?? 0) / length + between(chance, -0.75, 0.75),
      ) as unknown as Point,
      radius: thinner * between(chance, 0.75, 0.95),
      lengthMm: lengthMm * between(chance, 0.62, 0.85),
      depth: depth + 1,
    });
  return [...here, ...fork(), ...fork()];
}
