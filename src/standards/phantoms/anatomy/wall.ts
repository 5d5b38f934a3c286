import { type Level, type Solid, upright } from "../solid.ts";

/** Hounsfield units after contrast medium. Source: usual values of the textbooks, rounded. */
export const tissue = {
  air: -1000,
  lung: -860,
  fat: -105,
  water: 5,
  blood: 45,
  contrast: 260,
  muscle: 55,
  skin: 20,
  organ: 60,
  liver: 112,
  spleen: 124,
  kidney: 178,
  marrow: 210,
  bone: 520,
} as const;

/** Half of the width and of the depth of a trunk, by height over the dome of the diaphragm, in millimetres. */
const outline: readonly (readonly [z: number, halfX: number, halfY: number])[] = [
  [-300, 178, 112],
  [-220, 172, 108],
  [-120, 156, 104],
  [-20, 160, 110],
  [80, 168, 114],
  [150, 178, 108],
  [200, 196, 96],
  [232, 150, 82],
  [260, 78, 70],
];

/** How far the outer layers go in: skin, fat, muscle. */
const layers = { skinMm: 2, muscleMm: 17 } as const;
const fatMm: readonly number[] = [26, 24, 18, 14, 12, 12, 11, 9, 6];

export interface Build {
  /** 1 is a slender adult of middle height. */
  readonly size: number;
  readonly isOnTable: boolean;
}

function inset(build: Build, insetMm: (at: number) => number): readonly Level[] {
  return outline.map(([z, halfX, halfY], at) => ({
    z,
    x: 0,
    y: 0,
    halfX: halfX * build.size - insetMm(at),
    halfY: halfY * build.size - insetMm(at),
    power: 2.35,
  }));
}

/** Skin, fat, muscle, and the fat between organs; and the table under it all. */
export function wallSolids(build: Build): readonly Solid[] {
  const fat = (at: number) => layers.skinMm + (fatMm[at] ?? 0) * build.size;
  const table = 116 * build.size + 12;
  const under = [upright(tableLevels(table, 13), { value: -650 }), upright(tableLevels(table, 10), { value: -930 })];
  return [
    ...(build.isOnTable ? under : []),
    upright(
      inset(build, () => 0),
      { value: tissue.skin },
    ),
    upright(
      inset(build, () => layers.skinMm),
      { value: tissue.fat },
    ),
    upright(inset(build, fat), { value: tissue.muscle }),
    upright(
      inset(build, (at) => fat(at) + layers.muscleMm),
      { value: tissue.fat },
    ),
  ];
}

function tableLevels(y: number, halfY: number): readonly Level[] {
  return [-1000, 1000].map((z) => ({ z, x: 0, y, halfX: 215, halfY, power: 4 }));
}

/** The middle of the chest wall, where the ribs run. */
export function ribEllipse(build: Build, z: number): { readonly halfX: number; readonly halfY: number } {
  const solid = upright(
    inset(build, (at) => layers.skinMm + (fatMm[at] ?? 0) * build.size + layers.muscleMm / 2),
    { value: 0 },
  );
  return solid.sectionAt(z) ?? { halfX: 100, halfY: 70 };
}
