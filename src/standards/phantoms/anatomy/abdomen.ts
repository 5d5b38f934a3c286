import { between, type Chance } from "../chance.ts";
import { ellipsoid, type Point, type Solid, tube, upright } from "../solid.ts";
import { tissue } from "./wall.ts";

/** Organs below the diaphragm; what reaches above it covers the bottoms of the lungs, as a dome does. */
export function abdomenSolids(chance: Chance): readonly Solid[] {
  return [
    ...[-1, 1].map(psoas),
    ellipsoid([-62, -4, -62], [86, 84, 88], { value: tissue.muscle }),
    ellipsoid([62, 0, -66], [80, 82, 84], { value: tissue.muscle }),
    ellipsoid([62, 0, -68], [77, 79, 82], { value: tissue.fat }),
    ellipsoid([-62, -4, -64], [84, 82, 86], { value: tissue.liver }),
    ellipsoid([6, -44, -56], [52, 34, 46], { value: tissue.liver, turn: 0.2 }),
    ...liverVessels(chance),
    ellipsoid([-48, -46, -104], [14, 18, 28], { value: 12 }),
    ellipsoid([96, 40, -66], [30, 44, 54], { value: tissue.spleen, turn: 0.35 }),
    ...stomach(),
    ...tube(
      [
        [-30, -14, -128],
        [8, -16, -118],
        [48, 6, -104],
        [76, 22, -92],
      ],
      [13, 9],
      { value: 92 },
    ),
    ...[-1, 1].flatMap(kidney),
    ...bowel(chance),
    ellipsoid([0, -18, -302], [52, 44, 40], { value: 8 }),
  ];
}

function psoas(side: number): Solid {
  const rows: readonly (readonly [z: number, x: number, half: number])[] = [
    [-300, 56, 24],
    [-220, 46, 23],
    [-140, 36, 15],
    [-70, 28, 5],
  ];
  return upright(
    rows.map(([z, x, half]) => ({ z, x: side * x, y: 52, halfX: half, halfY: half * 1.1 })),
    { value: 60 },
  );
}

function liverVessels(chance: Chance): readonly Solid[] {
  const onto = [tissue.liver, tissue.liver] as const;
  return Array.from({ length: 14 }, () => {
    const end: Point = [between(chance, -130, -20), between(chance, -60, 50), between(chance, -130, 0)];
    const middle: Point = [(end[0] - 30) / 2, end[1] / 2 + between(chance, -12, 12), (end[2] - 60) / 2];
    return tube([[-22, 6, -60], middle, end], [5, 1.6], { value: 165, onto });
  }).flat();
}

function stomach(): readonly Solid[] {
  return [
    ellipsoid([58, -26, -62], [46, 42, 58], { value: 70, turn: 0.4 }),
    ellipsoid([58, -26, -62], [42, 38, 54], { value: 18, turn: 0.4 }),
    ellipsoid([56, -46, -52], [32, 17, 40], { value: -985, turn: 0.25 }),
  ];
}

function kidney(side: number): readonly Solid[] {
  const z = side < 0 ? -142 : -130;
  const turn = side * 0.5;
  return [
    ellipsoid([side * 64, 48, z], [33, 28, 58], { value: tissue.fat }),
    ellipsoid([side * 64, 48, z], [28, 23, 53], { value: tissue.kidney, turn }),
    ellipsoid([side * 62, 46, z], [17, 13, 40], { value: 120, turn }),
    ellipsoid([side * 52, 42, z], [14, 9, 22], { value: -70, turn }),
    ...tube(
      [
        [side * 48, 42, z],
        [side * 40, 40, z - 60],
        [side * 44, 38, -300],
      ],
      [4, 2.4],
      { value: 40 },
    ),
  ];
}

/** Loops of gut in the front of the belly, some with gas. */
function bowel(chance: Chance): readonly Solid[] {
  return Array.from({ length: 64 }, () => {
    const at: Point = [between(chance, -96, 96), between(chance, -66, 14), between(chance, -296, -118)];
    const half: Point = [between(chance, 10, 20), between(chance, 9, 15), between(chance, 9, 18)];
    const smaller = (by: number): Point => [half[0] - by, half[1] - by, half[2] - by];
    const onto = [-120, 95] as const;
    const turn = between(chance, -1, 1);
    const wall = ellipsoid(at, half, { value: 85, turn, onto: [-120, -90] });
    const inside = ellipsoid(at, smaller(2.6), { value: 26, turn, onto: [80, 90] });
    if (chance() < 0.6) return [wall, inside];
    const gas = ellipsoid([at[0], at[1] - half[1] * 0.3, at[2]], smaller(5), { value: -920, turn, onto });
    return [wall, inside, gas];
  }).flat();
}
